"""From a forecast to pictures and sentences of a page: plain numbers, and words for what each rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from kapstone import __version__
from kapstone.care.evidence import claim
from kapstone.care.pharmacology import EFFECTS, Forecast, Held, Person, Series, held_against
from kapstone.care.plan.forecast import Milestone
from kapstone.clinic.ground.ui import svg

Points = Sequence[tuple[float, float]]
"""Minute after clock zero, and value."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture with its twin table and what stands under it."""

    title: str
    chart: str
    columns: list[dict[str, object]]
    rows: list[list[str]]
    swatches: list[tuple[str, str]]
    notes: list[str]


@dataclass(frozen=True, slots=True)
class Share:
    """How many people of a hundred, with the width, and where that comes from."""

    title: str
    words: str
    known: str
    claim: str


def drawing(picture: svg.Picture, uid: str, notes: Sequence[str] = ()) -> Drawing:
    """The picture with its twin."""
    return Drawing(
        picture.title,
        svg.forecast_chart(picture, uid=uid),
        svg.forecast_columns(picture),
        svg.forecast_table(picture),
        svg.swatches(picture),
        [one for one in notes if one not in picture.says],
    )


def concentration(
    found: Forecast, milestones: Sequence[Milestone] = (), studied: Sequence[tuple[str, Forecast]] = ()
) -> svg.Picture:
    """The drug itself over the middle course of the doses studied at both ends."""
    series = found.parent
    return svg.Picture(
        title=f"{series.id.capitalize()} in {_blood(series)}",
        unit="ng/mL",
        minutes=found.times_min.tolist(),
        band=svg.Spread(*series.band.percentiles),
        typical_peak=_peak(found),
        hatched=series.hatched,
        grey=found.grey,
        says=[found.model.title, *_rests_on(series)],
        edges=[svg.Edge(one.why, one.low.tolist(), one.high.tolist()) for one in series.outer],
        studied=[(f"studied: {name}", one.parent.band.p50.tolist()) for name, one in studied],
        moments=moments(milestones),
    )


def pressure(
    found: Forecast, baseline: Decimal | None, readings: Points = (), milestones: Sequence[Milestone] = ()
) -> tuple[svg.Picture, Held] | None:
    """Systolic pressure over time, above the pressure before the dose; with readings it is held against them."""
    effect = found.effects.get("systolic_rise")
    if effect is None:
        return None
    base = float(baseline) if baseline is not None else 0.0
    band = effect.band.above(base)
    held = held_against(found.times_min, band, readings, "systolic pressure", "mmHg")
    picture = svg.Picture(
        title="Systolic pressure" if baseline is not None else "Rise of systolic pressure",
        unit="mmHg",
        minutes=found.times_min.tolist(),
        band=svg.Spread(*(band.with_error(_reading_sd()) if baseline is not None else band).percentiles),
        hatched=True,
        grey=found.grey,
        says=[
            f"{effect.model}, slope derived from group means",
            *_about_readings(baseline),
            *filter(None, [held.why]),
        ],
        edges=[svg.Edge(one.why, (one.low + base).tolist(), (one.high + base).tolist()) for one in effect.outer],
        moments=moments(milestones),
        readings=list(readings),
        dropped_min=held.dropped_at_min,
        low=max(0.0, base - 20) if baseline is not None else 0.0,
    )
    return picture, held


def _reading_sd() -> float:
    return float(claim("forecast-dropped").figure("reading_sd"))


def _about_readings(baseline: Decimal | None) -> list[str]:
    """What the band holds besides, where it is held against readings."""
    return [] if baseline is None else [f"with the error of a cuff, {_reading_sd():g} mmHg, assumed"]


def moments(milestones: Sequence[Milestone]) -> list[svg.Moment]:
    """Milestones as marks."""
    return [svg.Moment(one.minute, f"{one.words}, {one.minute:g} min") for one in milestones]


def shares(found: Forecast) -> list[Share]:
    """Effects that are one number of the session, in words."""
    return [
        Share(
            one.title,
            f"about {float(one.band.typical) * 100:.0f} of 100 people "
            f"({float(one.band.p5) * 100:.0f} to {float(one.band.p95) * 100:.0f}); {one.site} blood by {one.model}"
            + "".join(
                f"; {each.why}: {float(each.low) * 100:.0f} to {float(each.high) * 100:.0f}" for each in one.outer
            ),
            claim(one.claim).standing.words,
            one.claim,
        )
        for one in found.effects.values()
        if not one.over_time
    ]


def not_said(found: Forecast) -> list[str]:
    """Each effect that cannot be forecast here, and why."""
    return [f"{EFFECTS[id].title}: no forecast. {why}" for id, why in found.without_effects.items()]


def provenance(found: Forecast) -> list[tuple[str, str]]:
    """What makes this forecast the same again: model and version, inputs, seed, program."""
    person, regimen = found.person, found.regimen
    people = f"{found.model.people} people; " if found.model.people else ""
    parts = "; ".join(_part(one.mg, one.at_min, one.over_min) for one in regimen.parts)
    return [
        ("Model", f"{found.model.title}, version {found.model.version}"),
        ("Studied in", f"{people}{found.model.population}"),
        ("Source", f"{found.model.cites} ({found.model.standing})"),
        ("Dose", f"{regimen.drug}, {regimen.route}: {parts}"),
        ("For", _person(person)),
        (
            "Held against",
            "; ".join(f"{one.title}, version {one.version}" for one in found.beside) or "no other model",
        ),
        ("Effects by", ", ".join(f"{one.title} ({one.claim})" for one in found.effects.values()) or "none"),
        ("Drawn", f"{found.draws} people, seed {found.seed}, program {__version__}"),
    ]


def _person(person: Person) -> str:
    """Everything that was known of the person and counts."""
    known = [
        f"{person.weight_kg:g} kg",
        f"{person.age_years:g} years" if person.age_years is not None else "age not given",
        f"{person.height_cm:g} cm" if person.height_cm is not None else "height not given",
        f"liver {person.hepatic or 'not given'}",
        f"kidneys {person.renal or 'not given'}",
        *(f"{name} {answer}" for name, answer in person.covariates.items()),
    ]
    return ", ".join(known)


def _part(mg: float, at_min: float, over_min: float) -> str:
    over = f" over {over_min:g} min" if over_min else ""
    return f"{mg:.4g} mg at minute {at_min:g}{over}"


def _peak(found: Forecast) -> tuple[float, float]:
    """Minute and height of the typical person's peak."""
    summary = found.summaries[found.parent.id]
    return float(summary.tmax_min.typical), float(summary.cmax_ng_per_ml.typical)


def _blood(series: Series) -> str:
    return f"{series.site} blood" if series.site != "unknown" else "blood, site unknown"


def _rests_on(series: Series) -> list[str]:
    return [one for one in series.notes if one.startswith(("Spread borrowed", "Composed"))]
