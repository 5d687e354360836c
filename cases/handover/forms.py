"""What the operator types in the check, and the receiver on the card."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from cases.handover.labels import ANSWER_LACKS, CARD_LACKS, SERIOUS_LABELS
from cases.handover.models import CheckDecision, Handover
from cases.handover.selectors import Card, Item, card_values
from fregat.lib import clock
from fregat.lib.choices import KeyedSelect, Named
from fregat.lib.forms import CleanCharField, CleanTextField, DayField, MomentField
from shifts.breaks.labels import READY_LABELS
from shifts.breaks.rules import Ready
from staff.employees.forms import InPersonField
from staff.employees.models import Employee

MOMENT = "%d.%m.%Y %H:%M"
READ_BACK_MAX = 1000
WHY_MAX = 300


class CardForm(forms.Form):
    """How serious, what has been done, what remains to be done, by when, what to do if …: in the order of speech."""

    # The browser must not stop the two decisions that need no card.
    use_required_attribute = False

    serious = forms.ChoiceField(
        label=_("How serious"), choices=list(SERIOUS_LABELS.items()), widget=forms.RadioSelect,
        error_messages={"invalid_choice": CARD_LACKS["serious"]},
    )  # fmt: skip
    serious_why = CleanCharField(
        label=_("Why it is serious"), max_length=WHY_MAX, required=False,
        help_text=_("In one line; not needed when it is usual."),
    )  # fmt: skip
    summary = CleanTextField(label=_("What has been done, how things stand"))
    next_step = CleanTextField(label=_("What remains to be done"))
    next_at = MomentField(label=_("By when"), help_text=_("As you say it: 23:00, tomorrow 9:00, in 2 hours."))
    what_if = CleanTextField(label=_("What to do if …"), required=False)

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["next_at"]
        field.now, field.ahead = now, True
        for name, sentence in CARD_LACKS.items():
            self.fields[name].error_messages["required"] = sentence
        _low(self, "summary", "next_step", "what_if")

    def point_out(self) -> None:
        """The cursor goes to the first field that is not right."""
        name = next((name for name in self.fields if name in self.errors), None)
        if name:
            self.fields[name].widget.attrs["autofocus"] = True


def _low(form: forms.Form, *names: str) -> None:
    """Texts of a few lines."""
    for name in names:
        form.fields[name].widget.attrs["rows"] = 3


class LapseForm(forms.Form):
    """What the list of lapses is narrowed to: codes and days, kept in the address."""

    state = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[("", _("all")), ("open", _("go on")), ("over", _("are over"))],
    )
    insurer = forms.ChoiceField(label=_("Insurance company"), required=False)
    since = DayField(label=_("From (day)"), required=False)
    until = DayField(label=_("To (day)"), required=False)

    def __init__(self, data: QueryDict, *, insurers: Iterable[Named]) -> None:
        super().__init__(data, use_required_attribute=False)
        self.fields["insurer"].choices = [("", _("all")), *((code, name) for code, name, _keys in insurers)]

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", _("The last day is before the first."))
        return given

    def chosen(self) -> dict[str, Any]:
        """The filters that are set and understood."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class DecisionForm(CardForm):
    """One decision about one case; the button pressed is the decision."""

    to = CleanCharField(label=_("To whom"), max_length=60, required=False, widget=KeyedSelect)

    def offer(self, colleagues: list[Employee], away: Collection[int]) -> None:
        """Whom one may choose; who is on a break stands there and cannot be chosen."""
        as_planned = [("", _("As the roster says"))]
        widget: Any = self.fields["to"].widget
        widget.choices = as_planned + [(person.username, person.full_name) for person in colleagues]
        reason = READY_LABELS[Ready.AWAY]
        widget.closed = {person.username: reason for person in colleagues if person.pk in away}


class AcceptForm(forms.Form):
    """The read-back."""

    use_required_attribute = False

    read_back = CleanTextField(
        label=_("Read-back: what you will do next, and by when"), max_length=READ_BACK_MAX
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["read_back"].error_messages["required"] = ANSWER_LACKS["read_back"]
        _low(self, "read_back")


class RefuseForm(forms.Form):
    """Why not."""

    use_required_attribute = False

    reason = CleanTextField(label=_("Why you cannot take it"), max_length=READ_BACK_MAX)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].error_messages["required"] = ANSWER_LACKS["reason"]
        _low(self, "reason")


class SignSheetForm(forms.Form):
    """The signature in person."""

    use_required_attribute = False

    secret = InPersonField()


def card_initial(card: Card | CheckDecision | Handover) -> dict[str, Any]:
    """The fields of a card as they are typed."""
    when = clock.local(card.next_at).strftime(MOMENT) if card.next_at else ""
    return card_values(card) | {"next_at": when}


def decision_form(item: Item, *, now: datetime, draft: Mapping[str, list[str]]) -> DecisionForm:
    """The form of one line of the check: what was being typed, else the decision taken, else the case's own card."""
    kept = item.decision if item.decision is not None and item.decision.next_step else None
    initial = card_initial(kept or item.card)
    if not initial["serious"]:  # decided before it was said
        initial |= {"serious": item.card.serious, "serious_why": item.card.serious_why}
    if kept is not None and kept.to is not None:
        initial["to"] = kept.to.username
    prefix = prefix_of(item.case.number)
    typed = {
        name: draft[f"{prefix}-{name}"][0] for name in DecisionForm.base_fields if f"{prefix}-{name}" in draft
    }
    return DecisionForm(now=now, initial=initial | typed, prefix=prefix)


def draft_of(item: Item) -> str:
    """The name under which what is typed is kept until it is sent."""
    return f"check-{item.case.number}"


def prefix_of(number: str) -> str:
    """Names of the fields are the case's own: a page shows many cards."""
    return f"c{number}"
