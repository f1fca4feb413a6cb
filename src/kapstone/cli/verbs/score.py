"""Scores a FHIR R4 QuestionnaireResponse of a questionnaire that ships."""

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kapstone.cli.answer import Answer, BadInput

if TYPE_CHECKING:
    from kapstone.care.evaluation import Instrument, Score

EXAMPLE = "kapstone score response.json --json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to score."""
    parser.add_argument("response", metavar="RESPONSE.json", help="a FHIR R4 QuestionnaireResponse")


def run(args: argparse.Namespace) -> Answer:
    """Reads the file strictly, scores it, and says every flag and note."""
    from kapstone.care.evaluation import BadAnswer, BadJson, BadResponse, read_json, read_response, score

    path = Path(args.response)
    try:
        instrument, answers = read_response(read_json(_text(path)))
        result = score(instrument, answers)
    except (BadJson, BadResponse, BadAnswer) as problem:
        raise BadInput(f"{path}: {problem}") from None
    return Answer(_document(result), _words(instrument, result))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text; save the response as UTF-8 JSON.") from None
    except OSError as problem:
        why = (problem.strerror or "cannot be read").lower()
        raise BadInput(f"{path}: {why}; give a file that holds a QuestionnaireResponse.") from None


def _document(result: "Score") -> Mapping[str, object]:
    return {
        "instrument": result.instrument,
        "version": result.version,
        "total": result.total,
        "band": result.band,
        "complete": result.complete,
        "prorated": result.prorated,
        "flags": [{"item": flag.item, "kind": flag.kind, "value": flag.value} for flag in result.flags],
        "items": dict(result.items),
        "notes": [str(note) for note in result.notes],
    }


def _words(instrument: "Instrument", result: "Score") -> str:
    total = "no total" if result.total is None else f"{result.total} of {instrument.bands[-1].high}"
    lines = [f"{instrument.title}: {total}" + (f", {result.band}" if result.band else "")]
    for flag in result.flags:
        asked = f"answered with {flag.value}" if flag.kind == "positive" else "was not asked"
        lines.append(f"Safety: item {flag.item} {asked}.")
    return "\n".join([*lines, *(str(note) for note in result.notes)])
