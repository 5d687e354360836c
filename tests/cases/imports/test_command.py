"""`manage.py import_list`: a list from a file, without a worker."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from cases.imports.models import Batch
from cases.insurance.models import Policy
from cases.privacy.models import AccessLog
from staff.employees.models import Employee
from tests.cases.imports.kit import HEADINGS, as_csv, as_sheets, ready, row

pytestmark = pytest.mark.django_db


def test_a_list_is_written_from_a_file(client_manager: Employee, project: Any, tmp_path: Path) -> None:
    ready(project)
    file = tmp_path / "list.csv"
    file.write_bytes(as_csv([row("AU-1"), row("AU-2", born="31.02.1990")]))
    out = StringIO()
    asked = ("--insurer", project.code, "--mode", "full", "--by", client_manager.username)
    call_command("import_list", str(file), *asked, stdout=out)
    assert "preview" in out.getvalue() and not Policy.objects.exists()
    call_command("import_list", str(file), *asked, "--apply", stdout=out)
    assert "done; rows 2, added 1" in out.getvalue() and "31.02.1990" in out.getvalue()
    assert Policy.objects.get().number == "AU-1"
    file.write_bytes(b"%PDF-1.7")
    for wrong in (asked, ("--insurer", "nobody", *asked[2:]), (*asked[:-1], "nobody")):
        with pytest.raises(CommandError):
            call_command("import_list", str(file), *wrong, stdout=out)


def test_sheets_that_are_not_read_are_told(client_manager: Employee, project: Any, tmp_path: Path) -> None:
    ready(project)
    file, out = tmp_path / "list.xlsx", StringIO()
    file.write_bytes(as_sheets(Січень=[HEADINGS, row("AU-1")], Підписи=[["Директор", "Коваль"]]))
    asked = ("--insurer", project.code, "--mode", "add", "--by", client_manager.username)
    call_command("import_list", str(file), *asked, stdout=out)
    assert "«Підписи»" in out.getvalue()


def test_the_file_of_faults_is_written_where_it_is_asked_for(
    client_manager: Employee, project: Any, tmp_path: Path
) -> None:
    ready(project)
    file, faults, out = tmp_path / "list.csv", tmp_path / "faults.csv", StringIO()
    file.write_bytes(as_csv([row("AU-1"), *(row(f"AU-9{n:03}", born="31.02.1990") for n in range(120))]))
    asked = (
        "--insurer",
        project.code,
        "--mode",
        "add",
        "--by",
        client_manager.username,
        "--faults",
        str(faults),
    )
    call_command("import_list", str(file), *asked, "--apply", stdout=out)
    table = faults.read_text("utf-8-sig")
    assert "AU-9119" in table and table.count("31.02.1990;") == 120 and "AU-1;" not in table
    looks = AccessLog.objects.filter(kind="import", objects_seen=[Batch.objects.get().uuid])
    assert set(looks.values_list("action", "employee")) == {
        (action, client_manager.pk) for action in ("view", "download")
    }


def test_a_list_is_taken_back(
    client_manager: Employee, operator: Employee, project: Any, tmp_path: Path
) -> None:
    ready(project)
    file, out = tmp_path / "list.csv", StringIO()
    file.write_bytes(as_csv([row("AU-1")]))
    asked = ("--insurer", project.code, "--mode", "add", "--by", client_manager.username)
    call_command("import_list", str(file), *asked, "--apply", stdout=out)
    number = str(Batch.objects.get().pk)
    for by, what in ((operator, number), (client_manager, "7777777")):
        with pytest.raises(CommandError):
            call_command("import_list", "--undo", what, "--by", by.username, stdout=out)
    assert Policy.objects.exists()
    call_command("import_list", "--undo", number, "--by", client_manager.username, stdout=out)
    assert f"list {number}: undone" in out.getvalue() and not Policy.objects.exists()
    with pytest.raises(CommandError, match="--undo"):
        call_command("import_list", "--by", client_manager.username, stdout=out)
