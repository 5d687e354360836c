"""The ground: what every room stands on."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """The ground: what every room stands on."""

    name = "fregat.lib"
    label = "lib"

    def ready(self) -> None:
        """Hand over the ground's own rows of the matrix; describe how programs sign in."""
        from fregat.lib import openapi, rights  # noqa: F401 - the classes of openapi register themselves

        rights.register(
            {},
            {
                "lib:draft": rights.SIGNED_IN,
                "lib:preferences": rights.PUBLIC,
                "lib:components": rights.PUBLIC,
            },
        )
