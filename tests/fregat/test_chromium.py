"""Where the browser tests get their Chromium from, and what is said when there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from fregat.embedded import BASE_DIR
from tests import chromium

Put = Callable[..., Path]


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Put:
    """Put a program on a machine that has no other; a user without rights is at it."""
    for name in ("CHROMIUM", "BROWSER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "own"))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    def put_program(path: str, *lines: str) -> Path:
        program = tmp_path / path
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("\n".join(["#!/bin/sh", *lines, ""]))
        program.chmod(0o755)
        return program

    monkeypatch.setattr(sys, "executable", str(put_program("python", "exit 1")))
    return put_program


def test_the_one_that_is_there_is_used(put: Put, capfd: pytest.CaptureFixture[str]) -> None:
    there = put("bin/chromium", "echo Chromium 156")
    assert chromium.main() == 0
    assert capfd.readouterr().out == f"Browser tests use {there}\n"


def test_one_that_is_named_goes_first(put: Put, monkeypatch: pytest.MonkeyPatch) -> None:
    put("bin/chromium")
    named = put("elsewhere/chrome")
    monkeypatch.setenv("CHROMIUM", str(named))
    assert chromium.find() == str(named)
    named.unlink()
    with pytest.raises(chromium.Missing, match=r"CHROMIUM names .* does not start"):
        chromium.find()


def test_what_does_not_start_is_no_chromium(put: Put) -> None:
    put("bin/chromium-browser", "echo type: snap install chromium", "exit 1")
    own = put("own/chromium-1200/chrome-linux/chrome")
    assert chromium.find() == str(own)


def test_root_gets_it_from_apt(put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    put("waiting", "echo Chromium 156")
    log, there = tmp_path / "typed", tmp_path / "bin" / "chromium"
    install = f'case "$*" in *install*) /bin/cp {tmp_path}/waiting {there};; esac'
    put("bin/apt-get", f'echo "$*" >> {log}', install)
    assert chromium.find_or_install() == str(there)
    assert log.read_text().splitlines() == ["update -qq", "install -y -qq --no-install-recommends chromium"]


def test_somebody_else_gets_playwrights_own(put: Put, tmp_path: Path) -> None:
    put("bin/apt-get", f": > {tmp_path}/typed")
    put("waiting")
    own = tmp_path / "own" / "chromium-1200" / "chrome-linux" / "chrome"
    own.parent.mkdir(parents=True)
    put("python", f'[ "$*" = "-m playwright install chromium" ] && /bin/cp {tmp_path}/waiting {own}')
    assert chromium.find_or_install() == str(own)
    assert not (tmp_path / "typed").exists()


def test_without_one_the_exact_command_is_said_before_any_test_begins(
    put: Put, capfd: pytest.CaptureFixture[str]
) -> None:
    assert chromium.main() == 2
    said = capfd.readouterr().err
    assert "\n  sudo apt-get install chromium\n" in said
    assert f"{sys.executable} -m playwright install chromium\n" in said
    assert "BROWSER=none make test" in said
    recipe = (BASE_DIR / "Makefile").read_text().partition("\ntest:")[2].splitlines()
    steps = [line.split("#")[0].strip("\t @") for line in recipe]
    assert steps.index("$(PY) -m tests.chromium") < next(n for n, s in enumerate(steps) if "pytest" in s)


@pytest.mark.slow
def test_leaving_them_out_is_said_loudly() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/browser/test_sign_in.py"],
        cwd=BASE_DIR, env=os.environ | {"BROWSER": "none"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "BROWSER=none: NO BROWSER TEST WAS RUN" in done.stdout
    assert "skipped" in done.stdout
    assert "passed in" not in done.stdout
