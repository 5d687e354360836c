"""A month's roster proposed by the program within the rules and wishes, for a person to edit and publish (B3)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProposalConfig(AppConfig):
    """A month's roster proposed by the program within the rules and wishes, for a person to edit and publish (B3)."""

    name = "shifts.proposal"
    label = "proposal"
    verbose_name = _("Proposals of the roster")

    def ready(self) -> None:
        """Hand over the rows of the matrix, the gate, the sentences and notices, the place in the bar."""
        from fregat.lib import db, gates, navigation, notices, rights
        from shifts.proposal import selectors, tasks  # noqa: F401 - the job registers itself
        from shifts.proposal.labels import CONSTRAINT_SENTENCES, NOTICES
        from shifts.proposal.rights import OBJECTS, RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(proposal=selectors.get_proposal)
        db.explain_all(CONSTRAINT_SENTENCES)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        navigation.add("proposals", _("Proposals of the roster"), "proposal:proposals", "sparkles", 73)
