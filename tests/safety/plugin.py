"""Ties each mitigation of docs/safety/hazards to the tests that are its evidence, and fails a run when one has none.

A test says `@pytest.mark.mitigates("M-001")`; the hazard's page names the test. An id that no page knows stops the
run at collection. On a full run (KAPSTONE_FULL_RUN=1) a mitigation without a test that passed fails the run; skipped
and expected-to-fail are not passed. `tests/safety/test_hazards.py` holds the pages themselves to account.
"""

import ast
import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs/safety/hazards"
LADDER = ("Description", "Effect", "Harm", "Causes", "Severity", "Mitigations", "What is left")
LEVELS = ("design", "protective", "information")
WORST = 5

LINE = re.compile(r"- (M-\d{3}) \((\w+)\): (.+?) — test: (.+)")
TEST = re.compile(r"`(tests/[\w/]+\.py)::([\w:]+)`")
HEAD = re.compile(r"# (H-\d{3}): (.+)")
SEVERITY = re.compile(r"([1-5]) of 5")
PROPERTY = "mitigates"


@dataclass(frozen=True, slots=True)
class Mitigation:
    """One line of a hazard's page."""

    id: str
    level: str
    sentence: str
    tests: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hazard:
    """One page. `see` names mitigations that stand on another hazard's page and help here too."""

    id: str
    title: str
    severity: int
    headings: tuple[str, ...]
    mitigations: tuple[Mitigation, ...]
    see: tuple[str, ...] = ()
    page: str = ""


def read_hazard(text: str, page: str = "") -> Hazard:
    """Reads one page. ValueError with a sentence where it does not follow the form."""
    head = HEAD.search(text)
    parts = re.split(r"^## (.+)$", text, flags=re.M)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    level = SEVERITY.search(sections.get("Severity", ""))
    if not head or not level:
        raise ValueError(f"{page}: a page begins with “# H-000: title” and says “N of 5” under Severity.")
    body = re.sub(r"\n +", " ", sections.get("Mitigations", ""))
    items = [line for line in body.splitlines() if line.startswith("- ")]
    lines = [line for line in items if not line.startswith("- See ")]
    see = [name for line in items if line.startswith("- See ") for name in re.findall(r"M-\d{3}", line)]
    return Hazard(
        id=head[1],
        title=head[2],
        severity=int(level[1]),
        headings=tuple(parts[1::2]),
        mitigations=tuple(_mitigation(line, page) for line in lines),
        see=tuple(see),
        page=page,
    )


def _mitigation(line: str, page: str) -> Mitigation:
    found = LINE.fullmatch(line.strip())
    if not found:
        raise ValueError(f"{page}: write “- M-000 (design): sentence — test: `tests/…::test_…`”, not: {line}")
    return Mitigation(found[1], found[2], found[3], tuple("::".join(one) for one in TEST.findall(found[4])))


@cache
def hazards() -> tuple[Hazard, ...]:
    """Every page, in the order of its number."""
    return tuple(read_hazard(path.read_text("utf-8"), path.name) for path in sorted(PAGES.glob("H-*.md")))


def known(pages: Iterable[Hazard]) -> dict[str, Mitigation]:
    """Every mitigation by its id."""
    return {one.id: one for page in pages for one in page.mitigations}


