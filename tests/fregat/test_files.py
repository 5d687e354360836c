"""What people send as proof: recognised by its content, kept whole or not at all, only ever downloaded."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from fregat.lib import clock, files
from fregat.lib.models import StoredFile
from staff.employees.models import Employee

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def sent(name: str, content: bytes, content_type: str = "application/octet-stream") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=content_type)


def picture(kind: str = "JPEG", size: tuple[int, int] = (400, 300), **more: Any) -> bytes:
    saved = io.BytesIO()
    Image.new("RGB", size, (20, 120, 200)).save(saved, kind, **more)
    return saved.getvalue()


def test_a_pdf_is_kept_as_it_is(operator: Employee) -> None:
    kept = files.keep(files.accept(sent("Акт 12.pdf", PDF)), by=operator, now=clock.now())
    row = StoredFile.objects.get(pk=kept.pk)
    assert (row.name, row.kind, row.size, bytes(row.content)) == ("Акт 12.pdf", "pdf", len(PDF), PDF)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_drawn_anew_without_what_the_camera_wrote_into_it(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Хрещатик 22"
    got = files.accept(sent("photo.exe", picture(kind, exif=exif.tobytes()), "text/html"))
    assert (got.kind, got.name) == ("webp", "photo.webp")
    with Image.open(io.BytesIO(got.content)) as drawn:
        assert drawn.size == (400, 300)
        assert not drawn.getexif()


def test_a_large_picture_stays_legible_and_becomes_smaller() -> None:
    got = files.accept(sent("screen.png", picture("PNG", (6000, 400))))
    with Image.open(io.BytesIO(got.content)) as drawn:
        assert drawn.size == (3000, 200)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("report.pdf", b"<html><script>alert(1)</script></html>"),
        ("report.pdf", b"%PDF-1.7 cut off in the middle"),
        ("photo.jpg", b"MZ\x90\x00 a program"),
        ("photo.jpg", b"\xff\xd8\xff cut off"),
        ("photo.png", b"\x89PNG\r\n\x1a\n"),
        ("macro.docm", b"PK\x03\x04"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_sentence(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        files.accept(sent(name, content))
    assert refused.value.messages[0]


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    class Huge:
        size, name = files.MAX_BYTES + 1, "all.pdf"

        def read(self) -> bytes:
            raise AssertionError("read")

    with pytest.raises(ValidationError, match="5"):
        files.accept(Huge())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\o\\звіт.PDF", "звіт.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a_Set-Cookie_ x.pdf"),
        ("...", "file.pdf"),
        ("я" * 300 + ".pdf", "я" * 96 + ".pdf"),
        ('"><img>.html', "img.pdf"),
    ],
)
def test_a_name_keeps_only_what_harms_nobody(given: str, kept: str) -> None:
    upload = sent("x.pdf", PDF)
    upload._name = given
    assert files.accept(upload).name == kept


def test_it_is_downloaded_never_shown(operator: Employee) -> None:
    kept = files.keep(files.accept(sent("звіт.pdf", PDF)), by=operator, now=clock.now())
    response = files.answer(kept)
    assert response.content == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "no-store"
