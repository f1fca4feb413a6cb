"""The liver panel. Each value is copied with the laboratory's own upper limit; the multiple is worked out here."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from kapstone.care.evaluation.clearance.kind import BadResult, ClearanceTest, Result, Value
from kapstone.care.evaluation.intake import Intake, asks
from kapstone.care.evaluation.logic import Known
from kapstone.care.evidence import Policy, marked

ENZYMES = (("alt", "ALT"), ("ast", "AST"), ("alp", "ALP"), ("ggt", "GGT"))
BILIRUBIN = ("bilirubin", marked("Bilirubin"))
PLACES = Decimal("0.01")
OFTEN_LEFT_OUT = frozenset({"ggt"})
"""Not in every laboratory's panel."""


def _values() -> Iterator[Value]:
    """A value and its upper limit for each; bilirubin in the laboratory's unit, the same for both."""
    for name, words in ENZYMES:
        must = name not in OFTEN_LEFT_OUT
        yield Value(name=name, words=words, high=Decimal(20_000), unit="U/L", required=must)
        upper = f"Upper limit of {words}"
        yield Value(name=f"{name}_upper", words=upper, low=Decimal(1), high=Decimal(1000), unit="U/L", required=must)
    name, words = BILIRUBIN
    yield Value(
        name=name,
        words=words,
        high=Decimal(1000),
        unit=marked("mg/dL or µmol/L"),
        hint=marked("In the laboratory's unit, and the upper limit in the same."),
    )
    yield Value(
        name=f"{name}_upper",
        words=marked("Upper limit of bilirubin"),
        low=Decimal("0.1"),
        high=Decimal(100),
        unit=marked("in the same unit"),
    )


def multiples(result: Result) -> dict[str, Decimal]:
    """Each value as a multiple of its laboratory's upper limit. BadResult for one that cannot be true."""
    found = {}
    for name, words in (*ENZYMES, BILIRUBIN):
        value, upper = result.get(name), result.get(f"{name}_upper")
        if (value is None) != (upper is None):
            missing = name if value is None else f"{name}_upper"
            raise BadResult(missing, f"{words}: write both the value and its upper limit, or neither.")
        if not isinstance(value, Decimal) or not isinstance(upper, Decimal):
            continue
        found[name] = value / upper
        if found[name] > asks()[f"{name}_uln"].high:
            raise BadResult(name, f"{words}: {value} is {found[name]:.0f} times its upper limit; check both numbers.")
    return found


def needed(intake: Intake, policy: Policy) -> Known:
    """Before repeated racemic doses always; the evaluation asks for it of everybody."""
    return True


def fills(taken: date, result: Result, judged: Result) -> Mapping[str, object]:
    """The day, and the multiples of the upper limits."""
    return {"liver_panel_on": taken, **{f"{name}_uln": found for name, found in multiples(result).items()}}


def says(result: Result) -> str:
    """Each as a multiple, two decimals, with what was typed."""
    words = dict((*ENZYMES, BILIRUBIN))
    return "; ".join(
        f"{words[name]} {found.quantize(PLACES)} × ULN ({result[name]} of {result[f'{name}_upper']})"
        for name, found in multiples(result).items()
    )


TEST = ClearanceTest(
    id="liver",
    place=4,
    name=marked("Liver panel"),
    taken=marked("Day of the blood sample"),
    valid_days="evaluation.liver.panel_days",
    values=tuple(_values()),
    needed=needed,
    needed_words=marked("It stands before repeated doses of racemic ketamine."),
    not_needed_words=marked("Not needed."),
    day_field="liver_panel_on",
    fields=("liver_panel_on", "alt_uln", "ast_uln", "alp_uln", "ggt_uln", "bilirubin_uln"),
    fills=fills,
    says=says,
    check=multiples,
)
