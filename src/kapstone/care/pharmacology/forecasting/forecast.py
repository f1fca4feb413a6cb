"""The forecast of one dose for one person. Never a single line, no dose proposed, nothing called safe.

Bands hold what differs between people and sessions, how well the typical person is known, and the error of a
measurement. Where a second published model, a liver or a weight may say otherwise, an outer band holds that too.
"""

from collections.abc import Sequence

from kapstone.care.evidence import claim
from kapstone.care.pharmacology.draws import stream_of
from kapstone.care.pharmacology.effects import EFFECTS, Course, Effect
from kapstone.care.pharmacology.linear import areas, terminal_half_lives_h
from kapstone.care.pharmacology.models import model as model_by_id
from kapstone.care.pharmacology.models.shape import Measured, Model
from kapstone.care.pharmacology.person import Person, cautions, outside_studied
from kapstone.care.pharmacology.regimen import Drug, Regimen

from .bands import band_of, peaks
from .defaults import default_models
from .drawn import Asked, Drawn
from .values import Band, EffectForecast, Forecast, Outer, Series, Summary
from .widened import other_bodies, other_models

DRAWS, FEW = 500, 20
"""How many people are drawn for a band; and how few where only the middle course is wanted."""
UNTIL_MIN, PAGE_STEP_MIN = 240, 2
"""How far a forecast reaches, and how fine the curve of a page is."""
SEED = 20260101


def forecast(
    person: Person,
    regimen: Regimen,
    *,
    model: str | None = None,
    until_min: float = UNTIL_MIN,
    step_min: float = 1,
    draws: int = DRAWS,
    seed: int = SEED,
    effects: Sequence[str] = tuple(EFFECTS),
) -> Forecast:
    """The forecast of this dose for this person. Refusal (a ValueError) where a model must not be used."""
    used = model_by_id(model or default_models(regimen, person)[0])
    warnings = cautions(used, person, regimen)
    asked = Asked.of(regimen, until_min, step_min, draws, seed)
    main = Drawn.of(used, person, asked)
    others = other_models(used, person, asked)
    wider = [(f"{one.model.title}, {one.model.parent.site}", one) for one in others]
    wider += other_bodies(used, person, asked)
    # The pair as well: some effects rest on the other model's blood.
    wider += [
        (f"{one.model.title}: {why}", body) for one in others for why, body in other_bodies(one.model, person, asked)
    ]
    found, missing = _effects([("", main), *wider], effects, asked)
    late = _late_peak(main, asked)
    return Forecast(
        model=used,
        person=person,
        regimen=regimen,
        seed=seed,
        draws=draws,
        times_min=asked.times_min[asked.shown],
        beside=tuple(one.model for one in others),
        series={name: _series(used, one, main, wider, asked) for name, one in used.outputs.items()},
        summaries=_summaries(main, asked),
        effects=found,
        without_effects=missing,
        grey=outside_studied(used, person, regimen),
        warnings=(*warnings, *late, *used.notes),
    )


def _series(model: Model, measured: Measured, main: Drawn, wider: list[tuple[str, Drawn]], asked: Asked) -> Series:
    drawn = main.of_output(measured.id, asked)
    assert drawn is not None
    outer = []
    for why, other in wider:
        theirs = other.of_output(measured.id, asked)
        if theirs is not None:
            band = band_of(theirs)
            outer.append(Outer(why, other.model.outputs[measured.id].site, band.p5, band.p95))
    borrowed = model.borrowed_by(measured.id)
    notes = [f"Spread borrowed from {', '.join(borrowed)}."] if borrowed else []
    notes += ["Composed by this program from several sources."] if model.composed or measured.composed else []
    notes += [measured.residual_note] if measured.residual_note else []
    return Series(
        id=measured.id,
        enantiomer=measured.enantiomer,
        site=measured.site,
        band=band_of(drawn),
        outer=tuple(outer),
        hatched=bool(borrowed) or model.composed or measured.composed,
        notes=tuple(notes),
    )


def _summaries(main: Drawn, asked: Asked) -> dict[str, Summary]:
    area, half_lives = areas(main.system), terminal_half_lives_h(main.system)
    found = {}
    for row, name in enumerate(main.model.outputs):
        peak, at = peaks(main.curves[row], asked.times_min)
        found[name] = Summary(band_of(peak), band_of(at), band_of(area[row]), band_of(half_lives[row]))
    return found


def _late_peak(main: Drawn, asked: Asked) -> list[str]:
    """Whether the curve still rises where it is cut off."""
    if int(main.curves[0][:, 0].argmax()) < len(asked.times_min) - 1:
        return []
    until = asked.times_min[-1]
    return [f"At minute {until:g}, where the forecast ends, the concentration still rises: its peak comes later."]


Ways = list[tuple[str, Drawn]]
"""Each way it might be, with why; the first is the model's own and has no reason."""


def _effects(ways: Ways, wanted: Sequence[str], asked: Asked) -> tuple[dict[str, EffectForecast], dict[str, str]]:
    """Each effect from the first model whose blood it was made on; else why there is none."""
    limit = float(claim("anaesthetic-concentration").figure("no_effects_beyond"))
    if ways[0][1].curves[0][:, 0].max() > limit:
        return {}, dict.fromkeys(wanted, f"The typical peak passes {limit:g} ng/mL: no effect is forecast there.")
    found: dict[str, EffectForecast] = {}
    missing: dict[str, str] = {}
    courses = [(why, one, _course(one, asked)) for why, one in ways]
    for id in wanted:
        fits = [way for way in courses if not EFFECTS[id].applies(way[2])]
        if fits:
            found[id] = _effect(EFFECTS[id], fits, asked)
        else:
            missing[id] = EFFECTS[id].applies(courses[0][2])
    return found, missing


def _effect(effect: Effect, fits: list[tuple[str, Drawn, Course]], asked: Asked) -> EffectForecast:
    """The effect by the first way, and by each other way as an outer band."""
    normals = asked.normals(len(effect.normals), stream_of(effect.id))
    spread = dict(zip(effect.normals, normals, strict=True))

    def band(course: Course) -> Band:
        values = effect.of(course, spread)
        return band_of(values[asked.shown] if effect.over_time else values)

    (_, one, course), *others = fits
    bands = [(why, other.site, band(other)) for why, _, other in others]
    return EffectForecast(
        id=effect.id,
        title=effect.title,
        unit=effect.unit,
        claim=effect.claim,
        model=one.model.title,
        site=course.site,
        over_time=effect.over_time,
        band=band(course),
        outer=tuple(Outer(why, site, each.p5, each.p95) for why, site, each in bands),
    )


def _course(drawn: Drawn, asked: Asked) -> Course:
    drug = Drug(drawn.model.drug)
    return Course(
        times_min=asked.times_min,
        drug=drug,
        site=drawn.model.parent.site,
        esketamine_share=1.0 if drug is Drug.ESKETAMINE else 0.5,
        parent=drawn.curves[0],
        metabolite=drawn.curves[1] if len(drawn.curves) > 1 else None,
    )
