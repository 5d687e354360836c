"""What people type: a version, a day, a reason, filters, what they look for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.knowledge.labels import KIND_LABELS, LANGUAGE_LABELS
from cases.knowledge.models import ArticleVersion
from cases.knowledge.rules import BODY_MAX, CHANGES_MAX, REASON_MAX, TITLE_MAX, Text, Where
from fregat.lib.forms import CleanCharField, CleanTextField, DayField

_ALL = pgettext_lazy("filter", "all")
Choices = Iterable[tuple[str, Any]]
SEVERAL = frozenset({"programmes", "services", "countries"})
"""Fields of which more than one is chosen."""
QUESTION_MAX = 200


class DraftForm(forms.Form):
    """The draft of a version; insurer, kind and language are chosen once, for a new article."""

    # The browser must not stop a look at the text while something is still missing.
    use_required_attribute = False

    title = CleanCharField(label=_("Title"), max_length=TITLE_MAX)
    insurer = forms.ChoiceField(label=_("Insurer"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=list(KIND_LABELS.items()))
    language = forms.ChoiceField(label=_("Language"), choices=list(LANGUAGE_LABELS.items()))
    body = CleanTextField(
        label=_("Text"), max_length=BODY_MAX, widget=forms.Textarea(attrs={"rows": 20, "spellcheck": "true"}),
        help_text=_("Headings begin with ##, points with 1. or -, **bold** stands between asterisks."),
    )  # fmt: skip
    changes = CleanTextField(
        label=_("What has changed, in words"), required=False, max_length=CHANGES_MAX,
        widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Those who read it see this first."),
    )  # fmt: skip
    programmes = forms.MultipleChoiceField(
        label=_("Programmes"), required=False, help_text=_("None: all programmes of the insurer."),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip
    services = forms.MultipleChoiceField(
        label=_("Kinds of help"), required=False, help_text=_("None: every kind. Several with Ctrl."),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip
    countries = forms.MultipleChoiceField(
        label=_("Countries"), required=False, help_text=_("None: everywhere. Several with Ctrl."),
        widget=forms.SelectMultiple(attrs={"size": 5}),
    )  # fmt: skip
    clauses = CleanTextField(
        label=_("Clauses of the rules"), required=False, max_length=2_000,
        help_text=_("As the programme writes them, one in a line: п. 4.1.3 Правил."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )  # fmt: skip
    revision = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, insurers: Choices | None, programmes: Choices, services: Choices, countries: Choices,
        first: bool = False, **more: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **more)
        self.fields["programmes"].choices = list(programmes)
        self.fields["services"].choices = list(services)
        self.fields["countries"].choices = list(countries)
        if insurers is None:
            for name in ("insurer", "kind", "language"):
                del self.fields[name]
        else:
            self.fields["insurer"].choices = list(insurers)
        if first:
            del self.fields["changes"]

    def text(self) -> Text:
        """What was typed, for the actions. Programmes of another insurer are chosen as `code of it.programme`."""
        typed = self.cleaned_data
        clauses = [line.strip() for line in typed["clauses"].splitlines() if line.strip()]
        programmes = [code.partition(".")[2] for code in typed["programmes"]]
        where = Where.of(programmes, clauses, typed["services"], typed["countries"])
        return Text(typed["title"], typed["body"], typed.get("changes", ""), where)

    def insurer_id(self) -> int | None:
        """The insurer of a new article; None for all."""
        chosen = self.cleaned_data["insurer"]
        return int(chosen) if chosen else None


def initial_of(version: ArticleVersion | None) -> dict[str, Any]:
    """The fields as a version has them; a version that is no draft gives its text to the next one."""
    if version is None:
        return {}
    insurer = version.article.insurer
    return {
        "title": version.title, "body": version.body, "changes": version.changes if version.is_draft else "",
        "programmes": [f"{insurer.code}.{code}" for code in version.programmes] if insurer else [],
        "services": version.services, "countries": version.countries, "clauses": "\n".join(version.clauses),
        "revision": version.revision if version.is_draft else 0,
    }  # fmt: skip


def typed(kept: MultiValueDict[str, Any]) -> dict[str, Any]:
    """What a form's draft keeps, as initial values."""
    return {name: kept.getlist(name) if name in SEVERAL else kept[name] for name in kept}


class PublishForm(forms.Form):
    """From which day on it holds."""

    use_required_attribute = False

    since = DayField(label=_("Holds from"), required=False, help_text=_("Empty: from today."))
    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class DiscardForm(forms.Form):
    """Which draft is deleted: the one that the person has seen."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    """Why an article is withdrawn."""

    use_required_attribute = False

    reason = CleanTextField(
        label=_("Why it is withdrawn"), max_length=REASON_MAX, widget=forms.Textarea(attrs={"rows": 2})
    )


def _filter(label: Any, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, required=False, choices=[("", _ALL), *choices],
        widget=forms.Select(attrs={"class": "form-select"}),
    )  # fmt: skip


class ShelfFilter(forms.Form):
    """Filters in the address, codes only; one that makes no sense is left out."""

    insurer = _filter(_("Insurer"), [])
    programme = _filter(_("Programme"), [])
    kind = _filter(_("Kind"), KIND_LABELS.items())
    service = _filter(_("Kind of help"), [])
    country = _filter(_("Country"), [])
    state = _filter(_("Show"), [])

    def __init__(self, data: Any, *, choices: Mapping[str, Choices]) -> None:
        super().__init__(data, auto_id="filter-%s")
        for name, offered in choices.items():
            self.fields[name].choices = [("", _ALL), *offered]

    def chosen(self) -> dict[str, str]:
        """What was understood, every filter of the form with its value or an empty text."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class SearchForm(forms.Form):
    """One field."""

    q = CleanCharField(max_length=QUESTION_MAX, required=False)
