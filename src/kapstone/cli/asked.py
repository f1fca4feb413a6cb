"""The dose and the person of `forecast` and `population`, read from the command line with clear sentences."""

import argparse
import math
from typing import TYPE_CHECKING

from kapstone.cli.answer import BadInput

if TYPE_CHECKING:
    from kapstone.care.pharmacology import Person, Regimen

FORMATS = ("iv", "im", "sc", "sl", "po", "in-racemic", "in-esketamine")
ESKETAMINE_SPRAY = "in-esketamine"
MOST_MIN = 48 * 60


def add_dose_and_person(parser: argparse.ArgumentParser) -> None:
    """What both verbs ask. The format names the drug: there is no default for it."""
    parser.add_argument("--format", required=True, choices=FORMATS, help="drug and route, as in the plan")
    parser.add_argument("--mg", type=float, help="the whole dose in mg of base")
    parser.add_argument("--mg-per-kg", type=float, help="the dose in mg of base for each kg")
    parser.add_argument(
        "--salt", choices=("base", "hydrochloride"), default="base", help="what the mg count (base, as labels do)"
    )
    parser.add_argument("--over-min", type=float, help="minutes of an infusion; 0 for an injection at once")
    parser.add_argument("--stop-at-min", type=float, help="the minute at which everything stops")
    parser.add_argument("--weight-kg", type=float, required=True)
    parser.add_argument("--age", type=float, help="years")
    parser.add_argument("--sex", choices=("female", "male", "other"), help="used for lean weight alone")
    parser.add_argument("--height-cm", type=float)
    parser.add_argument("--hepatic", choices=("normal", "A", "B", "C"), help="the liver, by Child-Pugh class")
    parser.add_argument("--renal", choices=("normal", "impaired"), help="the kidneys")
    parser.add_argument(
        "--covariate",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an answer to a question of the model, such as ancestry=other or rest=spit; asked, never inferred",
    )
    parser.add_argument("--drug", choices=("ketamine", "esketamine"), help="said again, where --model might differ")
    parser.add_argument("--model", metavar="ID", help="another published model than the format's default")
    parser.add_argument("--until-min", type=float, default=240)
    parser.add_argument("--step-min", type=float, default=1)


def person_of(args: argparse.Namespace) -> "Person":
    """The person. BadInput for what is no number of a person."""
    from kapstone.care.pharmacology import Hepatic, Person, Renal

    _between("--weight-kg", args.weight_kg, 1, 500)
    _between("--age", args.age, 0, 130)
    _between("--height-cm", args.height_cm, 50, 260)
    answers: dict[str, str] = {}
    for one in args.covariate:
        name, sign, value = one.partition("=")
        if not (name and sign and value):
            raise BadInput(f"--covariate is “{one}”; write NAME=VALUE, such as ancestry=other.")
        answers[name.strip()] = value.strip()
    hepatic = Hepatic(args.hepatic) if args.hepatic else None
    renal = Renal(args.renal) if args.renal else None
    return Person(args.weight_kg, args.age, args.height_cm, args.sex, hepatic, renal, answers)


def regimen_of(args: argparse.Namespace) -> "tuple[Regimen, list[str]]":
    """The dose, and what was taken for granted with it. BadInput where it is none or is not clear."""
    from kapstone.care.pharmacology import Basis, Drug, dose, model

    _between("--until-min", args.until_min, 1, MOST_MIN)
    _between("--step-min", args.step_min, 0.05, args.until_min)
    mg = _mg(args)
    drug = Drug.ESKETAMINE if args.format == ESKETAMINE_SPRAY else Drug.KETAMINE
    said = []
    if args.model is not None:
        try:
            used = model(args.model)
        except ValueError as problem:
            raise BadInput(f"--{problem}") from None
        if used.drug != drug:
            if args.drug not in (None, used.drug):
                raise BadInput(
                    f"--drug is {args.drug}, and {used.title} is a model of {used.drug}; choose another model."
                )
            drug = Drug(used.drug)
            said.append(f"{used.title} is a model of {drug}: the dose is taken as {drug}, not as the format's drug.")
    basis = Basis(args.salt)
    try:
        found = _spray(mg, basis, args.over_min) if args.format == ESKETAMINE_SPRAY else dose(
            drug, basis, args.format, mg, _over(args)
        )  # fmt: skip
        if args.drug not in (None, found.drug):
            raise BadInput(f"--drug is {args.drug}, and the format {args.format} gives {found.drug}.")
        if args.stop_at_min is not None:
            found = found.stopped(_stop(args))
    except ValueError as problem:
        raise BadInput(str(problem)) from None
    return found, said


def _mg(args: argparse.Namespace) -> float:
    if (args.mg is None) == (args.mg_per_kg is None):
        raise BadInput("The dose: give --mg or --mg-per-kg, one of the two.")
    name, value = ("--mg", args.mg) if args.mg is not None else ("--mg-per-kg", args.mg_per_kg)
    if not (math.isfinite(value) and value > 0):
        raise BadInput(f"{name} is {value:g}; give a number above 0.")
    return float(value if args.mg is not None else value * args.weight_kg)


def _stop(args: argparse.Namespace) -> float:
    """When everything stops. BadInput where there is nothing that a stop could keep out."""
    if args.format not in ("iv", ESKETAMINE_SPRAY):
        raise BadInput(
            f"--stop-at-min: by {args.format} a dose is in at once, or it is not known which part of it would be; "
            "give the milligrams that were taken."
        )
    if not (math.isfinite(args.stop_at_min) and 0 < args.stop_at_min <= MOST_MIN):
        raise BadInput(f"--stop-at-min is {args.stop_at_min:g}; give more than 0 and at most {MOST_MIN}.")
    return float(args.stop_at_min)


def seed_of(args: argparse.Namespace) -> int:
    """The seed of the draws. BadInput where it is none."""
    if not 0 <= args.seed < 2**63:
        raise BadInput(f"--seed is {args.seed}; give 0 to {2**63 - 1}.")
    return int(args.seed)


def _over(args: argparse.Namespace) -> float:
    if args.format == "iv":
        if args.over_min is None:
            raise BadInput("--over-min is missing: over how many minutes does the infusion run? 0 is at once.")
        _between("--over-min", args.over_min, 0, MOST_MIN)
        return float(args.over_min)
    if args.over_min:
        raise BadInput(
            f"--over-min is {args.over_min:g}, and by {args.format} a dose is given at once; leave it out."
        )
    return 0.0


def _spray(mg: float, basis: object, over_min: float | None) -> "Regimen":
    from kapstone.care import plan
    from kapstone.care.pharmacology import Basis, Drug, devices
    from kapstone.care.plan.forecast import model_of

    if over_min:
        raise ValueError("--over-min: the spray's devices are given at once, five minutes apart; leave it out.")
    route = model_of(plan.FORMATS[ESKETAMINE_SPRAY]).routes[ESKETAMINE_SPRAY]
    size = route.device_mg or 0.0
    if basis is not Basis.BASE or round(mg / size) < 1 or abs(mg / size - round(mg / size)) > 1e-9:
        raise ValueError(f"The spray gives {size:g} mg of base a device: give 1, 2 or 3 times that, as --mg.")
    return devices(Drug.ESKETAMINE, Basis.BASE, ESKETAMINE_SPRAY, round(mg / size), size, route.device_gap_min)


def _between(name: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        raise BadInput(f"{name} is {value:g}; give {low:g} to {high:g}.")
