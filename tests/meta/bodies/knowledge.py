"""Articles of the knowledge base."""

from __future__ import annotations

from tests.meta.bodies.body import Body, day

_TEXT = {
    "title": "Погодження операції", "body": "## Порядок\n\nСпершу лист.", "programmes": [], "services": ["visit"],
    "countries": ["JP"], "clauses": "п. 4.1.3 Правил",
}  # fmt: skip
_FILTERS = {"insurer": "aurora", "programme": "", "kind": "rules", "service": "visit", "country": "JP"}

PAGES: dict[str, Body] = {
    "knowledge:search": Body(lambda got: {"q": "франшизою", **_FILTERS}),
    "knowledge:new": Body(
        lambda got: {
            **_TEXT, "insurer": str(got["policy"].insurer_id), "kind": "rules", "language": "uk",
        },
        "senior",
    ),
    "knowledge:preview": Body(lambda got: {"body": "## Розділ"}, "senior"),
    "knowledge:draft": Body(lambda got: {**_TEXT, "changes": "Усе.", "revision": 0}, "senior", (200, 302, 409)),
    "knowledge:discard": Body(lambda got: {"revision": 1}, "senior", (302, 404, 409)),
    "knowledge:publish": Body(lambda got: {"since": day(24), "revision": 1}, "head", (302, 409)),
    "knowledge:withdraw": Body(lambda got: {"reason": "Страховик скасував."}, "head"),
    "knowledge:acknowledge": Body(),
    "knowledge:remind": Body(lambda got: {"titled": "1"}, "senior"),
}  # fmt: skip

CALLS: dict[str, Body] = {
    "POST api:articles-search": Body(lambda got: {"q": "франшизою", "kind": "rules"}),
}

QUESTIONS: dict[str, Body] = {
    "knowledge:articles": Body(lambda got: {**_FILTERS, "state": "unread"}),
    "api:articles": Body(
        lambda got: {"insurer": "aurora", "kind": "rules", "service": "visit", "country": "JP"}
    ),
}
