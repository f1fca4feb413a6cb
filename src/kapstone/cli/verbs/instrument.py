"""Prints a questionnaire that ships as a FHIR R4 Questionnaire that scores itself, or lists them."""

import argparse
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from kapstone.cli.answer import Answer, BadInput

if TYPE_CHECKING:
    from kapstone.care.evaluation import Instrument

EXAMPLE = "kapstone instrument phq-9 > phq-9.json"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which one."""
    parser.add_argument("id", metavar="ID", nargs="?", help="such as phq-9; see --list")
    parser.add_argument("--list", action="store_true", help="list the questionnaires that ship")


def run(args: argparse.Namespace) -> Answer:
    """The Questionnaire; or the list where it is asked for, or nothing is named."""
    from kapstone.care.evaluation import instruments, questionnaire

    known = instruments()
    if args.list or args.id is None:
        rows = [_row(each) for each in known.values()]
        width = max(len(each.id) for each in known.values())
        lines = [f"{each.id:<{width}}  {each.title}, {len(each.items)} items" for each in known.values()]
        return Answer({"instruments": rows}, "\n".join(lines))
    if args.id not in known:
        raise BadInput(f"ID is “{args.id}”, which does not ship; give one of {', '.join(known)}.")
    document = questionnaire(known[args.id])
    return Answer(document, json.dumps(document, ensure_ascii=False, indent=2))


def _row(each: "Instrument") -> Mapping[str, object]:
    return {
        "id": each.id,
        "title": each.title,
        "version": each.version,
        "items": len(each.items),
        "recall": each.recall,
        "missing_rule": each.missing_rule,
        "validated": each.validated,
        "notice": each.notice,
    }
