"""The shell: wiring and commands."""

from importlib import import_module

from django.apps import AppConfig


class FregatConfig(AppConfig):
    """The shell: wiring and commands."""

    name = "fregat"
    label = "fregat"

    def ready(self) -> None:
        """Make Celery's application the current one, so that pages can wake the worker."""
        import_module("fregat.celery")
