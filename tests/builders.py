"""Plain functions that build what the tests work on. People with names are in `tests/cast.py`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import transaction

from fregat.lib import clock
from fregat.lib.rights import Role
from staff.employees import actions as staff
from staff.employees.models import Employee

PASSWORD = "correct-horse-battery"
_numbers = count(1)


def make_employee(
    username: str,
    role: Role | str = Role.OPERATOR,
    *,
    last_name: str = "Ґалаган",
    first_name: str = "Олена",
    senior: Employee | None = None,
    projects: Iterable[Any] = (),
    now: datetime | None = None,
    **fields: Any,
) -> Employee:
    """An employee who has been with the centre for a month; `projects`: insurers or their codes.

    Whoever signs in by the form needs `with_password`.
    """
    insurers = list(projects)
    employee = staff.create_employee(
        username=username,
        last_name=last_name,
        first_name=first_name,
        role=role,
        senior=senior,
        projects=[getattr(insurer, "code", insurer) for insurer in insurers],
        now=now or clock.now() - timedelta(days=30),
        **fields,
    )
    # An account was opened: there is a password, though nobody knows it.
    employee.password = "md5$cast$unknown"
    employee.save(update_fields=["password"])
    for insurer in insurers:
        if hasattr(insurer, "pk"):
            grant_project(employee, insurer)
    return employee


def give_order(
    kind: str, employee: Employee, *, by: Employee | None = None, now: datetime | None = None, **values: Any
) -> Any:
    """An order of the director (or of the first one there is) about the employee; `values`: people by themselves."""
    directors = Employee.objects.employed().filter(role=Role.DIRECTOR)
    signer = by or directors.first() or make_employee("signer", Role.DIRECTOR)
    named = {name: getattr(value, "username", value) for name, value in values.items()}
    return staff.issue_order(by=signer, kind=kind, employee=employee, values=named, now=now)


def with_password(employee: Employee, password: str = PASSWORD) -> Employee:
    """The same employee, able to sign in by the form."""
    employee.set_password(password)
    employee.save(update_fields=["password"])
    return employee


def give_photograph(employee: Employee) -> None:
    """A picture of the employee, through the action."""
    import io

    from PIL import Image

    from fregat.lib.pictures import portrait

    drawn = io.BytesIO()
    Image.new("RGB", (200, 240), (90, 120, 160)).save(drawn, "PNG")
    staff.set_photograph(by=None, employee=employee, picture=portrait(drawn.getvalue()))


def a_table_of_people(username: str, **values: str) -> bytes:
    """A workbook that appoints one client manager under this sign-in name."""
    from fregat.lib import sheets

    row = {
        "Прізвище": "Гнатюк", "Ім’я": "Марта", "Ім’я для входу": username,
        "Посада": "менеджер по роботі з клієнтами", **values,
    }  # fmt: skip
    return sheets.write([("Аркуш", list(row), [list(row.values())])])


def grant_project(employee: Employee, insurer: Any) -> None:
    """The django-guardian grant behind an assignment, if the rooms have not made it themselves."""
    from guardian.shortcuts import assign_perm

    assign_perm("work_on_project", employee, insurer)


def make_project(code: str, name: str = "") -> Any:
    """An insurer, which inside the centre is a project."""
    from cases.insurance.models import Insurer

    make_currency("EUR")
    return Insurer.objects.get_or_create(
        code=code, defaults={"name_uk": name or f"СК «{code}»", "name_en": name or f"{code} Insurance"}
    )[0]


def make_currency(code: str) -> Any:
    """A currency of the reference data, made when it is not seeded."""
    from cases.insurance.models import Currency

    defaults = {"rate_uah": Decimal("48"), "rate_on": date(2026, 11, 1)}
    return Currency.objects.get_or_create(code=code, defaults=defaults)[0]


def make_country(code: str = "TR", *, told: bool = False) -> Any:
    """A country of the reference data, made when it is not seeded."""
    from cases.insurance.models import Country

    defaults = {"name_uk": code, "name_en": code, "told": told, "zone": "Europe/Kyiv"}
    return Country.objects.get_or_create(code=code, defaults=defaults)[0]


def make_service_kind(code: str = "visit", *, escalation: str = "") -> Any:
    """A kind of help of the reference data, made when it is not seeded."""
    from cases.insurance.models import ServiceKind

    defaults = {"name_uk": code, "name_en": code, "escalation": escalation}
    return ServiceKind.objects.get_or_create(code=code, defaults=defaults)[0]


def make_person(
    surname: str = "Ґалаган",
    given_name: str = "Олена",
    *,
    surname_latin: str = "HALAHAN",
    given_name_latin: str = "OLENA",
    birth_date: date | None = date(1984, 5, 17),
    phone: str = "+380671234567",
    **fields: Any,
) -> Any:
    """An insured person with the keys of the look-up."""
    from cases.insurance.models import InsuredPerson
    from cases.insurance.rules import given_name_key, name_key

    return InsuredPerson.objects.create(
        surname=surname, given_name=given_name, surname_latin=surname_latin,
        given_name_latin=given_name_latin, birth_date=birth_date, phone=phone,
        **{
            "surname_key": name_key(surname or surname_latin),
            "given_key": given_name_key(given_name or given_name_latin),
            **fields,
        },
    )  # fmt: skip


def make_edition(programme: Any, **fields: Any) -> Any:
    """An edition of the rules, published long ago and in force from the beginning."""
    from cases.insurance.models import Edition

    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    values = {"number": 1, "begun_at": long_ago, "published_at": long_ago, **fields}
    return Edition.objects.create(programme=programme, **values)


@transaction.atomic  # a published edition is filled in the transaction that writes it
def make_policy(
    insurer: Any,
    person: Any = None,
    *,
    number: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    countries: Iterable[str] = ("TR", "EG", "PL", "JP"),
    services: Iterable[str] = ("visit", "doctor_call", "hospital", "examination"),
    insured_sum: Decimal | int = 30_000,
    currency: str = "EUR",
    asks: bool = False,
) -> Any:
    """A policy in force for a month around today, with a programme that covers `services` in `countries`.

    With `asks` its rules ask about alcohol whatever help is needed.
    """
    from cases.insurance.models import Cover, Exclusion, Policy, PolicyPerson, Programme, Territory

    today = clock.local(clock.now()).date()
    euro = make_currency(currency)
    mark = "-".join(countries).lower()[:40]
    territory = Territory.objects.get_or_create(
        code=mark, defaults={"name_uk": mark, "name_en": mark, "countries": list(countries)}
    )[0]
    programme, made = Programme.objects.get_or_create(
        insurer=insurer, code="standard", defaults={"name_uk": "Стандарт", "name_en": "Standard"}
    )
    # In one transaction, and no part of one: an edition that is published is final from the next on.
    with transaction.atomic(savepoint=False):
        kinds = [make_service_kind(code) for code in services] if made else []
        edition = make_edition(programme) if made else None
        Cover.objects.bulk_create(
            Cover(edition=edition, service=kind, currency=euro, clause="4.1") for kind in kinds
        )
        if made and asks:
            Exclusion.objects.create(
                edition=edition, code="alcohol", name_uk="Чи був алкоголь?", name_en="Was there alcohol?",
                clause="5.1",
            )  # fmt: skip
    policy = Policy.objects.create(
        number=number or f"VZR-{next(_numbers):07d}", insurer=insurer, programme=programme,
        valid_from=valid_from or today - timedelta(days=15), valid_to=valid_to or today + timedelta(days=15),
        territory=territory, currency=euro, insured_sum=insured_sum,
    )  # fmt: skip
    if person is not None:
        PolicyPerson.objects.create(policy=policy, person=person)
    return policy


def make_shift(
    employee: Employee,
    starts_at: datetime,
    ends_at: datetime,
    *,
    kind: str = "day",
    leads: bool = False,
    begun_at: datetime | None = None,
) -> Any:
    """A shift, through the roster's own action; `begun_at`: when the employee signed in."""
    from shifts.attendance.models import Attendance
    from shifts.roster.actions import plan_shift

    shift = plan_shift(
        by=None, employee=employee, starts_at=starts_at, ends_at=ends_at, kind=kind, leads=leads,
        reason="As the test needs it.",
    )  # fmt: skip
    if begun_at is not None:
        late = max(0, int((begun_at - starts_at).total_seconds()))
        Attendance.objects.create(shift=shift, begun_at=begun_at, late_seconds=late)
    return shift


