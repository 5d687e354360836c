"""The administration: reference data only, for one role, clean under the content security policy."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from fregat.lib.administration import site
from staff.employees.models import Employee

pytestmark = pytest.mark.django_db

INLINE = re.compile(
    r"<style|\sstyle=|\son\w+=|<script(?![^>]*\b(src=|type=\"application/json\"))|javascript:", re.IGNORECASE
)
REFERENCE = {
    "AbsenceKind",
    "Country",
    "ServiceKind",
    "Currency",
    "Insurer",
    "Territory",
    "Programme",
}


def test_only_reference_data_is_there_and_nobody_s_health_or_sign_in() -> None:
    assert {model.__name__ for model in site._registry} <= REFERENCE


def test_every_page_opens_and_has_nothing_inline(
    admin_: Employee, page: Callable[[Employee], Client]
) -> None:
    client = page(admin_)
    addresses = [reverse("admin:index"), reverse("admin:app_list", args=["insurance"])]
    for model in site._registry:
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        addresses += [reverse(f"{name}_changelist"), reverse(f"{name}_add")]
        row = model._default_manager.first()
        if row is not None:
            addresses += [reverse(f"{name}_change", args=[row.pk]), reverse(f"{name}_history", args=[row.pk])]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not INLINE.findall(answer.content.decode()), address


def test_nothing_is_deleted(admin_: Employee, page: Callable[[Employee], Client]) -> None:
    address = reverse("admin:insurance_country_delete", args=["TR"])
    assert page(admin_).post(address, {"post": "yes"}).status_code == 403


def test_there_is_no_second_door(admin_: Employee) -> None:
    for name in ("login", "logout", "password_change", "view_on_site"):
        with pytest.raises(NoReverseMatch):
            reverse(f"admin:{name}")
    sent = Client().get("/admin/")
    assert sent["Location"].startswith("/accounts/login/")
