"""Scores a FHIR R4 QuestionnaireResponse of a questionnaire that ships, or by another one's own expression."""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kapstone.cli.answer import Answer, BadInput

if TYPE_CHECKING:
    from kapstone.care.evaluation import Flag, Instrument, Score

EXAMPLE = "kapstone score response.json --json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file to score, and what it answers."""
    parser.add_argument("response", metavar="RESPONSE.json", help="a FHIR R4 QuestionnaireResponse")
    parser.add_argument(
        "--questionnaire",
        metavar="Q.json",
        help="a FHIR R4 Questionnaire that scores by its own calculatedExpression",
    )


def run(args: argparse.Namespace) -> Answer:
    """Reads the file strictly, scores it, and says every flag and note."""
    from kapstone.care.evaluation import BadAnswer, BadJson, BadResponse, read_json, read_response, score

    path = Path(args.response)
    if args.questionnaire:
        return _by_its_own(path, Path(args.questionnaire))
    try:
        instrument, answers = read_response(read_json(_text(path)))
        result = score(instrument, answers)
    except (BadJson, BadResponse, BadAnswer) as problem:
        raise BadInput(f"{path}: {problem}") from None
    return Answer(_document(result), _words(instrument, result))


NO_FLAGS = "Which items are about safety is not known of this questionnaire: no flag is raised. Read the answers."


def _by_its_own(path: Path, other: Path) -> Answer:
    from kapstone.care.evaluation import BadJson, read_json
    from kapstone.clinic.evaluation.licensed.expressions import scores
    from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire
    from kapstone.clinic.evaluation.licensed.reading import read_questionnaire
    from kapstone.clinic.evaluation.licensed.responses import answers_of

    try:
        paper = read_questionnaire(_text(other))
    except BadQuestionnaire as problem:
        raise BadInput(f"{other}: {problem}") from None
    try:
        response = read_json(_text(path))
        items = answers_of(paper, response)
    except (BadJson, BadQuestionnaire) as problem:
        raise BadInput(f"{path}: {problem}") from None
    try:
        [found] = scores(paper, [response])  # type: ignore[list-item]
    except BadQuestionnaire as problem:
        raise BadInput(f"{other}: {problem}") from None
    flags, known = _flags(paper.url, response)
    unanswered = any(value is None for value in items.values())
    document = {
        "instrument": paper.url,
        "version": paper.version,
        "total": found.total,
        "band": found.band or None,
        "complete": not unanswered,
        "prorated": unanswered and found.total is not None,
        "flags": [{"item": flag.item, "kind": flag.kind, "value": flag.value} for flag in flags],
        "items": items,
        "notes": [] if known else [NO_FLAGS],
    }
    total = "no total" if found.total is None else str(found.total)
    lines = [f"{paper.title}: {total}" + (f", {found.band}" if found.band else ""), *_safety(flags)]
    return Answer(document, "\n".join(lines if known else [*lines, NO_FLAGS]))


def _flags(url: str, response: object) -> tuple[tuple["Flag", ...], bool]:
    """Safety flags where the questionnaire is one that ships, and whether they are known at all."""
    from kapstone.care.evaluation import BadResponse, read_response, score

    try:
        instrument, answers = read_response(response)
    except BadResponse:
        return (), False
    known = instrument.url == url
    return (score(instrument, answers).flags if known else ()), known


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
        "clusters": dict(result.clusters),
    }


def _words(instrument: "Instrument", result: "Score") -> str:
    total = "no total" if result.total is None else f"{result.total} of {instrument.highest_total}"
    lines = [f"{instrument.title}: {total}" + (f", {result.band}" if result.band else "")]
    return "\n".join([*lines, *_safety(result.flags), *(str(note) for note in result.notes)])


def _safety(flags: Sequence["Flag"]) -> list[str]:
    said = {"positive": "answered with {}", "not_asked": "was not asked"}
    return [f"Safety: item {flag.item} {said[flag.kind].format(flag.value)}." for flag in flags]
