"""The shell: wiring and commands."""

from importlib import import_module

from django.apps import AppConfig


class FregatConfig(AppConfig):
    """The shell: wiring and commands."""

    name = "fregat"
    label = "fregat"

    def ready(self) -> None:
        """Make Celery's application the current one, and open the addresses of the machines."""
        from fregat import health
        from fregat.lib import rights

        import_module("fregat.celery")
        rights.register({}, health.ROUTES)
