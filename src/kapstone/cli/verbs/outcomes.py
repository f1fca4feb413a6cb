"""Makes an outcome table from repeated measures in a CSV file."""

import argparse
import math
import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from kapstone.cli.answer import Answer, BadInput

if TYPE_CHECKING:
    from kapstone.care.outcomes import Functional, Measure, Outcome, OutcomeTable, Row

EXAMPLE = (
    "kapstone outcomes scores.csv --patient id --time week --score phq9 --instrument phq-9 "
    "--pre 0 --post 6 --reliability 0.84"
)
DIGITS = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)", re.ASCII)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, its columns, and the lines to compare with."""
    parser.add_argument("file", metavar="FILE.csv", help="one row for each patient and time, UTF-8, with a header")
    for name, what in (("patient", "patient"), ("time", "time or visit"), ("score", "total score")):
        parser.add_argument(f"--{name}", required=True, metavar="COL", help=f"column of the {what}")
    parser.add_argument("--instrument", required=True, metavar="ID", help="such as phq-9 or ham-d17")
    parser.add_argument("--group", metavar="COL", help="column of the group, one for each patient")
    parser.add_argument("--pre", metavar="V", help="time before treatment (default: each patient's first)")
    parser.add_argument("--post", metavar="V", help="time after treatment (default: each patient's last)")
    parser.add_argument("--reliability", metavar="R", help="reliability of the measure, 0 to 1")
    parser.add_argument("--functional-mean", metavar="M", help="mean of people who are well")
    parser.add_argument("--functional-sd", metavar="S", help="standard deviation of people who are well")
    parser.add_argument("--mid", metavar="X", help="minimal important difference in points")


def run(args: argparse.Namespace) -> Answer:
    """Reads the file as a stream, makes the table, and says what the reader must know about it."""
    from kapstone.care.outcomes import outcome_table

    measure = _measure(args.instrument)
    reliability = _number("--reliability", args.reliability, low=0, high=1)
    minimum = _number("--mid", args.mid, low=0)
    if minimum == 0:
        raise BadInput("--mid is 0; give a number of points above 0.")
    functional = _functional(args)
    if (args.pre is None) != (args.post is None):
        raise BadInput("--pre and --post belong together; give both, or neither for first and last.")
    rows = _rows(Path(args.file), args, measure)
    table = outcome_table(rows, measure, None if reliability is None else float(reliability), functional, minimum)
    notes = _notes(args, table)
    return Answer({**table.document(), "notes": notes}, _text(table, notes))


def _rows(path: Path, args: argparse.Namespace, measure: "Measure") -> "list[Row]":
    from kapstone.care.outcomes import BadTable, Columns, read_rows

    if args.pre is not None and args.pre == args.post:
        raise BadInput(f"--pre and --post are both {args.pre}; give two different times.")
    columns = Columns(args.patient, args.time, args.score, args.group)
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            return read_rows(lines, columns, measure, args.pre, args.post)
    except BadTable as problem:
        raise BadInput(f"{path}: {problem}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text; save the table as CSV in UTF-8.") from None
    except OSError as problem:
        why = (problem.strerror or "cannot be read").lower()
        raise BadInput(f"{path}: {why}; give a CSV file with a header line.") from None


def _measure(name: str) -> "Measure":
    from kapstone.care.outcomes import MEASURES

    if name not in MEASURES:
        raise BadInput(f"--instrument “{name}” is not known; give one of {', '.join(MEASURES)}.")
    return MEASURES[name]


def _number(option: str, text: str | None, low: int | None = None, high: int | None = None) -> Decimal | None:
    if text is None:
        return None
    ends = "" if low is None else f" of {low} or more" if high is None else f" from {low} to {high}"
    if not DIGITS.fullmatch(text.strip()):
        raise BadInput(f"{option} is “{text}”; give a number{ends}.")
    number = Decimal(text.strip())
    if (low is not None and number < low) or (high is not None and number > high):
        raise BadInput(f"{option} is {text}; give a number{ends}.")
    return number


def _functional(args: argparse.Namespace) -> "Functional | None":
    from kapstone.care.outcomes import Functional

    mean = _number("--functional-mean", args.functional_mean)
    sd = _number("--functional-sd", args.functional_sd, low=0)
    if (mean is None) != (sd is None):
        raise BadInput("--functional-mean and --functional-sd belong together; give both or neither.")
    return None if mean is None or sd is None else Functional(float(mean), float(sd))


def _notes(args: argparse.Namespace, table: "OutcomeTable") -> list[str]:
    """What the numbers do not say by themselves."""
    measure, overall, lines = table.measure, table.overall, table.lines
    notes = []
    if overall.n < overall.n_treated:
        notes.append(
            f"{overall.n_treated - overall.n} of {overall.n_treated} patients lack a score before or after and "
            "are not analysed; those who stay may have done better."
        )
    if args.pre is None:
        notes.append("Before and after are each patient's first and last measured time.")
    notes += [measure.unknown] if measure.unknown else [f"Remission line: {_source(measure.remission)}"]
    if args.reliability is not None and lines.reliable_points is None:
        notes.append("Reliable change needs at least two analysed patients.")
    if lines.reliable_points is not None:
        notes.append(
            f"Reliable change is more than {lines.reliable_points:.2f} points (reliability {args.reliability}). "
            f"{_source('reliable-change-index')}"
        )
    if lines.cut_off is not None:
        notes.append(f"Recovered means reliably improved and beyond {lines.cut_off:.2f}.")
        if args.reliability is None:
            notes.append("Recovery needs --reliability as well, so it is not given.")
    return notes


def _source(slug: str | None) -> str:
    from kapstone.care.evidence import claim

    if slug is None:
        return ""
    found = claim(slug)
    return f"{found.statement} {found.source} ({found.standing.words})."


def _text(table: "OutcomeTable", notes: list[str]) -> str:
    heading = ("", "analysed", "response", "remission", "mean change", "reliable +/=/-", "recovered", "mid +/=/-")
    named = [("all", table.overall), *table.groups.items()]
    cells = [heading, *(_cells(name, outcome) for name, outcome in named)]
    shown = [i for i, _ in enumerate(heading) if any(row[i] != "not known" for row in cells[1:])]
    widths = {i: max(len(row[i]) for row in cells) for i in shown}
    body = ["  ".join(row[i].ljust(widths[i]) for i in shown).rstrip() for row in cells]
    return "\n".join([f"{table.measure.title}", *body, "", *notes])


def _cells(name: str, outcome: "Outcome") -> tuple[str, ...]:
    change = outcome.mean_change
    return (
        name,
        f"{outcome.n} analysed of {outcome.n_treated} treated",
        _share(outcome.responses, outcome.n),
        _share(outcome.remissions, outcome.n),
        "not known" if change is None else _signed(change),
        _three(outcome.reliable),
        _share(outcome.recoveries, outcome.n),
        _three(outcome.important),
    )


def _signed(change: float) -> str:
    tenths = _rounded(change * 10)
    return f"{tenths / 10:+.1f}" if tenths else "0.0"


def _share(count: int | None, n: int) -> str:
    return "not known" if count is None or n == 0 else f"{count} of {n} ({_rounded(100 * count / n)} %)"


def _three(kinds: object) -> str:
    return " / ".join(str(count) for count in kinds.values()) if isinstance(kinds, dict) else "not known"


def _rounded(number: float) -> int:
    """Half away from zero, as everywhere in the program."""
    return int(math.copysign(math.floor(abs(number) + 0.5), number))
