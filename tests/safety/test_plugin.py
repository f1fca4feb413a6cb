"""The check of the safety pages bites: each way to be untrue is found and said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.safety.plugin import ROOT, Hazard, Mitigation, problems, read_hazard

PAGE = """# H-001: A wrong thing

## Description
It happens.

## Effect
This.

## Harm
That.

## Causes
Those.

## Severity
5 of 5.

## Mitigations
- M-001 (design): It cannot
  happen. — test: `tests/test_it.py::test_one`

## What is left
Nothing.
"""
ONE = Mitigation("M-001", "design", "It cannot happen.", ("tests/test_it.py::test_one",))
GOOD = read_hazard(PAGE, "H-001-a-wrong-thing.md")
MARKED = {"tests/test_it.py::test_one": {"M-001"}}


def with_(**changes: object) -> Hazard:
    """The good page with something changed."""
    fields = {name: getattr(GOOD, name) for name in GOOD.__slots__}
    return Hazard(**{**fields, **changes})  # type: ignore[arg-type]


def test_a_page_is_read_whole() -> None:
    assert GOOD.mitigations == (ONE,)
    assert (GOOD.id, GOOD.severity) == ("H-001", 5)
    assert problems([GOOD], MARKED) == []


BROKEN: list[tuple[str, list[Hazard], dict[str, set[str]], str]] = [
    ("unknown id", [GOOD], {**MARKED, "tests/test_it.py::test_two": {"M-999"}}, "M-999 is on"),
    ("no such test", [GOOD], {}, "does not exist"),
    ("unmarked test", [GOOD], {"tests/test_it.py::test_one": set()}, "does not carry the mark"),
    ("marked and not named", [GOOD], {**MARKED, "tests/test_it.py::test_two": {"M-001"}}, "does not name it"),
    ("no test named", [with_(mitigations=(Mitigation("M-001", "design", "So.", ()),))], {}, "names no test"),
    ("no mitigation", [with_(mitigations=())], {}, "has no mitigation"),
    ("sees nothing", [with_(see=("M-777",))], MARKED, "points to M-777"),
    ("twice", [GOOD, with_(id="H-002", page="H-002.md")], MARKED, "M-001 is given twice"),
    ("ladder", [with_(headings=("Harm",))], MARKED, "the headings are"),
    ("level", [with_(mitigations=(Mitigation("M-001", "hope", "So.", ONE.tests),))], MARKED, "a level is one of"),
    ("words alone", [with_(mitigations=(Mitigation("M-001", "information", "So.", ONE.tests),))], MARKED, "alone"),
    ("page of another", [with_(page="H-009-other.md")], MARKED, "H-009-other.md holds H-001"),
]


@pytest.mark.parametrize(("pages", "tests", "says"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_each_break_is_said(pages: list[Hazard], tests: dict[str, set[str]], says: str) -> None:
    assert any(says in line for line in problems(pages, tests))


@pytest.mark.parametrize("text", [PAGE.replace("5 of 5", "grave"), PAGE.replace("(design)", "design")])
def test_a_page_out_of_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"H-001\.md"):
        read_hazard(text, "H-001.md")


CONFTEST = """
from pathlib import Path
from tests.safety import plugin
plugin.PAGES = Path(__file__).parent / "hazards"
pytest_plugins = ["tests.safety.plugin"]
"""
MARK = 'import pytest\n@pytest.mark.mitigates("{id}")\n{more}\ndef test_one():\n    {body}\n'


def run(folder: Path, body: str = "pass", id: str = "M-001", more: str = "", full: str = "1", workers: str = "0"):  # type: ignore[no-untyped-def]
    """Runs one test in a house of its own, with one hazard."""
    (folder / "hazards").mkdir()
    (folder / "hazards/H-001-a-wrong-thing.md").write_text(PAGE, "utf-8")
    (folder / "conftest.py").write_text(CONFTEST, "utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = mitigates(*ids): evidence\n", "utf-8")
    (folder / "test_it.py").write_text(MARK.format(id=id, body=body, more=more), "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:django", "-p", "no:cacheprovider", "-n", workers, "."]
    env = os.environ | {"PYTHONPATH": str(ROOT), "KAPSTONE_FULL_RUN": full, "PYTHONDONTWRITEBYTECODE": "1"}
    env = {key: value for key, value in env.items() if not key.startswith("PYTEST_")}
    return subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, timeout=100, check=False)


def test_a_full_run_with_its_evidence_is_green(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("body", "more", "says"),
    [
        ("pass", "@pytest.mark.skip", "skipped"),
        ("pytest.skip('not today')", "", "skipped"),
        ("assert False", "@pytest.mark.xfail", "expected to fail"),
        ("pass", "@pytest.mark.xfail", "expected to fail"),
    ],
    ids=["skipped", "skipped inside", "expected to fail", "passed unexpectedly"],
)
def test_what_did_not_pass_is_no_evidence(tmp_path: Path, body: str, more: str, says: str) -> None:
    done = run(tmp_path, body, more=more)
    assert done.returncode == 1, done.stdout
    assert "M-001: test_it.py::test_one" in done.stdout
    assert says in done.stdout


def test_a_full_run_through_workers_is_judged_as_well(tmp_path: Path) -> None:
    done = run(tmp_path, more="@pytest.mark.skip", workers="2")
    assert done.returncode == 1, done.stdout
    assert "mitigations without a passing test" in done.stdout


def test_a_part_of_the_tests_is_not_judged(tmp_path: Path) -> None:
    assert run(tmp_path, more="@pytest.mark.skip", full="").returncode == 0


def test_an_unknown_id_stops_the_run(tmp_path: Path) -> None:
    done = run(tmp_path, id="M-999")
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "No page of docs/safety/hazards has this mitigation" in done.stdout + done.stderr
