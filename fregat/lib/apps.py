"""The ground: what every room stands on."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """The ground: what every room stands on."""

    name = "fregat.lib"
    label = "lib"

    def ready(self) -> None:
        """Hand over the ground's own rows of the matrix; describe how programs sign in."""
        from django.utils.translation import gettext_lazy as _

        from fregat.lib import (
            constraints,
            context,
            db,
            frame,
            lookups,
            navigation,
            notices,
            reference,
            rights,
        )
        from fregat.lib import openapi as openapi  # its classes register themselves
        from fregat.lib.expressions import count_of
        from fregat.lib.once import fix

        lookups.register()
        navigation.add("reference", _("Reference data"), "admin:index", "database", 80)

        db.explain_all(constraints.SENTENCES)
        rights.register(
            {},
            {
                "lib:draft": rights.SIGNED_IN,
                "lib:preferences": rights.PUBLIC,
                "lib:components": rights.PUBLIC,
                "lib:notices": rights.SIGNED_IN,
                "lib:notice": rights.SIGNED_IN,
                "lib:bell": rights.SIGNED_IN,
            },
        )
        context.register("unread_notices", notices.unread_of_page)
        frame.register(
            reference.version,
            reference.version_part,
            read=lambda value: fix(reference.VERSION, value),
            dated=False,
        )
        frame.register(notices.unread, lambda reader, now: count_of(notices.unread_of(reader)), dated=False)
