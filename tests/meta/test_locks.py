"""The lock files pin everything with hashes, name no host, and agree with what is asked for."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = ("requirements.lock", "requirements.production.lock", ".ci/uv.txt")


def pinned(lock: str) -> dict[str, str]:
    """Name → version of every package of a lock; each must have its hashes."""
    found = {}
    for entry in re.split(r"\n(?=\S)", (ROOT / lock).read_text().strip()):
        head, *hashes = [line.strip(" \\") for line in entry.splitlines()]
        name, version = re.fullmatch(r"([\w.-]+)==([\w.]+)(?: ; .+)?", head).groups()  # type: ignore[union-attr]
        assert hashes and all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes), name
        found[canonicalize_name(name)] = version
    return found


def asked(*groups: str) -> list[Requirement]:
    lines = [*PROJECT["project"]["dependencies"]]
    for group in groups:
        lines += PROJECT["dependency-groups"][group]
    return [Requirement(line) for line in lines]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes_and_without_a_host(lock: str) -> None:
    assert pinned(lock)
    assert "://" not in (ROOT / lock).read_text()


@pytest.mark.parametrize(
    ("lock", "groups"), [("requirements.lock", ("embedded", "dev")), ("requirements.production.lock", ())]
)
def test_the_lock_holds_what_the_project_asks_for(lock: str, groups: tuple[str, ...]) -> None:
    there = pinned(lock)
    lacking = [str(one) for one in asked(*groups)
               if not one.specifier.contains(there.get(canonicalize_name(one.name), "0.dev0"))]  # fmt: skip
    assert not lacking, "run `make lock`"


def test_production_has_the_tested_versions_and_nothing_of_the_tests() -> None:
    tested, production = pinned("requirements.lock"), pinned("requirements.production.lock")
    assert production.items() <= tested.items()
    own = {canonicalize_name(one.name) for one in asked()}
    extra = {canonicalize_name(one.name) for one in asked("embedded", "dev")} - own
    assert not extra & production.keys()


def test_the_front_ends_packages_have_their_hashes_and_no_host() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    front = json.loads((ROOT / "package.json").read_text())
    wanted = front["dependencies"] | front["devDependencies"]
    assert {name: lock[f"node_modules/{name}"]["version"] for name in wanted} == wanted
    packages = {name: entry for name, entry in lock.items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]
