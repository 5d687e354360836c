"""Pictures: what is kept is drawn anew, and what would burst or is no picture gets a sentence."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image

from fregat.lib import pictures
from fregat.lib.errors import Invalid

RED, BLUE = (200, 20, 20), (20, 20, 200)


def encoded(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    """The file of an image."""
    saved = io.BytesIO()
    image.save(saved, kind, **options)
    return saved.getvalue()


def halves(width: int = 600, height: int = 400) -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), RED)
    image.paste(BLUE, (width // 2, 0, width, height))
    return image


def opened(picture: pictures.Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


def refusal(content: bytes) -> str:
    with pytest.raises(Invalid) as refused:
        pictures.portrait(content)
    (sentence,) = refused.value.errors["file"]
    return str(sentence)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_becomes_a_square_of_webp(kind: str) -> None:
    kept = pictures.portrait(encoded(halves(1600, 1200), kind))
    drawn = opened(kept)
    assert (drawn.format, drawn.size) == ("WEBP", (480, 480))
    assert len(kept.content) < 40_000


def test_a_small_picture_is_not_blown_up() -> None:
    assert opened(pictures.portrait(encoded(halves(200, 300)))).size == (200, 200)


@pytest.mark.parametrize("size", [(600, 400), (4000, 3000)])
def test_a_picture_taken_sideways_stands_upright_and_says_nothing_of_where_it_was_taken(
    size: tuple[int, int],
) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # lies on its side
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    sent = encoded(halves(*size), "JPEG", exif=exif)
    assert b"SecretCamera" in sent
    kept = pictures.portrait(sent)
    drawn = opened(kept)
    assert b"SecretCamera" not in kept.content and b"EXIF" not in kept.content
    assert not dict(drawn.getexif()) and not {"exif", "icc_profile", "xmp"} & set(drawn.info)
    middle, edge = drawn.width // 2, drawn.height - 20
    top, bottom = (drawn.convert("RGB").getpixel((middle, y)) for y in (20, edge))
    assert top[0] > 150 > top[2] and bottom[2] > 150 > bottom[0]


def test_what_is_hidden_behind_the_picture_is_not_kept() -> None:
    kept = pictures.portrait(encoded(halves()) + b"<script>alert(1)</script>" + b"PK\x03\x04")
    assert b"<script>" not in kept.content and b"PK\x03\x04" not in kept.content


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P", "1", "L", "CMYK", "I;16"])
def test_every_kind_of_pixels_is_drawn_and_transparency_is_white(mode: str) -> None:
    image = Image.new("RGBA", (300, 300), (0, 0, 0, 0)) if mode == "RGBA" else Image.new(mode, (300, 300))
    kept = opened(pictures.portrait(encoded(image, "JPEG" if mode == "CMYK" else "PNG")))
    if mode == "RGBA":
        assert kept.convert("RGB").getpixel((150, 150)) == (255, 255, 255)


def png_that_says(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be of this size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * 2000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(10_000, 10_000), (60_000, 60_000), (2_000_000_000, 3)])
def test_a_bomb_is_refused_before_a_pixel_is_decoded(size: tuple[int, int]) -> None:
    assert "забагато пікселів" in refusal(png_that_says(*size)) or "замал" in refusal(png_that_says(*size))


def test_a_bomb_of_a_whole_picture_is_refused() -> None:
    assert "пікселів" in refusal(encoded(Image.new("1", (30_000, 30_000))))


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + b"\0" * 40],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    assert "JPEG" in refusal(content)


def test_a_kind_of_picture_that_is_not_taken_is_refused_whatever_its_name() -> None:
    assert "JPEG" in refusal(encoded(halves(), "TIFF"))
    assert "JPEG" in refusal(encoded(halves(), "GIF"))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_cut_short_is_refused_with_a_sentence_wherever_it_is_cut(kind: str) -> None:
    noisy = Image.effect_noise((300, 300), 80).convert("RGB")
    whole = encoded(noisy, kind)
    for share in (0.05, 0.3, 0.6, 0.9):
        assert refusal(whole[: int(len(whole) * share)])


def test_a_png_of_junk_behind_a_true_header_is_refused() -> None:
    whole = encoded(halves())
    assert refusal(whole[:60] + b"\xff" * 400 + whole[-200:])


def test_a_tiny_picture_and_a_huge_file_are_refused() -> None:
    assert "120" in refusal(encoded(Image.new("RGB", (64, 64))))
    assert "8" in refusal(b"\0" * (pictures.FILE_MAX + 1))
