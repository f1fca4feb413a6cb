"""What the lower floor promises of itself: policy lines are real and used, numbers have a home, no clock."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kapstone.care.evidence import default_policy

SRC = Path(__file__).resolve().parents[2] / "src/kapstone"
CARE = sorted((SRC / "care").rglob("*.py"))
KEYS = list(default_policy().lines)
FILES = "|".join(sorted({key.split(".")[0] for key in KEYS}))

AWAITED = {
    # policy lines that a medical director signs before the page that reads them is built
    r"plan\.[a-z-]+\.(start_mg(_per_kg)?|hold_min|default_doses)": "the sheet of each format tells it",
    r"plan\.course\.(min_gap_hours|preparation_min)": "doses are two days apart, and preparations as long as visits",
    r"plan\.weight\.(fresh_hours)": "the weight check of the order for today",
    r"session\.slots\.[a-z-]+": "the times at which the session page asks for readings",
    r"session\.release\.sedation_score": "the release page, where the sedation scale is chosen",
}

PLAIN = {0, 1, 2, 60, 100, 24}
"""Counting, halving, minutes of an hour, percent, hours of a day."""

ALLOWED = {
    # (file below care, number): why it is no clinical number
    ("session/event.py", 64): "letters of a SHA-256",
    ("session/reminders/rule.py", 3): "the third of three levels",
    ("session/signals.py", 5): "a point of the sedation scale, named by what it means",
    ("session/signals.py", 4): "a point of the sedation scale, named by what it means",
    ("session/signals.py", 3): "a point of the sedation scale, named by what it means",
    ("plan/course/dates.py", 5): "Saturday, counted from Monday",
    ("plan/esketamine/weeks.py", 7): "days of a week",
}
PLACES = re.compile(r"(plan/formats|session/cards)/\w+\.py")
"""A format's or a card's file may hold its place in the list."""

SYNTAX = {
    "session/offered/message.py": "bounds of a message in bytes and signs",
    "session/offered/from_hl7.py": "numbers of fields in the standard, bounds of a message",
}
"""Files about the form of messages, which hold no clinical number, and why."""

CLOCKS = {"now", "utcnow", "today", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "localdate"}
OUTSIDE = {"time", "random", "secrets", "uuid1", "socket", "subprocess", "os", "sqlite3", "urllib", "http", "django"}


@cache
def tree(path: Path) -> ast.Module:
    """The parsed file."""
    return ast.parse(path.read_text("utf-8"))


def below_care(path: Path) -> str:
    """The path as the tables here write it."""
    return path.relative_to(SRC / "care").as_posix()


def texts(path: Path) -> Iterator[tuple[int, str, bool]]:
    """Every text of a file without blanks: line, a pattern for it, and whether it has gaps."""
    inside = {id(part) for node in ast.walk(tree(path)) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(str(one.value)) if isinstance(one, ast.Constant) else ".+" for one in node.values]
            if " " not in "".join(parts):
                yield node.lineno, "".join(parts), True
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, re.escape(node.value), False


def matching(pattern: str) -> list[str]:
    """The policy lines that a pattern means; one that ends in a dot means everything below."""
    whole = re.compile(pattern + (".+" if pattern.endswith(".") else ""))
    return [key for key in KEYS if whole.fullmatch(key)]


@pytest.mark.parametrize("path", CARE, ids=below_care)
def test_every_policy_line_that_care_names_exists(path: Path) -> None:
    named = [
        (line, pattern)
        for line, pattern, _ in texts(path)
        if re.match(rf"({FILES})\\\.[\w.+\\-]+\\\.[\w.+\\-]+$", pattern)
    ]
    assert [one for one in named if not matching(one[1])] == []


def test_every_policy_line_is_read_somewhere() -> None:
    used: set[str] = set()
    for path in SRC.rglob("*.py"):
        for _, pattern, gaps in texts(path):
            if not gaps or len(re.sub(r"\W|\.\+", "", pattern)) >= 5:
                used.update(matching(pattern))
    dead = [key for key in KEYS if key not in used and not any(re.fullmatch(one, key) for one in AWAITED)]
    assert dead == []


def test_what_is_awaited_is_a_policy_line() -> None:
    assert [one for one in AWAITED if not any(re.fullmatch(one, key) for key in KEYS)] == []


NUMBERED = [
    path for path in CARE if below_care(path).startswith(("session/", "plan/")) and below_care(path) not in SYNTAX
]


@pytest.mark.parametrize("path", NUMBERED, ids=below_care)
def test_a_clinical_number_lives_in_the_policy(path: Path) -> None:
    found = [
        (node.lineno, node.value)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, int | float)
        and not isinstance(node.value, bool)
        and node.value not in PLAIN
        and (below_care(path), node.value) not in ALLOWED
    ]
    places = {
        (node.lineno, node.value.value)
        for node in ast.walk(tree(path))
        if PLACES.fullmatch(below_care(path)) and isinstance(node, ast.keyword) and node.arg == "place"
        if isinstance(node.value, ast.Constant)
    }
    assert [one for one in found if one not in places] == []


@pytest.mark.parametrize("path", NUMBERED, ids=below_care)
def test_no_clinical_number_hides_in_a_text(path: Path) -> None:
    hidden = [
        ast.unparse(node)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", getattr(node.func, "attr", "")) in {"Decimal", "of", "decimal_from"}
        and any(isinstance(one, ast.Constant) and one.value not in PLAIN for one in node.args)
    ]
    assert hidden == []


def test_what_is_allowed_still_stands_there() -> None:
    for (name, number), why in ALLOWED.items():
        constants = [node.value for node in ast.walk(tree(SRC / "care" / name)) if isinstance(node, ast.Constant)]
        assert number in constants, f"{name} no longer holds {number} ({why}); take the row away"


@pytest.mark.parametrize("path", CARE, ids=below_care)
def test_each_file_says_what_it_is_for(path: Path) -> None:
    words = ast.get_docstring(tree(path)) or ""
    assert words.split("\n\n")[0].rstrip().endswith((".", "?", "!", ":"))


@pytest.mark.mitigates("M-067")
@pytest.mark.parametrize("path", CARE, ids=below_care)
def test_care_reads_no_clock_and_no_chance(path: Path) -> None:
    asked = {node.attr for node in ast.walk(tree(path)) if isinstance(node, ast.Attribute)} & CLOCKS
    imported = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            imported |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            imported.add(str(node.module).split(".")[0])
    assert (asked, imported & OUTSIDE) == (set(), set())
