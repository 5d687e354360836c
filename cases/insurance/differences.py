"""What one edition of the rules changes against another, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from cases.insurance.labels import ANSWER_LABELS, EFFECT_LABELS, GENDER_LABELS, ages_text, value_text
from cases.insurance.rules.changes import Difference

if TYPE_CHECKING:
    from django.utils.functional import Promise

FIELD_WORDS: dict[str, Promise | str] = {
    "limit": _("limit"),
    "excess": _("excess"),
    "excess_percent": _("excess, %"),
    "territory": _("territory"),
    "clause": _("clause of the rules"),
    "needs_consent": _("the insurer’s consent is needed"),
    "waiting_days": _("waiting period, days"),
    "name_uk": _("question in Ukrainian"),
    "name_en": _("question in English"),
    "kind": _("is answered by"),
    "excluded_from": _("excluded from"),
    "effect": _("then"),
    "services": _("kinds of help"),
    "countries": _("countries"),
    "gender": _("asked of"),
    "age_from": _("from the age of"),
    "age_to": _("to the age of"),
    "ages_clause": _("clause on ages"),
    "excluded": _("countries excluded"),
    "excluded_clause": _("clause on countries"),
    "risks": _("lifted by the extra risks"),
}
"""Fields of the tables of rules."""
_CODED = {"kind": ANSWER_LABELS, "effect": EFFECT_LABELS, "gender": GENDER_LABELS}


def difference_text(found: Difference, names: Mapping[str, Iterable[tuple[str, str]]]) -> str:
    """What one edition of the rules changes against another, in a line.

    `names`: kinds of help, countries, questions.
    """
    line = _line_name(found, names)
    if not found.field:
        return str((_("%(line)s: added") if found.old is None else _("%(line)s: removed")) % {"line": line})
    return str(
        _("%(line)s, %(field)s: %(old)s → %(new)s")
        % {
            "line": line, "field": FIELD_WORDS[found.field],
            "old": _field_value(found.field, found.old, names), "new": _field_value(found.field, found.new, names),
        }
    )  # fmt: skip


def _line_name(found: Difference, names: Mapping[str, Iterable[tuple[str, str]]]) -> str:
    table, *rest = found.key
    if table == "cover":
        kind, least, most = rest
        ages = ages_text(int(least) if least else None, int(most) if most else None)
        return " ".join(part for part in (dict(names["service"]).get(kind, kind), ages) if part)
    if not rest:
        return str(_("programme"))
    return str(_("question “%(text)s”") % {"text": dict(names["question"]).get(rest[0], rest[0])})


_WITHOUT: dict[str, Promise | str] = {
    "limit": _("insured sum"),
    "territory": _("of the policy"),
    "services": _("all kinds of help"),
    "countries": _("all countries"),
    "gender": _("everybody"),
}
"""What an empty field means; elsewhere it says nothing."""
_NAMED = {"services": "service", "countries": "country", "excluded": "country"}
"""Fields with codes, and among which names those are; risks are told by their names."""


def _field_value(name: str, value: object, names: Mapping[str, Iterable[tuple[str, str]]]) -> str:
    if value is None or value == "" or value == []:
        return str(_WITHOUT.get(name, "–"))
    if name in _CODED:
        return str(_CODED[name].get(str(value), value))
    if isinstance(value, list):
        known = dict(names[_NAMED[name]]) if name in _NAMED else {}
        return ", ".join(known.get(str(code), str(code)) for code in value)
    return value_text(value)
