"""What the operator types in the check, and the receiver on the card."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.casework.forms.fields import MomentField
from cases.handover.models import CheckDecision, Handover
from cases.handover.selectors import Card, Item
from fregat.lib import clock
from fregat.lib.forms import CleanCharField, CleanTextField
from staff.employees.models import Employee

MOMENT = "%d.%m.%Y %H:%M"
READ_BACK_MAX = 1000


class CardForm(forms.Form):
    """What has been done, what remains to be done, by when. The action says what is missing."""

    summary = CleanTextField(label=_("What has been done, how things stand"), required=False)
    next_step = CleanTextField(label=_("What remains to be done"), required=False)
    next_at = MomentField(
        label=_("By when"), required=False, help_text=_("As you say it: 23:00, tomorrow 9:00, in 2 hours.")
    )

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["next_at"]
        field.now, field.ahead = now, True  # type: ignore[attr-defined]
        for name in ("summary", "next_step"):
            self.fields[name].widget.attrs.setdefault("rows", 2)


class DecisionForm(CardForm):
    """One decision about one case; the button pressed is the decision."""

    to = CleanCharField(label=_("To whom"), max_length=60, required=False, widget=forms.Select)

    def __init__(self, *args: Any, now: datetime, colleagues: list[Employee], **kwargs: Any) -> None:
        super().__init__(*args, now=now, **kwargs)
        as_planned = [("", _("As the roster says"))]
        widget: Any = self.fields["to"].widget
        widget.choices = as_planned + [(person.username, person.full_name) for person in colleagues]


class AcceptForm(forms.Form):
    """The read-back."""

    read_back = CleanTextField(
        label=_("Read-back: what you will do next, and by when"), max_length=READ_BACK_MAX, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_back"].widget.attrs.setdefault("rows", 2)


class RefuseForm(forms.Form):
    """Why not."""

    reason = CleanTextField(label=_("Why you cannot take it"), max_length=READ_BACK_MAX, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs.setdefault("rows", 2)


def card_initial(card: Card | CheckDecision | Handover) -> dict[str, Any]:
    """The fields of a card as they are typed."""
    when = clock.local(card.next_at).strftime(MOMENT) if card.next_at else ""
    return {"summary": card.summary, "next_step": card.next_step, "next_at": when}


def decision_form(item: Item, *, now: datetime, colleagues: list[Employee]) -> DecisionForm:
    """The form of one line of the check, filled from the decision taken, else from the case."""
    kept = item.decision if item.decision is not None and item.decision.next_step else None
    initial = card_initial(kept or item.card)
    if kept is not None and kept.to is not None:
        initial["to"] = kept.to.username
    return DecisionForm(now=now, colleagues=colleagues, initial=initial, prefix=prefix_of(item.case.number))


def prefix_of(number: str) -> str:
    """Names of the fields are the case's own: a page shows many cards."""
    return f"c{number}"
