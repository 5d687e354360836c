"""docker-compose.yml as a text: its schema, its networks, its secrets, its variables."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from fregat.embedded import BASE_DIR

FILE = BASE_DIR / "docker-compose.yml"
COMPOSE = yaml.safe_load(FILE.read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]


def test_the_file_keeps_to_the_schema_of_compose() -> None:
    tool = Path(sys.prefix) / "bin" / "check-jsonschema"
    command = [str(tool), "--builtin-schema", "vendor.compose-spec", str(FILE)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def test_database_and_broker_stand_where_nothing_leads_in_or_out() -> None:
    assert COMPOSE["networks"]["back"] == {"internal": True}
    networks = {name: set(service["networks"]) for name, service in SERVICES.items()}
    assert networks.pop("proxy") == {"front"}
    assert {name for name, found in networks.items() if "front" in found} == {"web", "live"}
    assert {name for name, found in networks.items() if "outside" in found} == {"worker"}
    assert networks["db"] == networks["broker"] == networks["beat"] == networks["migrate"] == {"back"}
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_only_migrate_knows_the_owner() -> None:
    knowing = {name for name in SERVICES if "OWNER_PASSWORD" in json.dumps(SERVICES[name])}
    assert knowing == {"db", "migrate"}


def test_every_secret_is_demanded_and_none_is_written_down() -> None:
    text = FILE.read_text()
    secret = {name for name in re.findall(r"\$\{(\w+)", text) if name.endswith(("PASSWORD", "_KEY"))}
    assert secret == {"APP_PASSWORD", "BROKER_PASSWORD", "OWNER_PASSWORD", "SECRET_KEY"}
    assert secret <= set(re.findall(r"\$\{(\w+):\?", text))
    given = dict(re.findall(r"^(\w+)=(.*)$", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    assert {given[name] for name in secret} == {""}


def test_every_service_that_stays_says_whether_it_is_well() -> None:
    # The image's own check is that of `web`.
    assert [name for name, service in SERVICES.items() if "test" not in service.get("healthcheck", {})] == [
        "migrate",
        "web",
    ]
    dockerfile = (BASE_DIR / "Dockerfile").read_text()
    assert "HEALTHCHECK" in dockerfile
    assert re.findall(r"^USER (\w+)$", dockerfile, re.MULTILINE) == ["10001"]


def test_every_volume_and_every_file_is_used_and_declared() -> None:
    mounted = {str(volume).split(":")[0] for one in SERVICES.values() for volume in one.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"])
    files = {config["source"] for service in SERVICES.values() for config in service.get("configs", [])}
    assert files == set(COMPOSE["configs"])


def test_every_variable_is_explained_and_read() -> None:
    asked = set(re.findall(r"(?<!\$)\$\{(\w+)", FILE.read_text()))
    explained = set(re.findall(r"^(\w+)=", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))
    assert asked == explained
    settings = (BASE_DIR / "fregat" / "settings.py").read_text()
    given = COMPOSE["x-program"]["environment"]
    assert not [name for name in given if f'"{name}"' not in settings]


def test_the_worker_yields_the_processor_to_the_pages() -> None:
    # 1024 is what a service gets that says nothing.
    assert {name: one["cpu_shares"] for name, one in SERVICES.items() if "cpu_shares" in one} == {
        "worker": 512
    }