def marked_tests(folder: Path = ROOT / "tests") -> dict[str, set[str]]:
    """The mitigations that each test function is marked with, read from the source of every test file."""
    found: dict[str, set[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        name = path.relative_to(folder.parent).as_posix()
        for test, marks in _tests_of(ast.parse(path.read_text("utf-8")), ()):
            found[f"{name}::{test}"] = marks
    return found


def _tests_of(node: ast.AST, outer: tuple[tuple[str, set[str]], ...]) -> Iterator[tuple[str, set[str]]]:
    for one in ast.iter_child_nodes(node):
        if isinstance(one, ast.ClassDef) and one.name.startswith("Test"):
            yield from _tests_of(one, (*outer, (one.name, _marks(one))))
        elif isinstance(one, ast.FunctionDef) and one.name.startswith("test_"):
            inherited = {mark for _, marks in outer for mark in marks}
            yield "::".join([*(name for name, _ in outer), one.name]), _marks(one) | inherited


def _marks(node: ast.ClassDef | ast.FunctionDef) -> set[str]:
    calls = [one for one in node.decorator_list if isinstance(one, ast.Call)]
    ours = [one for one in calls if ast.unparse(one.func) == "pytest.mark.mitigates"]
    return {str(ast.literal_eval(arg)) for one in ours for arg in one.args}


def problems(pages: Iterable[Hazard], tests: Mapping[str, set[str]]) -> list[str]:
    """Everything wrong between the pages and the marks, in words; empty when each stands by the other."""
    pages = tuple(pages)
    lines = known(pages)
    found = [f"{mark} is on {test} and on no page." for test in tests for mark in sorted(tests[test] - set(lines))]
    for page in pages:
        found += _of_page(page, lines)
        for one in page.mitigations:
            found += _of_mitigation(page, one, tests)
    ids = [one.id for page in pages for one in page.mitigations] + [page.id for page in pages]
    found += [f"{name} is given twice." for name in sorted(set(ids)) if ids.count(name) > 1]
    for test, marks in tests.items():
        unnamed = {mark for mark in marks if mark in lines and test not in lines[mark].tests}
        found += [f"{test} is marked {mark}, and the page of {mark} does not name it." for mark in sorted(unnamed)]
    return found


def _of_page(page: Hazard, lines: Mapping[str, Mitigation]) -> list[str]:
    found = [] if page.headings == LADDER else [f"{page.id}: the headings are {', '.join(LADDER)}, in this order."]
    found += [f"{page.id} points to {name}, which no page has." for name in page.see if name not in lines]
    here = [*page.mitigations, *(lines[name] for name in page.see if name in lines)]
    if not here:
        found.append(f"{page.id} has no mitigation.")
    elif page.severity == WORST and all(one.level == "information" for one in here):
        found.append(f"{page.id} is of severity 5 and rests on information alone.")
    if page.page and not page.page.startswith(page.id):
        found.append(f"{page.page} holds {page.id}.")
    return found


def _of_mitigation(page: Hazard, one: Mitigation, tests: Mapping[str, set[str]]) -> list[str]:
    where = f"{page.id}, {one.id}"
    found = [] if one.level in LEVELS else [f"{where}: a level is one of {', '.join(LEVELS)}, not {one.level}."]
    if not one.tests:
        found.append(f"{where}: names no test.")
    for test in one.tests:
        if test not in tests:
            found.append(f"{where}: {test} does not exist.")
        elif one.id not in tests[test]:
            found.append(f"{where}: {test} does not carry the mark.")
    return found


@dataclass
class Evidence:
    """What the tests of a run said of each mitigation."""

    wanted: Mapping[str, Mitigation]
    outcomes: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    missing: list[str] = field(default_factory=list)

    def take(self, report: Any) -> None:
        """One report of a test's phase. Passed is only a call that passed and was not expected to fail."""
        names = [value for key, value in report.user_properties if key == PROPERTY]
        if not names or (report.when != "call" and report.outcome == "passed"):
            return
        outcome = "expected to fail" if hasattr(report, "wasxfail") else report.outcome
        for name in names:
            self.outcomes[name].append((report.nodeid, outcome))

    def unproved(self) -> list[str]:
        """A sentence for each mitigation of which no test passed."""
        found = []
        for name in sorted(self.wanted):
            told = self.outcomes.get(name, [])
            if any(outcome == "passed" for _, outcome in told):
                continue
            what = ", ".join(f"{test} {outcome}" for test, outcome in told) or "no test of it ran"
            found.append(f"{name}: {what}. It says: {self.wanted[name].sentence}")
        return found


EVIDENCE = pytest.StashKey[Evidence]()


def pytest_configure(config: pytest.Config) -> None:
    """Reads the pages once."""
    config.stash[EVIDENCE] = Evidence(known(hazards()))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Stops the run for a mark that no page knows."""
    wanted = config.stash[EVIDENCE].wanted
    wrong = sorted({f"{item.nodeid}: {name}" for item in items for name in _ids(item) if name not in wanted})
    if wrong:
        raise pytest.UsageError("No page of docs/safety/hazards has this mitigation: " + "; ".join(wrong))


def _ids(item: pytest.Item) -> list[str]:
    return sorted({str(name) for mark in item.iter_markers("mitigates") for name in mark.args})


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Lets the test's reports say which mitigations they are about; this travels from xdist's workers too."""
    item.user_properties.extend((PROPERTY, name) for name in _ids(item))


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """A test that was skipped before its setup has said nothing yet."""
    outcome = yield
    report = outcome.get_result()  # type: ignore[attr-defined]
    told = {value for key, value in report.user_properties if key == PROPERTY}
    report.user_properties.extend((PROPERTY, name) for name in _ids(item) if name not in told)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Listens to reports where they come together: in the one process, or in xdist's controller."""
    if not hasattr(session.config, "workerinput"):
        session.config.pluginmanager.register(Listener(session.config), "kapstone-evidence")


class Listener:
    """Gathers the reports, and judges at the end of a full run."""

    def __init__(self, config: pytest.Config) -> None:
        self.evidence = config.stash[EVIDENCE]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One report."""
        self.evidence.take(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fails a full run in which a mitigation was not proved."""
        if os.environ.get("KAPSTONE_FULL_RUN") == "1" and not session.config.option.collectonly:
            self.evidence.missing = self.evidence.unproved()
            if self.evidence.missing and session.exitstatus in (
                pytest.ExitCode.OK,
                pytest.ExitCode.NO_TESTS_COLLECTED,
            ):
                session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """Says which."""
        if self.evidence.missing:
            terminalreporter.section("mitigations without a passing test")
            for line in self.evidence.missing:
                terminalreporter.line(line)
