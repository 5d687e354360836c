"""The articles that matter for a case or a call, shown beside it (C6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cases.insurance.models import Cover
from cases.knowledge.labels import WHY_LABELS
from cases.knowledge.models import ArticleVersion
from cases.knowledge.rules import Matter, why
from fregat.lib.errors import Sentence
from fregat.lib.ordering import uk_sort_key
from staff.employees.models import Employee


@dataclass(frozen=True)
class Beside:
    """An article, and on what grounds it stands there."""

    version: ArticleVersion
    grounds: tuple[str, ...]
    unread: bool

    @property
    def words(self) -> list[Sentence]:
        """The grounds for people."""
        return [WHY_LABELS[name] for name in self.grounds]


def beside(user: Employee, matter: Matter, today: date) -> list[Beside]:
    """What matters there and holds today, the closest first, within what the person may read. Two queries."""
    rows = ArticleVersion.objects.visible_to(user).holding(today).mattering(matter)
    shown = rows.select_related("article__insurer").defer("body", "words").order_by("pk")
    unread = set(ArticleVersion.objects.unread_by(user).values_list("pk", flat=True))
    found = [
        Beside(row, grounds, row.pk in unread)
        for row in shown
        if (grounds := why(row.where, matter)) is not None
    ]
    found.sort(key=lambda one: (-sum(_WEIGHTS[name] for name in one.grounds), uk_sort_key(one.version.title)))
    return found


_WEIGHTS = {"clause": 8, "service": 4, "country": 2, "programme": 1}
"""The closer the ground, the higher it stands."""


def clauses_of(programme_id: int | None, services: Iterable[str]) -> frozenset[str]:
    """The clauses on which the programme covers these kinds of help. One query."""
    # Of every published edition: an article stays beside a case whose rules were those of an earlier one.
    rows = Cover.objects.filter(
        edition__programme=programme_id, edition__published_at__isnull=False, service__in=[*services]
    ).exclude(clause="")
    return frozenset(rows.values_list("clause", flat=True))
