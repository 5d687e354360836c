"""Every address of the house, found by walking the resolver, and sample objects to fill its arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import URLResolver, get_resolver, reverse

from fregat.lib import rights

SURNAME, PHONE = "Христенко", "+380509998877"
"""Of the insured person of the sample case: nobody of the cast is called so."""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One address: its name with namespaces, as the matrix names it, and the names of its arguments."""

    name: str
    arguments: tuple[str, ...]

    @property
    def is_api(self) -> bool:
        """One of the REST API, whose door is DRF's; pages' is the middleware."""
        return self.name.startswith("api:")

    @property
    def has_row(self) -> bool:
        """Is there a row in the matrix?"""
        return self.name.startswith("admin:") or self.name in rights.routes()

    def action(self, method: str) -> str | None:
        """The action behind a method, as the doors ask for it."""
        return rights.action_of(self.name, method)

    def url(self, values: Mapping[str, Any]) -> str:
        """The address with these arguments."""
        return reverse(self.name, kwargs={name: values[name] for name in self.arguments})


def routes() -> list[Route]:
    """All of them, in the order of the resolver."""
    return list(_walk(get_resolver(), (), ()))


def _walk(resolver: Any, spaces: tuple[str, ...], outer: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        arguments = (*outer, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _walk(
                pattern, (*spaces, *([pattern.namespace] if pattern.namespace else [])), arguments
            )
        elif pattern.name or "admin" not in spaces:  # Django's nameless ones only lead to their neighbours
            yield Route(":".join((*spaces, pattern.name or repr(pattern.pattern))), arguments)


MISSING = {
    "number": "26-999999",
    "pk": 2_000_000_001,
    "username": "nobody-is-called-so",
    "session_id": 2_000_000_001,
    "notice_id": 2_000_000_001,
    "report_id": 2_000_000_001,
    "task_id": 2_000_000_001,
    "service_id": 2_000_000_001,
    "letter_id": 2_000_000_001,
    "escalation_id": 2_000_000_001,
    "object_id": 2_000_000_001,
    "example_id": 2_000_000_001,
    "figure": "nothing-is-called-so",
    "uuid": UUID(int=1),
}
"""Arguments that name nothing. `object_id` is the administration's."""


_OF_A_HANDOVER = [
    f"{route} pk"
    for route in (
        "handover:card", "handover:accept", "handover:received", "handover:refuse",
        "api:handover", "api:handover-accept", "api:handover-refuse",
    )
]  # fmt: skip


def _of_a_document() -> list[str]:
    names = "document version changes text sign draft discard order signatures sheet"
    return [f"documents:{name} pk" for name in names.split()]


def _of_a_decision() -> list[str]:
    return [f"documents:{name} pk" for name in ("decision", "acknowledge", "withdraw")]


def _of_an_article() -> list[str]:
    names = "article beside version changes acknowledge remind receipts draft discard publish withdraw"
    return ["api:article pk", *(f"knowledge:{name} pk" for name in names.split())]


_OF_A_SHIFT = (
    "attendance:end_prolong pk", "roster:shift pk", "roster:cancel pk", "exchange:ask pk", "api:exchange-offers pk",
    "api:shift-prolong pk",
)  # fmt: skip
_OF_AN_ORDER = [
    f"employees:order{step} pk"
    for step in ("", "_pdf", "_sign", "_decline", "_withdraw", "_revoke", "_retry")
]
_OF_AN_EXCHANGE = [
    "exchange:exchange pk",
    "api:exchange pk",
    *(
        f"{door}{act} pk"
        for act in ("answer", "withdraw", "decide")
        for door in ("exchange:", "api:exchange-")
    ),
]
_OF_AN_END = [
    "api:end-change pk",
    *(
        f"{door}{act} pk"
        for act in ("agree", "refuse", "withdraw")
        for door in ("attendance:end_", "api:end-change-")
    ),
]
_OF_AN_ABSENCE = [
    "api:absence pk",
    *(
        f"absence:{name} pk"
        for name in "absence agree refuse withdraw bring certificate cover explain judge".split()
    ),
    *(f"api:absence-{name} pk" for name in "agree refuse withdraw cover explain judge".split()),
]
_OF_A_LIST = [
    "api:import pk",
    *(f"imports:{name} pk" for name in "list progress faults columns apply undo discard".split()),
    *(f"api:import-{name} pk" for name in "apply undo faults".split()),
]
_OF_A_PROPOSAL = [f"proposal:{name} pk" for name in ("proposal", "cancel", "write")]
_OF_A_CONVERSATION = ("conversation", "send")
_OF_A_CONTRACT = [
    f"{name} pk"
    for name in (
        "contracts:contract", "contracts:paper", "contracts:annul", "api:contract", "api:contract-annul",
    )
]  # fmt: skip
_OF_A_TARIFF = ("contracts:programme pk", "contracts:publish pk")
_OF_INSTRUCTION = ("task", "report", "proof", "accept", "return", "withdraw", "pass_on")


_OF_RULES = [
    f"insurance:{name} pk"
    for name in (
        "programme", "rules_try", "rules_begin", "rules_save", "rules_drop", "rules_publish", "rules_keep",
        "rules_example_drop",
    )
]  # fmt: skip


class Samples:
    """Objects of `operator`, on whose project `stranger` does not work.

    An argument is looked up as `route argument`, else by its own name; who adds a route with a new kind of
    argument adds a line here.
    """

    def __init__(self, **objects: Any) -> None:
        self.objects = objects

    def __getitem__(self, name: str) -> Any:
        return self.objects[name]

    def table(self) -> dict[str, Callable[[], Any]]:
        """Argument → how to find its value."""
        got = self.objects
        return {
            "number": lambda: got["case"].number,
            "to": lambda: "assisted",
            "task_id": lambda: got["task"].pk,
            "service_id": lambda: got["service"].pk,
            "escalation_id": lambda: got["escalation"].pk,
            "letter_id": lambda: got["letter"].pk,
            **{f"api:letter-{act} pk": lambda: got["letter"].pk for act in ("agree", "refuse", "withdraw")},
            "session_id": lambda: got["session"].pk,
            "notice_id": lambda: got["notice"].pk,
            "report_id": lambda: got["instruction"].pk,
            **{f"tasks:{name} pk": lambda: got["instruction"].assignment_id for name in _OF_INSTRUCTION},
            "figure": lambda: "promises",
            "form": lambda: "new-call",
            "edition": lambda: got["document"].number,
            **{f"messenger:{name} uuid": lambda: got["conversation"].uuid for name in _OF_A_CONVERSATION},
            **dict.fromkeys(_of_a_document(), lambda: got["document"].document_id),
            **dict.fromkeys(_of_a_decision(), lambda: got["decision"].pk),
            **dict.fromkeys(_of_an_article(), lambda: got["article"].article_id),
            **dict.fromkeys(
                (f"knowledge:{name} edition" for name in ("version", "changes", "acknowledge", "remind")),
                lambda: got["article"].number,
            ),
            "username": lambda: got.get("who", "operator"),
            **{
                f"privacy:finding{step} pk": lambda: got["finding"].pk
                for step in ("", "_take_up", "_explain", "_decide")
            },
            "privacy:look pk": lambda: got["look"].pk,
            "privacy:who kind": lambda: "case",
            "privacy:who_print kind": lambda: "case",
            "uuid": lambda: got["case"].uuid,
            "app_label": lambda: "insurance",
            "object_id": lambda: 1,
            **{
                f"{door}{act} pk": lambda: got["break"].pk
                for act in ("agree", "refuse", "withdraw", "begin", "end")
                for door in ("breaks:", "api:break-")
            },
            "api:break pk": lambda: got["break"].pk,
            **dict.fromkeys(_OF_AN_END, lambda: got["end_change"].pk),
            **dict.fromkeys(_OF_AN_ABSENCE, lambda: got["absence"].pk),
            **dict.fromkeys(_OF_AN_EXCHANGE, lambda: got["exchange"].pk),
            **dict.fromkeys(_OF_A_LIST, lambda: got["insurers_list"].pk),
            **dict.fromkeys(_OF_A_PROPOSAL, lambda: got["proposal"].pk),
            **dict.fromkeys(_OF_A_SHIFT, lambda: got["shift"].pk),
            **dict.fromkeys(_OF_AN_ORDER, lambda: got["order"].pk),
            "kind": lambda: "dismissal",
            **dict.fromkeys(
                (f"employees:{name} pk" for name in ("import", "import_apply", "import_drop")),
                lambda: got["staff_import"].pk,
            ),
            "employees:substitution_end pk": lambda: got["substitution"].pk,
            "api:shift pk": lambda: got["shift"].pk,
            "api:policy-verdict pk": lambda: got["policy"].pk,
            **dict.fromkeys(_OF_A_CONTRACT, lambda: got["contract"].pk),
            **dict.fromkeys(_OF_A_TARIFF, lambda: got["programme"].pk),
            **dict.fromkeys(_OF_RULES, lambda: got["rulebook"].pk),
            "example_id": lambda: got["example"].pk,
            "insurance:person pk": lambda: got["person"].pk,
            "insurance:verdict pk": lambda: got["policy"].pk,
            "privacy:consent_answer pk": lambda: got["consent_request"].pk,
            "privacy:consent_withdraw pk": lambda: got["consent"].pk,
            "privacy:glass pk": lambda: got["glass"].pk,
            "privacy:glass_close pk": lambda: got["glass"].pk,
            "privacy:glass_review pk": lambda: got["glass"].pk,
            **dict.fromkeys(_OF_A_HANDOVER, lambda: got["handover"].pk),
            "handover:signed_sheet pk": lambda: got["signed"].pk,
            "api:case-task-complete pk": lambda: got["task"].pk,
            "api:case-service pk": lambda: got["service"].pk,
            "api:escalation-acknowledge pk": lambda: got["escalation"].pk,
            "api:escalation-cancel pk": lambda: got["escalation"].pk,
        }

    def of(self, route: Route) -> dict[str, Any]:
        """The arguments of a route. Raises LookupError for one that nobody has given a sample."""
        table = self.table()
        found = {}
        for name in route.arguments:
            value = table.get(f"{route.name} {name}") or table.get(name)
            if value is None:
                raise LookupError(
                    f"{route.name}: add a sample for its argument `{name}` (tests/meta/routes.py)"
                )
            found[name] = value()
        return found
