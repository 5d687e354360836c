"""Messages inside the office, one to one and live (D5)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessengerConfig(AppConfig):
    """Messages inside the office, one to one and live (D5)."""

    name = "staff.messenger"
    label = "messenger"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Hand over the room's rows of the matrix and its sentences; give every page the reader's inbox."""
        from fregat.lib import context, db, frame, gates, navigation, rights
        from staff.messenger import selectors
        from staff.messenger.labels import CONSTRAINT_SENTENCES
        from staff.messenger.rights import OBJECTS, RIGHTS, ROUTES

        rights.register(RIGHTS, ROUTES, OBJECTS)
        gates.register(conversation=selectors.get_conversation)
        db.explain_all(CONSTRAINT_SENTENCES)
        context.register("inbox", selectors.inbox_of_page)
        context.register("newest_messages", selectors.newest_of_page)
        frame.register(selectors.waiting, selectors.counts_of, read=selectors.waiting_of, dated=False)
        navigation.add("messages", _("Messages"), "messenger:messages", "messages-square", 76)
