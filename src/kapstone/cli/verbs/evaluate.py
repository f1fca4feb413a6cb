"""Works out the candidacy of one intake document, with every reason."""

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from kapstone.cli.answer import Answer, BadInput

if TYPE_CHECKING:
    from kapstone.care.evaluation import Finding, Intake, Verdict
    from kapstone.care.evidence import Policy

EXAMPLE = "kapstone evaluate --example > intake.json && kapstone evaluate intake.json --json"
DECIDES = "Decision support by default policy, unsigned: a licensed clinician decides."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The document, and what it is evaluated for."""
    parser.add_argument("intake", metavar="INTAKE.json", nargs="?", help="the answers; see --example and --schema")
    parser.add_argument("--example", action="store_true", help="print a complete document")
    parser.add_argument("--schema", action="store_true", help="print the JSON Schema of a document")
    parser.add_argument("--formats", metavar="F,F", help="formats to look at, such as iv,in-esketamine")
    parser.add_argument("--phase", default="candidacy", help="candidacy, course_start, each_dose or maintenance")
    parser.add_argument("--setting", default="clinic", help="clinic or home")


def run(args: argparse.Namespace) -> Answer:
    """Prints the example or the schema; or reads the document strictly and evaluates it."""
    from kapstone.care.evaluation import USUAL_FORMATS, BadIntake, evaluate, read_intake
    from kapstone.care.evaluation.intake_schema import example_intake, intake_schema
    from kapstone.care.evidence import default_policy

    if args.example or args.schema:
        document = example_intake() if args.example else intake_schema()
        return Answer(document, json.dumps(document, ensure_ascii=False, indent=2))
    if args.intake is None:
        raise BadInput("no document given; give INTAKE.json, or --example for one to begin with.")
    path = Path(args.intake)
    formats = args.formats.split(",") if args.formats else USUAL_FORMATS
    try:
        intake, policy = read_intake(_text(path)), default_policy()
    except BadIntake as problem:
        raise BadInput(f"{path}: {problem}") from None
    try:
        verdict = evaluate(intake, policy, formats, args.phase, args.setting)
    except ValueError as problem:
        raise BadInput(str(problem)) from None
    return Answer(_document(intake, policy, verdict), _words(verdict, args.phase))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path}: not UTF-8 text; save the intake as UTF-8 JSON.") from None
    except OSError as problem:
        why = (problem.strerror or "cannot be read").lower()
        raise BadInput(f"{path}: {why}; give a file that holds an intake.") from None


def _document(intake: "Intake", policy: "Policy", verdict: "Verdict") -> dict[str, object]:
    from kapstone.care.evaluation import judged, rules_version

    trials = [
        {"drug": one.trial.drug, "outcome": one.outcome.value, "why": str(one.why)}
        for one in judged(intake.trials, policy)
    ]
    versions = {"rules": rules_version(), "policy": policy.digest, "policy_signed": False}
    return {**verdict.document(), "trials": trials, "versions": versions, "notice": DECIDES}


def _words(verdict: "Verdict", phase: str) -> str:
    from kapstone.care.evaluation import Severity, Urgency, counts

    lines = [f"Candidacy: {verdict.candidacy.word}. Urgency: {verdict.urgency.word}."]
    if verdict.urgency == Urgency.NOW:
        lines.insert(0, "Assess now. Do not leave alone.")
    here = [one for one in verdict.findings if counts(one.phase, phase)]
    parts = {
        "What stops": [one for one in here if not one.missing and one.severity >= Severity.HOLD],
        "What to ask": [one for one in here if one.missing],
        "To weigh": [one for one in here if not one.missing and one.severity < Severity.HOLD],
        "What can wait": [one for one in verdict.findings if not counts(one.phase, phase)],
    }
    for title, found in parts.items():
        lines += [f"\n{title}:", *(_line(one) for one in found)] if found else []
    by_format = ", ".join(f"{name} {each.candidacy.word}" for name, each in verdict.per_format.items())
    return "\n".join([*lines, f"\nBy format: {by_format}.", DECIDES])


def _line(one: "Finding") -> str:
    return f"  {one.rule} {one.severity.word}: {one.reason} [{one.source}, {one.known_as}]"