def make_pause(shift: Any, begun_at: datetime, kind: str = "lunch") -> Any:
    """A break of the shift that runs since then: its employee is away."""
    from shifts.breaks.models import Break
    from shifts.breaks.rules import LENGTHS

    return Break.objects.create(
        shift=shift, kind=kind, asked_for=begun_at, starts_at=begun_at, ends_at=begun_at + LENGTHS[kind],
        state="running", asked_at=begun_at, begun_at=begun_at,
    )  # fmt: skip


def make_case(
    by: Employee,
    *,
    insurer: Any = None,
    policy: Any = None,
    person: Any = None,
    country: str | None = "TR",
    status: str = "reported",
    responsible: Employee | None = None,
    now: datetime | None = None,
    **fields: Any,
) -> Any:
    """A case as the rows stand, whatever `by` may: for tests of what follows, not of registering."""
    from cases.casework.actions.escalations import tell
    from cases.casework.models import Case, Responsibility

    now = now or clock.now()
    insurer = insurer or getattr(policy, "insurer", None)
    owner = responsible or by
    values: dict[str, Any] = {
        "number": f"{now:%y}-{900_000 + next(_numbers):06d}",
        "status": status,
        "responsible": owner,
        "opened_at": now,
        "opened_by": by,
        "registered_at": None if status == "draft" else now,
        "status_at": now,
        "insurer": insurer,
        "policy": policy,
        "person": person,
        "person_name": "" if person else "KHRYSTENKO",
        "provisional": person is None or policy is None,
        "caller_name": "Олена Ґалаган",
        "caller_relation": "self",
        "caller_phone": "+380671234567",
        "country": make_country(country) if country else None,
        "city": "Анталья",
        "occurred_at": now - timedelta(hours=12),
        "description": "Гарячка 39, блювання.",
    }
    with transaction.atomic():
        case = Case.objects.create(**{**values, **fields})
        Responsibility.objects.create(case=case, employee=owner, since=now, reason="registered", by=by)
        if status != "draft":
            tell(case, by=by, now=now)
    return case


