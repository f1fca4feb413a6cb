"""Reads the rows of the acceptance table, works out what the models say, and judges each by its own gate."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import numpy as np

from kapstone.care.pharmacology.assemble import assembled, values_of, varied
from kapstone.care.pharmacology.forecasting import Forecast, forecast
from kapstone.care.pharmacology.linear import areas, solve
from kapstone.care.pharmacology.models import model as model_by_id
from kapstone.care.pharmacology.models.shape import Model
from kapstone.care.pharmacology.person import Person
from kapstone.care.pharmacology.regimen import Drug, Given, Regimen

STEP_MIN = 0.1
PEAKS_MIN = 3 * 60
"""No peak of the table comes later."""


@dataclass(frozen=True, slots=True)
class Row:
    """One published number, where it stands, and how it is asked of a model."""

    id: str
    what: str
    site: str
    source: str
    standing: str
    gate: str
    tolerance: float | None
    within: tuple[float, float] | None
    value: float | None
    unit: str
    model: str
    output: str
    measure: str
    at_min: float | None
    weight_kg: float
    regimen: Regimen
    scale: float
    into_blood: str
    """The model that says what the same dose into the blood makes, for a share that is absorbed."""
    note: str
    """What weakens the comparison, or nothing."""
    fails: str
    """Why the gate is known to fail, or nothing."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the model says, and whether it is within the gate; None where there is none."""

    row: Row
    predicted: float
    passed: bool | None

    @property
    def off(self) -> float | None:
        """By what share the prediction is above the published value."""
        return self.predicted / self.row.value - 1 if self.row.value else None


@cache
def rows() -> tuple[Row, ...]:
    """Every row in the order of the file."""
    text = (resources.files(__package__) / "measurements.toml").read_text("utf-8")
    return tuple(_row(each) for each in tomllib.loads(text)["rows"])


def _row(said: Mapping[str, Any]) -> Row:
    parts = tuple(
        Given(at_min=one.get("at_min", 0.0), mg=one["mg"], over_min=one.get("over_min", 0.0), device=number)
        for number, one in enumerate(said["doses"], 1)
    )
    if not said.get("devices", False):
        parts = tuple(Given(one.at_min, one.mg, one.over_min) for one in parts)
    return Row(
        id=said["id"],
        what=said["what"],
        site=said["site"],
        source=said["source"],
        standing=said["standing"],
        gate=said["gate"],
        tolerance=said.get("tolerance"),
        within=(said["within"][0], said["within"][1]) if "within" in said else None,
        value=said.get("value"),
        unit=said["unit"],
        model=said["model"],
        output=said["output"],
        measure=said["measure"],
        at_min=said.get("minute"),
        weight_kg=said.get("weight_kg", 70.0),
        regimen=Regimen(Drug(said["drug"]), said["route"], parts),
        scale=said.get("scale", 1.0),
        into_blood=said.get("into_blood", said["model"]),
        note=said.get("note", ""),
        fails=said.get("fails", ""),
    )


def verdict(row: Row) -> Verdict:
    """Asks the model and judges by the row's gate. KeyError for a measure that nobody knows."""
    predicted = MEASURES[row.measure](row) * row.scale
    return Verdict(row, predicted, _passes(row, predicted))


def _passes(row: Row, predicted: float) -> bool | None:
    if row.gate == "info":
        return None
    if row.within is not None:
        return row.within[0] <= predicted <= row.within[1]
    assert row.value is not None
    assert row.tolerance is not None
    return abs(predicted / row.value - 1) <= row.tolerance


def _typical(row: Row) -> tuple[Any, int, Any, Any]:
    """The typical person's system, the output's place, minutes and curve."""
    used: Model = model_by_id(row.model)
    person = Person(row.weight_kg, age_years=40)
    values = values_of(used, person, row.regimen, np.zeros((len(varied(used)), 1)))
    system = assembled(used, values, row.regimen)
    minutes = np.arange(0, max(row.at_min or 0, PEAKS_MIN) + STEP_MIN / 2, STEP_MIN)
    place = list(used.outputs).index(row.output)
    return system, place, minutes, solve(system, minutes / 60)[place, :, 0]


def _peak(row: Row) -> float:
    return float(_typical(row)[3].max())


def _peak_minute(row: Row) -> float:
    _, _, minutes, curve = _typical(row)
    return float(minutes[curve.argmax()])


def _area_until(row: Row) -> float:
    _, _, minutes, curve = _typical(row)
    assert row.at_min is not None
    seen = minutes <= row.at_min + STEP_MIN / 2
    return float(np.trapezoid(curve[seen], minutes[seen] / 60))


def _area(row: Row) -> float:
    system, place, _, _ = _typical(row)
    return float(areas(system)[place, 0])


def _at_minute(row: Row) -> float:
    _, _, minutes, curve = _typical(row)
    return float(np.interp(row.at_min or 0.0, minutes, curve))


def _absorbed(row: Row) -> float:
    """The area of the route over the area of the same dose into the blood."""
    into_blood = Regimen(row.regimen.drug, "iv", tuple(Given(one.at_min, one.mg) for one in row.regimen.parts))
    person = Person(row.weight_kg, age_years=40)
    found = []
    for used, regimen in ((model_by_id(row.model), row.regimen), (model_by_id(row.into_blood), into_blood)):
        values = values_of(used, person, row.regimen, np.zeros((len(varied(used)), 1)))
        found.append(float(areas(assembled(used, values, regimen))[0, 0]))
    return found[0] / found[1]


def _forecast(row: Row) -> Forecast:
    return forecast(Person(row.weight_kg, age_years=40), row.regimen, model=row.model, draws=20)


def _effect_at(row: Row) -> float:
    found = _forecast(row)
    place = int(np.searchsorted(found.times_min, row.at_min or 0.0))
    return float(found.effects[row.output].band.typical[place])


def _effect_peak_minute(row: Row) -> float:
    found = _forecast(row)
    return float(found.times_min[found.effects[row.output].band.typical.argmax()])


def _effect_left(row: Row) -> float:
    found = _forecast(row)
    course = found.effects[row.output].band.typical
    return float(course[int(np.searchsorted(found.times_min, row.at_min or 0.0))] / course.max())


def _share(row: Row) -> float:
    return float(_forecast(row).effects[row.output].band.typical)


MEASURES: Mapping[str, Callable[[Row], float]] = {
    "peak": _peak,
    "minute of the peak": _peak_minute,
    "area until": _area_until,
    "area": _area,
    "at minute": _at_minute,
    "share absorbed": _absorbed,
    "effect at minute": _effect_at,
    "minute of the effect's peak": _effect_peak_minute,
    "effect left at minute": _effect_left,
    "share of people": _share,
}
