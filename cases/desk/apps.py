"""The operator's desk, the global search, the senior manager's board."""

from typing import Any

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The operator's desk, the global search, the senior manager's board."""

    name = "cases.desk"
    label = "desk"

    def ready(self) -> None:
        """Hand over the rows of the matrix, the places to go, the commands for the search."""
        from django.utils.translation import gettext_lazy as _

        from cases.desk.labels import NOTICES
        from cases.desk.rights import OBJECTS, RIGHTS, ROUTES
        from cases.desk.search import commands
        from fregat.lib import live, navigation, notices, rights, search

        rights.register(RIGHTS, ROUTES, OBJECTS)
        navigation.add("desk", _("Desk"), "desk:home", "layout-dashboard", 10)
        navigation.add("board", _("Board"), "desk:board", "monitor-dot", 60)
        search.register(commands)
        for kind, (sentence, icon) in NOTICES.items():
            notices.register(kind, sentence, icon)
        live.register_channels(self.board_channel)

    @staticmethod
    def board_channel(user: Any) -> list[str]:
        """The board's news, for whom the matrix lets open the board."""
        from fregat.lib import rights

        return ["board"] if rights.may(user.role, rights.action_of("desk:board", "GET")) else []
