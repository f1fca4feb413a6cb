"""Books courses: every dose with the visit that follows it, or says why nothing fits and what would help."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kapstone.cli.answer import DONE, REFUSED, Answer, BadInput

if TYPE_CHECKING:
    from kapstone.clinic.ground.bookings.solving.problem import Problem
    from kapstone.clinic.ground.bookings.solving.solver import Plan, Tell

EXAMPLE = "kapstone book --example > problem.json && kapstone book problem.json --json"
SHORTEST, LONGEST = 0.1, 3600.0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The document, and how long to look."""
    parser.add_argument("problem", metavar="PROBLEM.json", nargs="?", help="what to book; see --example and --schema")
    parser.add_argument("--example", action="store_true", help="print a complete document")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a document")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S", help="look for at most so long (60)")


def run(args: argparse.Namespace) -> Answer:
    """Prints the example or the schema; or reads the document strictly and books."""
    from kapstone.clinic.ground.bookings.solving.schema import example_problem, problem_schema

    if args.example or args.schema:
        document = example_problem() if args.example else problem_schema()
        return Answer(document, json.dumps(document, ensure_ascii=False, indent=2))
    if args.problem is None:
        raise BadInput("no document given; give PROBLEM.json, or --example for one to begin with.")
    if not SHORTEST <= args.seconds <= LONGEST:
        raise BadInput(f"--seconds is from {SHORTEST:g} to {LONGEST:g}.")
    return _booked(Path(args.problem), args.seconds)


def _booked(path: Path, seconds: float) -> Answer:
    from kapstone.clinic.ground.bookings.solving.answer import document
    from kapstone.clinic.ground.bookings.solving.reading import BadProblem, read_problem

    text = _text(path)
    try:
        problem = read_problem(text)
    except BadProblem as bad:
        raise BadInput(f"{path}: {bad}") from None
    # The solver takes a second to load, and a bad document needs none.
    from kapstone.clinic.ground.bookings.solving.solver import solve
    from kapstone.clinic.ground.bookings.solving.why import explain

    plan = solve(problem, seconds, tell=_teller())
    why = explain(json.loads(text.removeprefix("\ufeff")), plan)
    return Answer(document(problem, plan, why), _words(problem, plan, why), DONE if plan.found else REFUSED)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text; save the problem as UTF-8 JSON.") from None
    except OSError as problem:
        why = (problem.strerror or "cannot be read").lower()
        raise BadInput(f"{path}: {why}; give a file that holds a booking problem.") from None


def _teller() -> "Tell | None":
    """On a terminal, one line that tells of each better plan."""
    if not sys.stderr.isatty():
        return None

    def tell(seconds: float, cost: float, bound: float) -> None:
        sys.stderr.write(f"\r{seconds:5.1f} s, cost {cost:.0f}, at least {max(bound, 0):.0f}   ")
        sys.stderr.flush()

    return tell


def _words(problem: "Problem", plan: "Plan", why: list[str]) -> str:
    from kapstone.clinic.ground.bookings.solving.why import moment

    lines = [f"{plan.status.capitalize()}, in {plan.seconds:.1f} s."]
    if plan.found:
        lines[0] += f" At most {plan.gap:.1%} from the best." if plan.status == "feasible" else ""
    for one in plan.bookings:
        who = ", ".join(sorted({each.name for each in one.cover}))
        begins = moment(problem, one.span.start)
        lines.append(f"  {begins}  {one.patient}: {one.kind} {one.number}, {one.room or 'by video'}, {who}")
    return "\n".join([*lines, *why])
