"""The cases that hold the evaluation's rules, in words: read from the very tables that the tests run."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from kapstone.care.evaluation import Kind, Medicine, Trial, asks, instrument

USUAL = "the usual person"
Row = tuple[str, str, str, str]


def rows() -> Iterator[Row]:
    """Rule, a case for which it holds, one for which it does not, and one that leaves it open with what is asked."""
    from tests.spec.evaluation.test_each_rule import CASES
    from tests.spec.evaluation.test_edges import TIERS

    for rule, _, fires, quiet, unknown, missing in sorted(CASES, key=lambda case: case[0]):
        asked = ", ".join(asks()[name].words for name in missing)
        yield rule, words(fires), words(quiet), f"{words(unknown)} → asks: {asked}"
    for rule in ("E67A", "E67B", "E67C"):
        holds = "; or ".join(words(changes) for changes, told in TIERS if rule in told)
        yield rule, holds, "; or ".join(words(changes) for changes, told in TIERS if rule not in told), "see E67B"


def words(changes: Mapping[str, object]) -> str:
    """What is different from the usual person, to whom nothing stands in the way."""
    return "; ".join(f"{asks()[name].words}: {_said(name, value)}" for name, value in changes.items()) or USUAL


def _said(name: str, value: object) -> str:
    ask = asks()[name]
    if value is None or value == {}:
        return "not answered"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f} {ask.unit}".strip()
    if isinstance(value, date):
        return value.isoformat()
    if ask.kind == Kind.POINTS and isinstance(value, Mapping):
        return _points(value)
    if isinstance(value, tuple):
        return ", ".join(map(_one, value)) or "none"
    return str(value)


def _points(value: Mapping[str, int | None]) -> str:
    item_9 = value.get(instrument("phq-9").safety_items[0])
    total = sum(points for points in value.values() if points is not None)
    return f"total {total}, item 9 {'left out' if item_9 is None else item_9}"


def _one(value: object) -> str:
    if isinstance(value, Trial):
        told = [f"{value.daily_mg:f} mg" if value.daily_mg is not None else "", _weeks(value)]
        told += [f"improved {value.response_percent} %" if value.response_percent is not None else ""]
        told += ["stopped for side effects" if value.stopped_for_side_effects else ""]
        told += ["" if value.adequate_dose is None else ("effective dose" if value.adequate_dose else "dose too low")]
        told += ["not taken as prescribed" if value.taken_as_prescribed is False else ""]
        return f"{value.drug} ({', '.join(part for part in told if part)})"
    if isinstance(value, Medicine):
        return value.name + (f" {value.daily_mg:f} mg" if value.daily_mg is not None else " (dose not known)")
    return "/".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _weeks(trial: Trial) -> str:
    return "weeks not known" if trial.weeks is None else f"{trial.weeks} weeks"
