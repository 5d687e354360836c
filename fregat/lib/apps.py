"""The ground: what every room stands on."""

from django.apps import AppConfig


class LibConfig(AppConfig):
    """The ground: what every room stands on."""

    name = "fregat.lib"
    label = "lib"
