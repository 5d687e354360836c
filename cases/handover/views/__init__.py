"""Pages of the room: the check, the cards, the watch."""

from cases.handover.views.cards import accept, card, refuse
from cases.handover.views.check import banner, banner_url, decide, desk
from cases.handover.views.sheets import received, sheet, sheets, signed_sheet
from cases.handover.views.spreading import spread
from cases.handover.views.watch import lapses, lapses_table

__all__ = [
    "accept",
    "banner",
    "banner_url",
    "card",
    "decide",
    "desk",
    "lapses",
    "lapses_table",
    "received",
    "refuse",
    "sheet",
    "sheets",
    "signed_sheet",
    "spread",
]
