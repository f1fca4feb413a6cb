"""Scores a response by the questionnaire's own expressions, in a process apart with bounds on time and memory.

A questionnaire comes from outside: whatever its expressions do, the server waits a bounded time and says no in one
sentence. Nothing here knows of Django, so that the command line scores in the same way.
"""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire
from kapstone.clinic.evaluation.licensed.reading import Questionnaire, read_questionnaire
from kapstone.clinic.evaluation.licensed.responses import with_points

SECONDS = 8
BYTES = 700_000_000
ENGINE = Path(__file__).with_name("_engine.py")


@dataclass(frozen=True, slots=True)
class OwnScore:
    """What a questionnaire makes of a response: no total where its expression gives none."""

    total: int | None
    band: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A questionnaire that was read and whose expressions were tried."""

    paper: Questionnaire
    text: str


def tried(text: str) -> Tried:
    """Reads and tries a questionnaire. BadQuestionnaire with one sentence where it cannot be asked or scored."""
    paper = read_questionnaire(text)
    check(paper)
    return Tried(paper, text)


def scores(paper: Questionnaire, responses: Sequence[Mapping[str, Any]]) -> list[OwnScore]:
    """One score for each response. BadQuestionnaire with one sentence where an expression does not give one."""
    results = _evaluated(paper, [with_points(paper, each) for each in responses])
    return [OwnScore(_whole(paper, result), _word(paper, result)) for result in results]


def check(paper: Questionnaire) -> None:
    """Tries the questionnaire with nothing answered, the first of each, and the last of each."""
    empty, first, last = (paper.response(paper.filled(at)) for at in (None, 0, -1))
    _, low, high = scores(paper, [empty, first, last])
    for found, which in ((low, "first"), (high, "last")):
        if found.total is None:
            raise BadQuestionnaire(
                f"The expression of item {paper.total} gives nothing when every item has its {which} answer; "
                "it must give one whole number."
            )


def _evaluated(paper: Questionnaire, responses: Sequence[object]) -> list[dict[str, Any]]:
    asked = {
        "seconds": SECONDS - 2,
        "bytes": BYTES,
        "questionnaire": paper.document,
        "responses": responses,
        "expressions": [
            {"name": one.name, "expression": one.text, "variable": one.variable} for one in paper.expressions
        ],
    }
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(ENGINE)],
            input=json.dumps(asked).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            env={},
            cwd="/",
            check=True,
        )
        answer = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError, ValueError):
        raise BadQuestionnaire(
            f"The expressions were not done within {SECONDS} seconds and the memory they may have; make them shorter."
        ) from None
    if "failed" in answer:
        what = "does not parse" if answer["how"] == "parse" else "fails"
        raise BadQuestionnaire(f"The expression of {paper.named(answer['failed'])} {what}: {answer['why']}.")
    results: list[dict[str, Any]] = answer["results"]
    return results


def _whole(paper: Questionnaire, result: Mapping[str, list[Any]]) -> int | None:
    given = result[paper.total]
    if not given:
        return None
    value = given[0]
    if isinstance(value, dict) and "decimal" in value:
        value = _number(value["decimal"])
    if len(given) == 1 and type(value) is int and abs(value) <= 1_000_000:
        return value
    shown = "several values" if len(given) > 1 else "no number" if isinstance(value, dict) else repr(value)
    raise BadQuestionnaire(f"The expression of item {paper.total} gives {shown}; it must give one whole number.")


def _number(text: str) -> object:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return text
    return int(value) if value.is_finite() and abs(value) < 10**9 and value == int(value) else float(value)


def _word(paper: Questionnaire, result: Mapping[str, list[Any]]) -> str:
    given = result.get(paper.band, [])
    return given[0] if len(given) == 1 and isinstance(given[0], str) else ""
