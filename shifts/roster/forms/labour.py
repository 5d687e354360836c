"""A rule of working time: its limit, from when, on what ground."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fregat.lib.errors import Invalid
from fregat.lib.forms import CleanTextField, DayField
from shifts.roster.forms.shifts import REASON_MAX, sane_day
from shifts.roster.labels import RULE_LABELS
from shifts.roster.selectors import RuleLine


class RuleForm(forms.Form):
    """New terms of one rule."""

    kind = forms.ChoiceField(label=_("Rule"), choices=list(RULE_LABELS.items()))
    limit = forms.DecimalField(label=_("Limit"), max_digits=5, decimal_places=1)
    on = forms.BooleanField(label=_("The rule is kept"), required=False)
    since = DayField(label=_("From which day"))
    reason = CleanTextField(
        label=_("Ground"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("An order, a collective agreement, a law: whoever plans will read it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, line: RuleLine | None = None, today: date | None = None) -> None:
        initial = None
        if line is not None:
            initial = {"kind": line.kind, "limit": f"{line.now.limit:g}", "on": line.now.on, "since": today}
        super().__init__(data, initial=initial)

    def clean_since(self) -> date:
        """A day of this epoch."""
        return sane_day(self.cleaned_data["since"])

    def add_refusal(self, refused: Invalid) -> None:
        """Put the sentences of the action beside their fields."""
        for name, sentences in refused.errors.items():
            self.add_error(name if name in self.fields else None, [str(text) for text in sentences])
