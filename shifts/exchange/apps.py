"""Exchange and giving away of shifts (B3)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ExchangeConfig(AppConfig):
    """Exchange and giving away of shifts (B3)."""

    name = "shifts.exchange"
    label = "exchange"
    verbose_name = _("Exchanges of shifts")

    def ready(self) -> None:
        """Hand over the room's rows of the matrix, its gate, sentences and notices; follow shifts and people."""
        from fregat.lib import db, gates, navigation, notices, rights
        from shifts.exchange import actions, selectors, tasks  # noqa: F401 - the job registers itself
        from shifts.exchange.labels import CONSTRAINT_SENTENCES, NOTICES
        from shifts.exchange.rights import OBJECTS, RIGHTS, ROUTES
        from shifts.roster import registry
        from staff.employees import registry as staff

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(exchange=selectors.get_exchange)
        db.explain_all(CONSTRAINT_SENTENCES)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        registry.on_shift_changed(actions.follow_shift, registry.nothing_yet)
        registry.link_shifts(selectors.links)
        staff.on_dismissed(actions.follow_dismissal)
        staff.on_role_changed(actions.follow_role)
        navigation.add("exchanges", _("Exchanges of shifts"), "exchange:exchanges", "arrow-left-right", 72)
