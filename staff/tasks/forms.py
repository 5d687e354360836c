"""What people type: a new instruction, a report with its proof, the answers, the filters of the list."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fregat.lib.files import CheckedFileField
from fregat.lib.forms import CleanTextField, MomentField
from staff.employees.models import Employee
from staff.tasks.labels import FAULT_SENTENCES
from staff.tasks.rules import TEXT_MAX
from staff.tasks.selectors import Filters, People

WHOLE_SHIFT = "*shift"
"""The choice «the whole shift»: no sign-in name looks like it."""
DRAFT = "instruction"
"""The name under which an unsent instruction is kept."""
_DUE = gettext_lazy("As you say it: 17:30, tomorrow 9:00, in 2 hours.")


def _text(label: Any, lacking: str, *, rows: int, **more: Any) -> CleanTextField:
    return CleanTextField(
        label=label, max_length=TEXT_MAX, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": FAULT_SENTENCES[lacking]}, **more,
    )  # fmt: skip


class GiveForm(forms.Form):
    """A new instruction: what, to whom, by when."""

    use_required_attribute = False

    text = _text(gettext_lazy("What is to be done"), "text", rows=5)
    to = forms.ChoiceField(
        label=pgettext_lazy("instruction", "To whom"), error_messages={"required": FAULT_SENTENCES["to"]}
    )
    due_at = MomentField(label=gettext_lazy("By when"), help_text=_DUE)
    token = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, people: People, now: datetime, to: str = "") -> None:
        super().__init__(data, initial={"token": uuid.uuid4(), "to": to})
        self.people = people
        due = self.fields["due_at"]
        due.now, due.ahead = now, True
        due.error_messages["required"] = _("Say by when it must be done.")
        self.fields["to"].choices = list(_choices(people))

    def plan(self) -> dict[str, Any]:
        """The values for the action."""
        clean = self.cleaned_data
        whole = clean["to"] == WHOLE_SHIFT
        return {
            "text": clean["text"], "due_at": clean["due_at"], "token": clean["token"],
            "whole_shift": whole, "to": None if whole else self.people.find(clean["to"]),
        }  # fmt: skip


def _choices(people: People) -> Iterable[tuple[Any, Any]]:
    yield "", "—"
    if people.whole_shift:
        yield WHOLE_SHIFT, _("The whole shift: %(count)d") % {"count": len(people.whole_shift)}
    for label, rows in ((_("On shift now"), people.on_shift), (_("Not on shift"), people.others)):
        if rows:
            yield label, [(one.username, one.full_name) for one in rows]


class ReportForm(forms.Form):
    """What was done, and by what it can be seen (JD II.13)."""

    use_required_attribute = False

    text = _text(gettext_lazy("What was done"), "report", rows=4)
    proof = CheckedFileField(label=gettext_lazy("Proof"), required=False)


class ReturnForm(forms.Form):
    """Why the report is returned, and a new time."""

    use_required_attribute = False

    reason = _text(gettext_lazy("What is missing"), "reason", rows=3)
    due_at = MomentField(label=gettext_lazy("New due time"), required=False, help_text=_DUE)

    def __init__(self, data: Any = None, *, now: datetime, late: bool = False) -> None:
        super().__init__(data, prefix="return")
        due = self.fields["due_at"]
        due.now, due.ahead, due.required = now, True, late
        due.error_messages["required"] = FAULT_SENTENCES["due_passed"]


class WithdrawForm(forms.Form):
    """Why it need not be done, and by whom."""

    use_required_attribute = False

    reason = _text(gettext_lazy("Reason"), "reason", rows=3)
    everybody = forms.BooleanField(label=gettext_lazy("For everybody to whom it was given"), required=False)

    def __init__(self, data: Any = None, *, shared: bool = False) -> None:
        super().__init__(data, prefix="withdraw")
        if not shared:
            del self.fields["everybody"]


class PassOnForm(forms.Form):
    """Who does it instead."""

    use_required_attribute = False

    to = forms.ChoiceField(
        label=pgettext_lazy("instruction", "To whom"), error_messages={"required": FAULT_SENTENCES["to"]}
    )
    reason = _text(gettext_lazy("Reason"), "reason", rows=2, required=False)

    def __init__(self, data: Any = None, *, people: People, but: Employee) -> None:
        super().__init__(data, prefix="pass")
        self.people = people
        groups = ((_("On shift now"), people.on_shift), (_("Not on shift"), people.others))
        self.fields["to"].choices = [("", "—")] + [
            (label, [(one.username, one.full_name) for one in rows if one.pk != but.pk])
            for label, rows in groups
        ]


class FiltersForm(forms.Form):
    """The filters in the address: `?view=given&state=late&person=operator`."""

    view = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(
        label=gettext_lazy("State"), required=False,
        choices=[
            ("", gettext_lazy("not finished")), ("late", gettext_lazy("overdue")),
            ("reported", gettext_lazy("reported, to be accepted")), ("closed", gettext_lazy("finished")),
        ],
    )  # fmt: skip
    person = forms.ChoiceField(label=pgettext_lazy("instruction", "To whom"), required=False)

    def __init__(self, data: QueryDict, *, views: list[str]) -> None:
        super().__init__(data)
        self.views = views
        self.fields["view"].choices = [("", ""), *((view, view) for view in views)]

    def offer(self, people: Iterable[Employee]) -> None:
        """Those to whom the list can be narrowed."""
        rows = [(one.username, one.full_name) for one in people]
        self.fields["person"].choices = [("", pgettext_lazy("people", "all")), *rows]

    @property
    def chosen_view(self) -> str:
        """The view of the address, else the first one."""
        asked = self.data.get("view", "")
        return asked if asked in self.views else self.views[0]

    def filters(self) -> Filters:
        """What was understood; a value that is not known does not filter."""
        self.is_valid()
        found = self.cleaned_data
        return Filters(self.chosen_view, found.get("state") or "open", found.get("person", ""))