def make_document(
    director: Employee,
    *,
    title: str = "Посадова інструкція оператора",
    body: str = "## Обов’язки\n\n1. Реєструвати страхові випадки.",
    kind: str = "job_description",
    roles: Iterable[str] = (),
    people: Iterable[Employee] = (),
    now: datetime | None = None,
    **order: Any,
) -> Any:
    """A document whose first version the director has ordered into force: the version."""
    from staff.documents import actions
    from staff.documents.models import DocumentVersion
    from staff.documents.rules import Addressees, Text

    to = Addressees.of(roles, (), (person.pk for person in people))
    draft = actions.create_document(by=director, kind=kind, text=Text(title, body, to=to), now=now)
    actions.order_version(by=director, document_id=draft.document_id, revision=1, now=now, **order)
    return DocumentVersion.objects.get(pk=draft.pk)


def make_article(
    head: Employee,
    insurer: Any,
    *,
    title: str = "Франшиза за ліки",
    body: str = "## Що сплачує застрахований\n\nПершу частину вартості ліків він сплачує сам.",
    kind: str = "rules",
    language: str = "uk",
    published: bool = True,
    now: datetime | None = None,
    **where: Any,
) -> Any:
    """An article with its first version, published by the head from today: the version."""
    from cases.knowledge import actions
    from cases.knowledge.models import ArticleVersion
    from cases.knowledge.rules import Text, Where

    text = Text(title, body, where=Where.of(**where))
    draft = actions.create_article(
        by=head, insurer_id=insurer.pk if insurer else None, kind=kind, language=language, text=text, now=now
    )
    if published:
        actions.publish(by=head, article_id=draft.article_id, revision=1, now=now)
    return ArticleVersion.objects.select_related("article__insurer").get(pk=draft.pk)


def change_article(
    head: Employee, version: Any, body: str, *, now: datetime | None = None, **more: Any
) -> Any:
    """The next version of an article, published: the version."""
    from cases.knowledge import actions
    from cases.knowledge.models import ArticleVersion
    from cases.knowledge.rules import Text

    text = Text(version.title, body, more.pop("changes", "Інший ліміт."), version.where)
    draft = actions.save_draft(by=head, article_id=version.article_id, text=text, now=now)
    actions.publish(by=head, article_id=version.article_id, revision=1, now=now, **more)
    return ArticleVersion.objects.select_related("article__insurer").get(pk=draft.pk)


def make_decision(
    head: Employee,
    *,
    title: str = "Про чергування на свята",
    body: str = "Графік на свята складає старший менеджер.",
    roles: Iterable[str] = (),
    people: Iterable[Employee] = (),
    now: datetime | None = None,
) -> Any:
    """A published decision of the head."""
    from staff.documents.actions import publish_decision
    from staff.documents.rules import Addressees, Text

    to = Addressees.of(roles, (), (person.pk for person in people))
    return publish_decision(by=head, kind="decision", text=Text(title, body, to=to), now=now)
