"""The photograph: drawn anew, kept in the database, shown to who sees the record."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from staff.employees.models import Employee, Photograph, PhotographEvent
from tests.builders import give_order

pytestmark = pytest.mark.django_db
Browser = Callable[[Employee], Client]


def picture(colour: str = "navy", size: tuple[int, int] = (640, 480)) -> SimpleUploadedFile:
    """A JPEG as a camera writes it."""
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    saved = io.BytesIO()
    Image.new("RGB", size, colour).save(saved, "JPEG", exif=exif)
    return SimpleUploadedFile("photo.jpg", saved.getvalue(), "image/jpeg")


def upload(client: Client, file: Any) -> Any:
    return client.post("/staff/operator/photo/", {"file": file})


def test_a_photograph_is_sent_and_seen(page: Browser, head: Employee, operator: Employee) -> None:
    browser = page(head)
    assert upload(browser, picture()).status_code == 302
    answer = browser.get("/staff/operator/photo/")
    assert answer["Content-Type"] == "image/webp" and answer["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(answer.content)).size == (480, 480) and b"SecretCamera" not in answer.content
    assert "/staff/operator/photo/?v=" in browser.get("/staff/operator/").content.decode()


def test_the_browser_asks_every_time_and_is_told_when_nothing_is_new(
    page: Browser, head: Employee, operator: Employee
) -> None:
    browser = page(head)
    upload(browser, picture())
    first = browser.get("/staff/operator/photo/")
    assert "no-cache" in first["Cache-Control"] and "private" in first["Cache-Control"]
    again = browser.get("/staff/operator/photo/", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    upload(browser, picture("red"))
    assert browser.get("/staff/operator/photo/", headers={"if-none-match": first["ETag"]}).status_code == 200


def test_a_right_that_ended_ends_the_cached_picture_too(
    page: Browser, head: Employee, senior: Employee, senior2: Employee, operator: Employee, director: Employee
) -> None:
    upload(page(head), picture())
    browser = page(senior)
    mark = browser.get("/staff/operator/photo/")["ETag"]
    give_order("senior_change", operator, by=director, senior=senior2)
    assert browser.get("/staff/operator/photo/", headers={"if-none-match": mark}).status_code == 404


def test_a_new_one_replaces_the_old_and_both_are_in_the_history(
    page: Browser, head: Employee, operator: Employee
) -> None:
    browser = page(head)
    upload(browser, picture())
    upload(browser, picture("red"))
    browser.post("/staff/operator/photo/remove/")
    assert not Photograph.objects.exists()
    assert list(PhotographEvent.objects.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert", "update", "delete",
    ]  # fmt: skip
    assert browser.get("/staff/operator/photo/").status_code == 404


@pytest.mark.parametrize(
    ("file", "word"),
    [
        (None, "Виберіть зображення"),
        (SimpleUploadedFile("a.jpg", b""), "порожній"),
        (SimpleUploadedFile("a.jpg", b"<script>alert(1)</script>", "image/jpeg"), "JPEG, PNG або WebP"),
        (
            SimpleUploadedFile("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml"),
            "JPEG, PNG",
        ),
        (SimpleUploadedFile("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 200, "image/jpeg"), "зображення"),
        (SimpleUploadedFile("a.png", b"\0" * 8_000_001, "image/png"), "завелике"),
    ],
)
def test_what_is_no_picture_is_refused_in_words(
    page: Browser, head: Employee, operator: Employee, file: Any, word: str
) -> None:
    answer = page(head).post("/staff/operator/photo/", {"file": file} if file else {})
    assert answer.status_code == 400 and word in answer.content.decode()
    assert not Photograph.objects.exists()


def test_who_may_not_change_the_record_sends_no_picture(
    page: Browser, operator: Employee, operator2: Employee, senior: Employee, senior2: Employee
) -> None:
    assert upload(page(operator), picture()).status_code == 403
    assert upload(page(senior2), picture()).status_code == 404
    assert upload(page(senior), picture()).status_code == 302
