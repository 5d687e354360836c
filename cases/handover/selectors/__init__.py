"""The read side of the end of a shift: who is on duty, the check, the handovers, the orphans."""

from cases.handover.selectors.cards import Card, card_of, card_values
from cases.handover.selectors.check import CheckView, Item, colleagues, current_check, remaining, with_cards
from cases.handover.selectors.duty import duty, leader_of, led_at_end, orphans, rise_to
from cases.handover.selectors.handovers import (
    get_handover,
    grounds,
    listed,
    not_accepted,
    own_cards,
    panel_of,
    part,
    pending_for,
    received_by,
    waiting_count,
)
from cases.handover.selectors.lapses import (
    LapsePage,
    Watch,
    alarm,
    lapse_page,
    lapses,
    off_duty_since,
    watch,
)
from cases.handover.selectors.lapses import insurers_of as insurers_of_lapses
from cases.handover.selectors.lapses import lines as lapse_lines
from cases.handover.selectors.sheets import (
    Sheet,
    SheetRow,
    get_signed_sheet,
    given_after_end,
    given_sheet,
    received_sheet,
    sheet_rows,
    signed_by,
    unsigned_count,
)
from cases.handover.selectors.spreading import Receiving, receiving, spread_evenly, why_not_spread

__all__ = [
    "Card",
    "CheckView",
    "Item",
    "LapsePage",
    "Receiving",
    "Sheet",
    "SheetRow",
    "Watch",
    "alarm",
    "card_of",
    "card_values",
    "colleagues",
    "current_check",
    "duty",
    "get_handover",
    "get_signed_sheet",
    "given_after_end",
    "given_sheet",
    "grounds",
    "insurers_of_lapses",
    "lapse_lines",
    "lapse_page",
    "lapses",
    "leader_of",
    "led_at_end",
    "listed",
    "not_accepted",
    "off_duty_since",
    "orphans",
    "own_cards",
    "panel_of",
    "part",
    "pending_for",
    "received_by",
    "received_sheet",
    "receiving",
    "remaining",
    "rise_to",
    "sheet_rows",
    "signed_by",
    "spread_evenly",
    "unsigned_count",
    "waiting_count",
    "watch",
    "why_not_spread",
    "with_cards",
]
