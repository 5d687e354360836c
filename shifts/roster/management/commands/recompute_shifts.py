"""`manage.py recompute_shifts`: after an update of the zone data, give future shifts their instants anew."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from shifts.roster import actions


class Command(BaseCommand):
    """Planned wall times stay, instants follow the zone's rules of today (B3)."""

    help = "Recompute the instants of future shifts from their planned wall times."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the action and say how many shifts moved."""
        moved = actions.recompute()
        self.stdout.write(f"{len(moved)} shifts moved")
