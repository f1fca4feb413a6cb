"""Forecasts concentration and effect for a dose that somebody entered. It proposes no dose and judges none."""

import argparse
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kapstone import __version__
from kapstone.cli.answer import Answer, BadInput
from kapstone.cli.asked import add_dose_and_person, person_of, regimen_of, seed_of

if TYPE_CHECKING:
    from kapstone.care.pharmacology import Band, EffectForecast, Forecast, Outer, Person, Regimen

EXAMPLE = "kapstone forecast --format iv --mg-per-kg 0.5 --over-min 40 --weight-kg 70 --age 45"
SHOWN_EVERY_MIN = 20
SHARE = "share of people"
SUMMARIES = ("cmax_ng_per_ml", "tmax_min", "auc_0_inf_ng_h_per_ml", "half_life_h")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The dose, the person, and what the answer holds."""
    add_dose_and_person(parser)
    parser.add_argument("--analyte", metavar="NAME", help="the substance the summary is of; the drug itself without")
    parser.add_argument("--draws", type=int, default=500, help="persons drawn for the bands (500)")
    parser.add_argument("--seed", type=int, default=20260101, help="of the draws")


def run(args: argparse.Namespace) -> Answer:
    """The forecast; exit 1 where a model must not be used for this person or dose."""
    from kapstone.care.pharmacology import Refusal, forecast

    if not 20 <= args.draws <= 100_000:
        raise BadInput(f"--draws is {args.draws}; give 20 to 100000.")
    person = person_of(args)
    regimen, said = regimen_of(args)
    try:
        found = forecast(
            person,
            regimen,
            model=args.model,
            until_min=args.until_min,
            step_min=args.step_min,
            draws=args.draws,
            seed=seed_of(args),
        )
    except Refusal as refusal:
        return Answer({"refused": str(refusal)}, f"No forecast. {refusal}", 1)
    analyte = args.analyte or next(iter(found.series))
    if analyte not in found.series:
        raise BadInput(f"--analyte is “{analyte}”; {found.model.title} forecasts {', '.join(found.series)}.")
    document = document_of(found, person, regimen, analyte, said)
    return Answer(document, words_of(found, document, analyte))


def document_of(
    found: "Forecast", person: "Person", regimen: "Regimen", analyte: str, said: list[str]
) -> dict[str, Any]:
    """The forecast as plain values."""
    summary = found.summaries[analyte]
    return {
        "model": found.model.id,
        "version": found.model.version,
        "program": __version__,
        "source": found.model.cites,
        "standing": found.model.standing,
        "composed": found.model.composed,
        "inputs": inputs_of(person, regimen) | {"draws": found.draws, "seed": found.seed},
        "units": {"time": "min", "concentration": "ng/mL", "dose": "mg of base", "area": "ng·h/mL"},
        "time_min": [round(float(one), 6) for one in found.times_min],
        "series": {
            one.key: {
                **_band(one.band),
                "site": one.site,
                "hatched": one.hatched,
                "notes": list(one.notes),
                "outer": [
                    {"why": each.why, "site": each.site, "p5": _plain(each.low), "p95": _plain(each.high)}
                    for each in one.outer
                ],
            }
            for one in found.series.values()
        },
        "summary": {"analyte": analyte, **{name: _band(getattr(summary, name)) for name in SUMMARIES}},
        "effects": {
            one.id: {"unit": one.unit, "over_time": one.over_time, "model": one.model, "claim": one.claim,
                     **_band(one.band),
                     "outer": [{"why": each.why, "site": each.site, "p5": _plain(each.low), "p95": _plain(each.high)}
                               for each in one.outer]}
            for one in found.effects.values()
        },
        "no_effects": dict(found.without_effects),
        "outside_studied_range": found.grey,
        "warnings": [*said, *found.warnings],
    }  # fmt: skip


def inputs_of(person: "Person", regimen: "Regimen") -> dict[str, object]:
    """What was entered, echoed with the whole dose in each of its units."""
    return {
        "drug": str(regimen.drug),
        "route": regimen.route,
        "mg_base": round(regimen.mg, 4),
        "mg_per_kg": round(regimen.mg / person.weight_kg, 4),
        "parts": [{"at_min": one.at_min, "mg": round(one.mg, 4), "over_min": one.over_min} for one in regimen.parts],
        "weight_kg": person.weight_kg,
        "age_years": person.age_years,
        "sex": person.sex,
        "height_cm": person.height_cm,
        "hepatic": str(person.hepatic) if person.hepatic else None,
        "renal": str(person.renal) if person.renal else None,
        "covariates": dict(person.covariates),
    }


def _band(band: "Band") -> dict[str, object]:
    return {name: _plain(getattr(band, name)) for name in ("typical", "p5", "p25", "p50", "p75", "p95")}


def _plain(values: Any) -> object:
    """Five significant digits, as numbers of JSON; what is endless is null."""
    import numpy as np

    if values.ndim == 0:
        return float(f"{float(values):.5g}") if np.isfinite(values) else None
    return [float(f"{one:.5g}") for one in values]


def words_of(found: "Forecast", document: Mapping[str, Any], analyte: str) -> str:
    """A short table for people."""
    from kapstone.care.pharmacology import EFFECTS

    inputs, summary = document["inputs"], document["summary"]
    series = found.series[analyte]
    lines = [
        f"Forecast for a dose that you entered: {inputs['mg_base']:g} mg of {inputs['drug']} (base), "
        f"{inputs['mg_per_kg']:g} mg/kg, by {inputs['route']}.",
        f"Model: {found.model.title}, {series.site} {analyte}, in ng/mL.",
        f"{found.model.cites}; {found.model.standing}.",
        "",
        f"{'minute':>7} {'typical':>9} {'5 %':>9} {'median':>9} {'95 %':>9}",
    ]
    band = series.band
    for place, minute in enumerate(found.times_min):
        if minute % SHOWN_EVERY_MIN == 0:
            row = (band.typical, band.p5, band.p50, band.p95)
            lines.append(f"{minute:7.0f} " + " ".join(f"{each[place]:9.1f}" for each in row))
    lines += ["", *(_outer_line(one, band, found) for one in series.outer)]
    lines += ["", *(_summary_line(name, summary[name]) for name in SUMMARIES), ""]
    lines += [_effect_line(one) for one in found.effects.values()]
    lines += [f"{EFFECTS[id].title}: no forecast. {why}" for id, why in found.without_effects.items()]
    lines += ["", *(f"Mind: {one}" for one in document["warnings"])]
    lines.append("No dose is proposed and none is called safe. Nothing is said about relief of depression.")
    return "\n".join(lines)


def _outer_line(outer: "Outer", band: "Band", found: "Forecast") -> str:
    place = int(band.typical.argmax())
    return (
        f"{outer.why}: 5 to 95 % at minute {found.times_min[place]:g}: "
        f"{outer.low[place]:.1f} to {outer.high[place]:.1f}"
    )


def _effect_line(one: "EffectForecast") -> str:
    """One effect at its highest, with its width and what else may be so."""
    share = one.unit == SHARE
    times, unit = (100, "of 100 people") if share else (1, one.unit)

    def span(low: Any, high: Any) -> str:
        return f"{times * low.max():.2g} to {times * high.max():.2g}"

    said = f"{one.title}: at most {times * one.band.typical.max():.2g} {unit}, "
    said += f"5 to 95 %: {span(one.band.p5, one.band.p95)} ({one.site} blood by {one.model})"
    return said + "".join(f"; {each.why}: {span(each.low, each.high)}" for each in one.outer)


def _summary_line(name: str, band: Mapping[str, float]) -> str:
    words = {
        "cmax_ng_per_ml": "Peak, ng/mL",
        "tmax_min": "Minute of the peak",
        "auc_0_inf_ng_h_per_ml": "Area to the end, ng·h/mL",
        "half_life_h": "Slowest half-life, h",
    }
    return f"{words[name]:<26} {band['typical']:.4g} (5 to 95 %: {band['p5']:.4g} to {band['p95']:.4g})"
