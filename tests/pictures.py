"""The pictures of the README: `make pictures`. The whole program, demonstration data, Ukrainian, 1366×768."""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

DOCS = Path(__file__).resolve().parent.parent / "docs" / "img"
PICTURES = {"desk": ("operator", "/"), "board": ("senior", "/board/")}
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "fregat.settings", "ALLOWED_HOSTS": "127.0.0.1", "HTTPS": "false", "DEBUG": "false",
    "EMAIL_URL": "dummy:", "METRICS_TOKEN": "",
}  # fmt: skip


def main() -> None:
    """Start the program, look at its pages, stop it."""
    os.environ.update(SETTINGS)
    from tests.live import LiveServices

    live = LiveServices()
    try:
        live.start()
        take(live.base_url)
    finally:
        live.stop()


def shrink(png: bytes) -> bytes:
    """The same picture, smaller: screens of text pack better without the filters that Chromium chooses.

    For what Chromium writes: 8 bits a channel, RGB, not interlaced. Other files come back as they are.
    """
    width, height, depth, kind = struct.unpack(">IIBB", png[16:26])
    if (depth, kind) != (8, 2):
        return png
    rows, line = zlib.decompress(_pixels(png)), width * 3 + 1
    plain, above = bytearray(), bytearray(line - 1)
    for start in range(0, height * line, line):
        above = _unfiltered(rows[start], bytearray(rows[start + 1 : start + line]), above)
        plain += b"\0" + above
    packed = zlib.compress(bytes(plain), 9)
    return png[:33] + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def _pixels(png: bytes) -> bytes:
    found, at = b"", 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            found += png[at + 8 : at + 8 + size]
        at += size + 12
    return found


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    """One line of pixels out of its filter (PNG, 9.2)."""
    for x in range(len(row)):
        left, up, corner = (row[x - 3], above[x], above[x - 3]) if x > 2 else (0, above[x], 0)
        row[x] = (row[x] + (0, left, up, (left + up) // 2, _paeth(left, up, corner))[kind]) & 255
    return row


def _paeth(left: int, up: int, corner: int) -> int:
    return min((left, up, corner), key=lambda one: abs(left + up - corner - one))


def take(base_url: str) -> None:
    """Write every picture of a running program."""
    from playwright.sync_api import sync_playwright

    from tests.chromium import find_or_install

    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    DOCS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=find_or_install(), args=flags)
        for name, (username, path) in PICTURES.items():
            context = browser.new_context(
                base_url=base_url, locale="uk-UA", timezone_id="Europe/Kyiv", color_scheme="light",
                viewport={"width": 1366, "height": 768},
            )  # fmt: skip
            page = context.new_page()
            page.goto("/accounts/login/")
            page.locator("input[name=login]").fill(username)
            page.locator("input[name=password]").fill("fregat-demo")
            page.locator("input[name=password]").press("Enter")
            page.locator("#shift-clock a").wait_for()
            page.goto(path)
            page.locator("#live-state[data-state=open]").wait_for()
            (DOCS / f"{name}.png").write_bytes(shrink(page.screenshot()))
            context.close()
        browser.close()


if __name__ == "__main__":
    main()
