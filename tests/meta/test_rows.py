"""The tables of rights are whole: every route has its row, every object its gate (`make check`; the walk is slow)."""

from __future__ import annotations

from fregat.lib import gates, rights
from fregat.lib.rights import PUBLIC, SIGNED_IN, Department, Role
from tests.meta.bodies import CALLS, MORE_BODIES, PAGES, QUESTIONS, READ_ONLY
from tests.meta.routes import routes
from tests.meta.test_rights import SEEN

WITHOUT_ROUTE = {"lib:components"}
"""Rows whose route exists only with DEBUG."""

EVERYBODYS = {"figure", "form", "kind", "session_id", "notice_id", "app_label", "object_id"}
"""Arguments that name no object with a scope: one's own things, and the administration's reference data."""


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    found = {route.name for route in routes()}
    assert not [route.name for route in routes() if not route.has_row], (
        "closed to everybody: no row in any rights.py"
    )
    assert not sorted(set(rights.routes()) - found - WITHOUT_ROUTE), "rows without a route"


def test_every_address_of_an_object_says_of_which_kind_and_every_kind_has_its_gate() -> None:
    unnamed = [
        route.name
        for route in routes()
        if set(route.arguments) - EVERYBODYS and not rights.object_of(route.name)
    ]
    assert not unnamed, "name the kind in OBJECTS of the room's rights.py (ADR 0008): " + ", ".join(unnamed)
    named = {rights.object_of(route.name) for route in routes()} - {""}
    assert named == gates.kinds(), "one gate for each kind: fregat.lib.gates.register in AppConfig.ready()"
    assert named == set(SEEN), "say here who sees the sample of each kind"


def test_every_row_names_an_action_of_some_table() -> None:
    known = {*rights.actions(), PUBLIC, SIGNED_IN}
    named = {
        (route, action)
        for route, row in rights.routes().items()
        for action in ([row] if isinstance(row, str) else row.values())
    }
    assert not sorted((route, action) for route, action in named if action not in known)


def test_every_action_says_something_about_somebody() -> None:
    assert not [action for action, row in rights.actions().items() if not any(row.values())]
    assert not [action for action, row in rights.actions().items() if not set(row) <= {*Role, *Department}]


def test_every_address_that_takes_a_body_has_a_good_one_for_the_walks() -> None:
    lacking = []
    for route in routes():
        row = rights.routes().get(route.name)
        if row is None or route.name in READ_ONLY:
            continue
        methods = ("POST",) if isinstance(row, str) else [m for m in row if m in {"POST", "PUT", "PATCH"}]
        for method in methods:
            known = f"{method} {route.name}" in CALLS if route.is_api else route.name in PAGES
            lacking += [] if known else [f"{method} {route.name}"]
    assert not lacking, f"add a good body to tests/meta/bodies/ (or the route to READ_ONLY): {lacking}"
    named = {*PAGES, *QUESTIONS, *MORE_BODIES, *(call.split(" ")[1] for call in CALLS)}
    assert not sorted(named - {route.name for route in routes()}), "bodies of no route"
