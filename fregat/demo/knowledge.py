"""Articles of the knowledge base: of three insurers and for all of them, one changed yesterday and not read by all."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cases.insurance.models import Insurer
from cases.knowledge import actions
from cases.knowledge.models import Article, ArticleVersion
from cases.knowledge.querysets import asked_of
from cases.knowledge.rules import Text, Where
from staff.employees.models import Employee

TEXTS = Path(__file__).parent / "texts" / "knowledge"
BEFORE = timedelta(days=60)
"""So long ago the first versions were published."""
CHANGED = timedelta(days=1)


@dataclass(frozen=True)
class Written:
    """One article: its file, whose it is, what it is about, where it matters."""

    name: str
    insurer: str
    kind: str
    title: str
    where: Where = field(default_factory=Where)
    language: str = "uk"


ARTICLES = (
    Written("medicine", "vitrylo", "rules", "Ліки: ліміт і франшиза",
            Where.of(services=["medicine"], clauses=["п. 4.1.6 Правил"], programmes=["standard"])),
    Written("hospital", "vitrylo", "recommendation", "Лікарня й операція: коли потрібна згода",
            Where.of(services=["hospital", "surgery"], clauses=["п. 4.1.3 Правил", "п. 4.1.4 Правил"])),
    Written("turkey", "vitrylo", "recommendation", "Туреччина: як працюють приватні лікарні",
            Where.of(countries=["TR"])),
    Written("dentist", "lastivka", "rules", "Стоматологія: гострий біль і строк очікування",
            Where.of(services=["dentist"], clauses=["п. 4.1.7 Правил"], programmes=["tourist"])),
    Written("tariff", "lastivka", "tariff", "Розрахунок тарифу для подорожей"),
    Written("hotline", "lastivka", "instruction", "Callers who speak English", language="en"),
    Written("contract", "chornobryvtsi", "contract", "Договір ДМС «Родина»: як заповнити",
            Where.of(programmes=["health"])),
    Written("promises", "", "instruction", "Чого не обіцяємо телефоном"),
)  # fmt: skip
WAS = (("**500 євро**", "**400 євро**"), ("Франшиза – **15 євро**", "Франшиза – **25 євро**"))
"""What the article on medicine said before it was changed: the text now, and the text then."""
CHANGES = "Страховик збільшив ліміт на ліки до 500 євро та зменшив франшизу до 15 євро."
HAS_READ = ("operator2", "night", "senior", "doctor")
"""Who has read the change already."""


def write(people: dict[str, Employee], now: datetime) -> None:
    """Write all of it once, in the order of time."""
    if Article.objects.exists():
        return
    insurers = {one.code: one.pk for one in Insurer.objects.all()}
    for hours, written in enumerate(ARTICLES):
        at = now - BEFORE + timedelta(hours=hours)
        first = _publish(people["head"], written, insurers.get(written.insurer), at)
        for minutes, person in enumerate(asked_of(first.article).order_by("pk"), start=20):
            actions.acknowledge(
                by=person, article_id=first.article_id, number=1, now=at + timedelta(minutes=7 * minutes)
            )
        if written.name == "medicine":
            _change(people, first, written, now - CHANGED)


def _publish(head: Employee, written: Written, insurer: int | None, at: datetime) -> ArticleVersion:
    body = _body(written)
    if written.name == "medicine":
        for now, then in WAS:
            body = body.replace(now, then)
    draft = actions.create_article(
        by=head, insurer_id=insurer, kind=written.kind, language=written.language,
        text=Text(written.title, body, where=written.where), now=at,
    )  # fmt: skip
    return actions.publish(by=head, article_id=draft.article_id, revision=1, now=at)


def _body(written: Written) -> str:
    return (TEXTS / f"{written.name}.md").read_text(encoding="utf-8").strip()


def _change(people: dict[str, Employee], first: ArticleVersion, written: Written, at: datetime) -> None:
    """The second version, which some have read and some have not."""
    text = Text(written.title, _body(written), CHANGES, written.where)
    actions.save_draft(
        by=people["senior"], article_id=first.article_id, text=text, now=at - timedelta(hours=2)
    )
    row = actions.publish(by=people["head"], article_id=first.article_id, revision=1, now=at)
    for minutes, name in enumerate(HAS_READ, start=3):
        actions.acknowledge(
            by=people[name],
            article_id=row.article_id,
            number=row.number,
            now=at + timedelta(minutes=11 * minutes),
        )
