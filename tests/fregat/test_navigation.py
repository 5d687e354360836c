"""The top bar shows where one may go, and nothing else."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from fregat.lib import navigation, rights
from fregat.lib.templatetags.ui import icon
from staff.employees.models import Employee

Browser = Callable[[Employee], Client]


def test_every_entry_has_an_address_and_a_row_in_the_matrix() -> None:
    assert navigation.entries()
    for entry in navigation.entries():
        assert reverse(entry.url_name)
        assert rights.action_of(entry.url_name, "GET"), entry.key


def test_every_entry_has_its_icon() -> None:
    for entry in navigation.entries():
        assert "<svg" in icon(entry.icon)


def test_no_two_entries_have_the_same_key_on_the_keyboard() -> None:
    keys = [entry.shortcut for entry in navigation.entries() if entry.shortcut]
    assert len(keys) == len(set(keys))


def test_the_bar_offers_only_what_the_role_may_open(
    page: Browser, admin_: Employee, operator: Employee
) -> None:
    for person in (admin_, operator):
        body = page(person).get(reverse("employees:me")).content.decode()
        for entry in navigation.entries():
            allowed = rights.lets(person, rights.action_of(entry.url_name, "GET"))
            assert (f'href="{reverse(entry.url_name)}"' in body) == allowed or entry.url_name == "desk:desk"
