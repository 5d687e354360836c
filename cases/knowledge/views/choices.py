"""What is offered to choose from, within what the person may see."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.insurance.models import Country, Insurer, Programme, ServiceKind
from cases.knowledge.models import Article
from fregat.lib import rights
from fregat.lib.ordering import uk_sort_key
from fregat.lib.rights import Scope
from staff.employees.models import Employee

Pairs = list[tuple[str, Any]]


def of_filters(user: Employee) -> dict[str, Pairs]:
    """The choices of the list's filters. Four queries."""
    states = [("unread", _("not read by me"))] if rights.lets(user, "article.acknowledge") else []
    if rights.lets(user, "article.receipts"):
        states.append(("missing", _("not read by all")))
    if rights.lets(user, "article.write"):
        states.append(("draft", _("with a draft")))
    states += [("ahead", _("about to hold")), ("withdrawn", pgettext("articles", "withdrawn"))]
    insurers = list(Insurer.objects.visible_to(user))
    return {
        "insurer": [(one.code, one.name) for one in insurers], "programme": _programmes(insurers),
        "service": _services(), "country": _countries(), "state": states,
    }  # fmt: skip


def of_draft(user: Employee, article: Article | None = None) -> dict[str, Pairs | None]:
    """The choices of the form of a draft; the insurer of one that is there is not asked. At most four queries."""
    if article is not None:
        return {
            "insurers": None, "programmes": _programmes([article.insurer] if article.insurer else []),
            "services": _services(), "countries": _countries(),
        }  # fmt: skip
    insurers = list(Insurer.objects.visible_to(user))
    every = Scope.CENTRE in rights.scopes_of(user, "article.write")
    return {
        "insurers": [*([("", _("all insurers"))] if every else []), *((str(one.pk), one.name) for one in insurers)],
        "programmes": _programmes(insurers), "services": _services(), "countries": _countries(),
    }  # fmt: skip


def _programmes(insurers: list[Insurer]) -> Pairs:
    """By `insurer.programme`; grouped by insurer when there are several."""
    names = {one.pk: one for one in insurers}
    rows = Programme.objects.filter(insurer__in=names).order_by("insurer__name_key", "code")
    found: dict[str, Pairs] = {}
    for row in rows:
        insurer = names[row.insurer_id]
        found.setdefault(insurer.name, []).append((f"{insurer.code}.{row.code}", row.name))
    groups: Pairs = list(found.items())
    return groups if len(groups) > 1 else [pair for _name, pairs in groups for pair in pairs]


def _services() -> Pairs:
    return [(row.pk, row.name) for row in ServiceKind.objects.all()]


def _countries() -> Pairs:
    return sorted(
        ((row.pk, row.name) for row in Country.objects.all()), key=lambda pair: uk_sort_key(pair[1])
    )
