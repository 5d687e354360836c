"""What `.ci/run` ends with: its exit code, and how many tests ran."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CASE = '<testcase classname="a" name="{}" time="0.1">{}</testcase>'
BROWSER = '<properties><property name="browser" value="yes"/></properties>'


@pytest.fixture
def ci(tmp_path: Path) -> Path:
    """The real `.ci/run` beside a Makefile whose tests ended as the test says."""
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
    return tmp_path


def run(ci: Path, code: int, *cases: str, check: int = 0) -> tuple[int, list[str]]:
    """Its exit code and its last two lines."""
    (ci / "junit").write_text(f'<testsuites><testsuite time="1.5">{"".join(cases)}</testsuite></testsuites>')
    (ci / "Makefile").write_text(
        f"check:\n\t@exit {check}\ntest:\n\t@cp junit var/test.xml; exit {code}\n.PHONY: check test\n"
    )
    done = subprocess.run(["sh", ci / ".ci" / "run"], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.splitlines()[-2:]


def test_it_says_how_many_passed_and_how_many_in_the_browser(ci: Path) -> None:
    cases = [CASE.format("one", ""), CASE.format("two", ""), CASE.format("three", BROWSER)]
    assert run(ci, 0, *cases) == (0, ["browser: 1 passed", "===== 3 passed in 1.50s ====="])


def test_what_failed_is_counted_and_fails_it(ci: Path) -> None:
    cases = [
        CASE.format("one", BROWSER + "<failure/>"),
        CASE.format("two", "<error/>"),
        CASE.format("three", "<skipped/>"),
        CASE.format("four", ""),
    ]
    code, said = run(ci, 1, *cases)
    assert code != 0
    assert said == ["browser: 0 passed", "===== 1 failed, 1 passed, 1 skipped, 1 errors in 1.50s ====="]


def test_what_needed_a_second_try_is_counted_once_and_what_failed_twice_has_failed(ci: Path) -> None:
    cases = [
        CASE.format("one", BROWSER),  # a first try that went wrong says nothing here
        CASE.format("one", BROWSER),
        CASE.format("two", BROWSER),
        CASE.format("two", BROWSER + "<failure/>"),
    ]
    code, said = run(ci, 1, *cases)
    assert code != 0
    assert said == ["browser: 1 passed", "===== 1 failed, 1 passed in 1.50s ====="]


def test_a_failed_check_runs_no_test_and_claims_none(ci: Path) -> None:
    code, said = run(ci, 0, CASE.format("one", ""), check=1)
    assert code != 0
    assert not any("passed" in line for line in said)


def test_what_shares_a_program_runs_on_one_worker(request: pytest.FixtureRequest) -> None:
    """A pytest that xdist does not understand lets the groups fall apart without a word: all starts twice then."""
    if not hasattr(request.config, "workerinput"):
        return  # one process: there is nothing to keep together
    grouped = [item for item in request.session.items if item.get_closest_marker("xdist_group")]
    assert [item.nodeid for item in grouped if "@" not in item.nodeid.rpartition("]")[2]] == []
