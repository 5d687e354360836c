"""Pictures that people send: looked at, drawn anew, and only then kept.

What is kept is never what was sent. The file is decoded within limits and encoded again, so that neither
data about the camera and the place (EXIF) nor anything hidden beside the picture survives.
"""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from fregat.lib.errors import Invalid

FILE_MAX = 8_000_000
"""The largest picture that is taken, in bytes."""
PIXELS_MAX = 50_000_000
"""The largest picture that is decoded, in pixels: 200 MB of memory at most, whatever the file says of itself."""
SIDE_MIN = 120
FORMATS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
ACCEPT = ",".join(FORMATS.values())
"""For the `accept` of a file field."""

_QUALITY = 82
_PAPER = (255, 255, 255)
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    IndexError,
    EOFError,
    KeyError,
    struct.error,
    zlib.error,
)


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: WebP, with nothing but its pixels."""

    content: bytes
    width: int
    height: int
    content_type: str = "image/webp"

    @property
    def digest(self) -> str:
        """Names the content, for the browser's cache."""
        return sha256(self.content).hexdigest()[:32]


def portrait(content: bytes, *, side: int = 480, field: str = "file") -> Picture:
    """A square portrait of at most `side` pixels, cut from the middle (a little above it in a tall picture).

    Raises Invalid with a sentence under `field` for what is no picture, is damaged, or would burst.
    """
    return _checked(content, lambda: _redrawn(content, side, field), field)


def whole(content: bytes, *, side: int = 3000, field: str = "file") -> Picture:
    """The picture as it is, at most `side` pixels wide and high: a paper or a screen that must stay legible.

    Raises Invalid with a sentence under `field` for what is no picture, is damaged, or would burst.
    """
    return _checked(content, lambda: _redrawn_whole(content, side), field)


def _checked(content: bytes, draw: Callable[[], Picture], field: str) -> Picture:
    if len(content) > FILE_MAX:
        raise Invalid.field(
            field,
            _("The picture is too large: at most %(max)s MB is possible.") % {"max": FILE_MAX // 1_000_000},
        )
    try:
        return draw()
    except (UnidentifiedImageError, Image.DecompressionBombError) as refused:
        bomb = isinstance(refused, Image.DecompressionBombError)
        raise Invalid.field(
            field, _too_many_pixels() if bomb else _("Choose a picture: JPEG, PNG or WebP.")
        ) from None
    except _DAMAGED:
        raise Invalid.field(
            field, _("The picture is damaged. Open and save it again, or choose another one.")
        ) from None


def _redrawn(content: bytes, side: int, field: str) -> Picture:
    with Image.open(io.BytesIO(content), formats=list(FORMATS)) as sent:
        # Only the header is read so far: the size is asked before a single pixel is decoded.
        if sent.width * sent.height > PIXELS_MAX:
            raise Image.DecompressionBombError
        if min(sent.size) < SIDE_MIN:
            raise Invalid.field(
                field,
                _("The picture is too small: at least %(min)d × %(min)d pixels are needed.")
                % {"min": SIDE_MIN},
            )
        sent.draft("RGB", (side * 2, side * 2))
        flat = _on_paper(ImageOps.exif_transpose(_smaller(sent, side)))
    small = min(side, *flat.size)
    drawn = ImageOps.fit(flat, (small, small), Image.Resampling.LANCZOS, centering=(0.5, 0.35))
    return _saved(drawn)


def _redrawn_whole(content: bytes, side: int) -> Picture:
    with Image.open(io.BytesIO(content), formats=list(FORMATS)) as sent:
        if sent.width * sent.height > PIXELS_MAX:
            raise Image.DecompressionBombError
        sent.draft("RGB", (side, side))
        flat = _on_paper(ImageOps.exif_transpose(sent))
    flat.thumbnail((side, side), Image.Resampling.LANCZOS)
    return _saved(flat)


def _saved(drawn: Image.Image) -> Picture:
    # A new image: what the file said beside its pixels (EXIF, profiles, comments) stays behind.
    bare = Image.new("RGB", drawn.size)
    bare.paste(drawn)
    saved = io.BytesIO()
    bare.save(saved, "WEBP", quality=_QUALITY, method=4)
    return Picture(saved.getvalue(), bare.width, bare.height)


def _smaller(sent: Image.Image, side: int) -> Image.Image:
    """Decoded, and small before anything is copied."""
    sent.load()
    factor = min(sent.size) // (side * 2)
    whole = factor < 2 or sent.mode not in {"L", "LA", "RGB", "RGBA", "CMYK"}
    return sent if whole else sent.reduce(factor)


def _on_paper(image: Image.Image) -> Image.Image:
    """Without transparency: on white."""
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, _PAPER)
        paper.paste(seen, mask=seen.getchannel("A"))
        return paper
    return image.convert("RGB")


def _too_many_pixels() -> str:
    return _("The picture has too many pixels: at most %(max)d million is possible.") % {
        "max": PIXELS_MAX // 1_000_000
    }
