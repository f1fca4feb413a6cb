"""The generated pages on pharmacology: the models, the acceptance table, and where published numbers disagree."""

from collections.abc import Callable, Iterable, Sequence

from kapstone.care.evidence import claim
from kapstone.care.pharmacology import EFFECTS, Model, models
from kapstone.care.pharmacology.forecasting.defaults import DEFAULTS
from kapstone.care.pharmacology.models.shape import Route
from kapstone.care.pharmacology.published import Verdict, rows, topics, verdict

Table = Callable[[Sequence[str], Iterable[Sequence[object]]], str]
WORDS = {True: "within", False: "**outside**", None: "no gate"}


def pharmacology(table: Table) -> list[str]:
    """What each model is, what it was held against, and what follows from a concentration."""
    found = [verdict(one) for one in rows()]
    gated = [one for one in found if one.passed is not None]
    failed = [one for one in gated if not one.passed]
    return [
        "Forecasts for a dose that somebody entered. None proposes a dose, none says that a dose is safe, and "
        "none says anything of relief of depression. Where a file says “secondary copy”, the paper was not read.",
        "## Which model answers",
        table(("drug", "route", "model", "held against"), _defaults()),
        "## The models",
        table(
            ("id", "drug", "what is forecast, and where it is sampled", "people", "spread", "known as", "version"),
            [_model(one) for one in models().values()],
        ),
        "## Routes and what was studied",
        "Beyond these a forecast is drawn grey and says so; ten times beyond them there is none.",
        table(("model", "route", "studied", ""), [row for one in models().values() for row in _routes(one)]),
        "## Who may be forecast",
        "Beyond the hard bounds there is no forecast; beyond the soft ones it is drawn grey.",
        table(("model", "what", "hard", "soft", "why"), [row for one in models().values() for row in _bounds(one)]),
        "## Held against what was measured",
        f"{len(gated)} gates, {len(gated) - len(failed)} within, {len(failed)} outside; {len(found) - len(gated)} "
        "rows have no gate. *exact*: our solver must give the model's own published prediction. *fit*: the model "
        "beside what was measured in people. No gate was widened. How many are ready to leave when is asked of no "
        "model: this program gives no such verdict. What liver and kidneys do is no gate but an outer band: claims "
        "[exposure-hepatic-b](claims.md#exposure-hepatic-b) and [exposure-renal](claims.md#exposure-renal).",
        table(
            ("row", "what", "blood", "model", "published", "predicted", "unit", "off", "gate", ""),
            [_row(one) for one in found],
        ),
        *(_why(failed, table)),
        "## Effects",
        "Each from the first model whose blood its link was made on. None at typical peaks beyond "
        f"{claim('anaesthetic-concentration').figure('no_effects_beyond')} ng/mL.",
        table(
            ("effect", "unit", "claim", "how we know it"),
            [
                (one.title, one.unit, f"[{one.claim}](claims.md#{one.claim})", claim(one.claim).standing.words)
                for one in EFFECTS.values()
            ],
        ),
        "## What each model's file says of itself",
        *(_notes(one) for one in models().values()),
        "Where published numbers disagree: [disagreements](pharmacology-disagreements.md). Speed: "
        "[benchmark](bench-pharmacology.md).",
    ]


def disagreements(table: Table) -> list[str]:
    """Each topic with its numbers side by side."""
    parts = [
        "Numbers of the field that do not agree, side by side. Nothing is averaged, and nobody is declared right."
    ]
    for topic in topics():
        lines = [(one.what, one.value, one.site, one.source, one.standing) for one in topic.rows]
        parts += [f"## {topic.title}", topic.says, table(("what", topic.unit, "blood", "source", "known as"), lines)]
    parts += [
        "## Not found, and worth getting",
        "The tables of Zhao 2012 (racemate and three metabolites in depression), the venous delay compartments and "
        "the spread of Kamp 2020, table 2 of Rolan 2014, the parameters of Sigtermans 2009, the delay and slope of "
        "the drug high in Simons 2022, and the table of Grant 1981.",
    ]
    return parts


def _defaults() -> list[tuple[str, ...]]:
    return [(drug, route, ids[0], ", ".join(ids[1:])) for (drug, route), ids in DEFAULTS.items()]


def _model(one: Model) -> tuple[object, ...]:
    outputs = "; ".join(f"{each.id} ({each.enantiomer}), {each.site}" for each in one.outputs.values())
    spread = f"borrowed: {', '.join(one.borrowed)}" if one.borrowed else "its own"
    return (f"`{one.id}`", one.drug, outputs, one.people or "not found", spread, one.standing, f"`{one.version}`")


def _routes(one: Model) -> list[tuple[str, ...]]:
    return [
        (
            f"`{one.id}`",
            route,
            ", ".join(
                f"{low:g} to {high:g} {unit.replace('_per_', '/')}" for unit, (low, high) in each.studied.items()
            ),
            each.studied_note,
        )
        for route, each in one.routes.items()
    ]


def _studied(route: Route) -> Iterable[tuple[str, tuple[float, float]]]:
    return route.studied.items()


def _bounds(one: Model) -> list[tuple[str, ...]]:
    def span(pair: tuple[float, float] | None) -> str:
        return f"{pair[0]:g} to {pair[1]:g}" if pair else ""

    return [
        (f"`{one.id}`", name.replace("_", " "), span(each.hard), span(each.soft), each.why)
        for name, each in one.bounds.items()
    ]


def _row(one: Verdict) -> tuple[str, ...]:
    row = one.row
    gate = row.gate
    published = f"{row.value:g}" if row.value is not None else ""
    if row.within is not None:
        gate += f" {row.within[0]:g} to {row.within[1]:g}"
    elif row.tolerance is not None:
        gate += f" ± {row.tolerance * 100:g} %"
    off = f"{one.off * 100:+.1f} %" if one.off is not None else ""
    return (
        row.id, f"{row.what} ({row.source}; {row.standing})", row.site, f"`{row.model}`", published,
        f"{one.predicted:.4g}", row.unit, off, gate, WORDS[one.passed],
    )  # fmt: skip


def _why(failed: list[Verdict], table: Table) -> list[str]:
    weak = [(one.id, one.note) for one in rows() if one.note]
    parts = [
        "### Outside their gate, and why",
        table(("row", "why"), [(one.row.id, one.row.fails) for one in failed]),
    ]
    return [*parts, "### Weak comparisons", table(("row", "why"), weak)] if weak else parts


def _notes(one: Model) -> str:
    lines = [f"### {one.title}", f"{one.cites}. {one.population}."]
    lines += ["\n".join(f"- {note}" for note in one.notes)] if one.notes else []
    return "\n\n".join(lines)
