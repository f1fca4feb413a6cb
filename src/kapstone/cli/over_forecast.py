"""Recorded pressures over the forecast of a dose, for `replay`: as values, in words, and as a page to look at."""

import argparse
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kapstone.cli.answer import BadInput
from kapstone.cli.asked import person_of, regimen_of

if TYPE_CHECKING:
    from kapstone.care.pharmacology import Band, Forecast, Held

Points = list[tuple[float, float]]
UNTIL_MIN, STEP_MIN = 240.0, 2.0


def add_dose(parser: argparse.ArgumentParser) -> None:
    """The dose, all of it optional: without milligrams there is no forecast."""
    said = parser.add_argument_group("the forecast of the dose beside the readings, where the dose is given")
    said.add_argument("--mg", type=float, help="the whole dose in mg of base")
    said.add_argument("--mg-per-kg", type=float, help="the dose in mg of base for each kg")
    said.add_argument("--over-min", type=float, help="minutes of an infusion (40)", default=None)
    said.add_argument("--weight-kg", type=float)
    said.add_argument("--age", type=float, help="years")
    said.add_argument("--page", type=Path, metavar="FILE.html", help="write readings over the forecast as a page")


@dataclass(frozen=True, slots=True)
class Over:
    """Readings (minute after the dose, mmHg) over a band of systolic pressure."""

    forecast: "Forecast"
    baseline: float
    band: "Band"
    readings: Points
    held: "Held"

    @property
    def judged(self) -> list[dict[str, Any]]:
        """The readings that have a forecast beside them."""
        return [row for row in self.rows if row["inside"] is not None]

    @property
    def inside(self) -> int:
        """How many of those lie within 5 to 95 %."""
        return sum(1 for row in self.judged if row["inside"])

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Every reading with the band at its minute; without one before, after, and once the forecast was dropped."""
        import numpy as np

        times = self.forecast.times_min
        until = times[-1] if self.held.dropped_at_min is None else self.held.dropped_at_min
        found = []
        for minute, value in self.readings:
            row: dict[str, Any] = {"minute": minute, "mmhg": value, "p5": None, "p95": None, "inside": None}
            if times[0] <= minute <= until:
                low, high = (
                    round(float(np.interp(minute, times, edge)), 1) for edge in (self.band.p5, self.band.p95)
                )
                row |= {"p5": low, "p95": high, "inside": low <= value <= high}
            found.append(row)
        return found

    def document(self) -> dict[str, Any]:
        """The same as plain values."""
        return {
            "model": self.forecast.model.id,
            "version": self.forecast.model.version,
            "readings": self.rows,
            "inside": self.inside,
            "judged": len(self.judged),
            "dropped_at_min": self.held.dropped_at_min,
            "why": self.held.why,
            "warnings": list(self.forecast.warnings),
        }

    def words(self) -> str:
        """One line, and why the forecast was dropped where it was."""
        said = f"\nSystolic pressure over the forecast ({self.forecast.model.title}): "
        said += f"{self.inside} of {len(self.judged)} readings within 5 to 95 %."
        if others := len(self.readings) - len(self.judged):
            said += f" {others} more have no forecast beside them."
        return said + (f"\n{self.held.why}" if self.held.why else "")


@dataclass(frozen=True, slots=True)
class NoForecast:
    """Why there is none; the replay stands without it."""

    why: str

    def document(self) -> dict[str, Any]:
        """The same as plain values."""
        return {"refused": self.why}

    def words(self) -> str:
        """One line."""
        return f"\nNo forecast of this dose. {self.why}"


def over_forecast(args: argparse.Namespace, sbp: Points, baseline: float) -> Over | NoForecast | None:
    """The readings over the forecast; None where no dose was named. BadInput where the dose is not clear."""
    from kapstone.care.evidence import claim
    from kapstone.care.pharmacology import Refusal, forecast, held_against

    if args.mg is None and args.mg_per_kg is None:
        if args.page:
            raise BadInput("--page shows readings over the forecast of a dose: give --mg or --mg-per-kg as well.")
        return None
    if args.weight_kg is None:
        raise BadInput("--weight-kg is missing: a forecast needs the weight.")
    asked = _as_forecast(args)
    regimen, _ = regimen_of(asked)
    try:
        found = forecast(
            person_of(asked), regimen, until_min=UNTIL_MIN, step_min=STEP_MIN, effects=("systolic_rise",)
        )
    except Refusal as refusal:
        return NoForecast(str(refusal))
    if "systolic_rise" not in found.effects:
        return NoForecast(found.without_effects["systolic_rise"])
    rise = found.effects["systolic_rise"].band.above(baseline)
    held = held_against(found.times_min, rise, sbp, "systolic pressure", "mmHg")
    error = float(claim("forecast-dropped").figure("reading_sd"))
    return Over(found, baseline, rise.with_error(error), sbp, held)


def _as_forecast(args: argparse.Namespace) -> argparse.Namespace:
    """The same words as `kapstone forecast` takes; an infusion of the default policy's time where none is given."""
    from kapstone.care.evidence import default_policy

    over = args.over_min
    if over is None and args.format == "iv":
        over = float(default_policy().number("plan.iv.duration_min"))
    given: Mapping[str, object] = {
        **{name: getattr(args, name) for name in ("format", "mg", "mg_per_kg", "weight_kg", "age")},
        **dict.fromkeys(("stop_at_min", "sex", "height_cm", "hepatic", "renal", "model", "drug")),
        "over_min": over,
        "salt": "base",
        "covariate": [],
        "until_min": UNTIL_MIN,
        "step_min": STEP_MIN,
    }
    return argparse.Namespace(**given)


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Replay</title><style>{css}</style></head>
<body><main class="wrap wrap--narrow stack"><h1>Replay: systolic pressure over the forecast</h1>
<p>{said}</p>{chart}
<div class="scroll"><table><caption>Readings and the band at their minute</caption>
<thead><tr><th>Minute</th><th>Measured, mmHg</th><th>5 %</th><th>95 %</th></tr></thead>
<tbody>{rows}</tbody></table></div>
<ul>{doubts}</ul>
<p>To learn from. Measured values count; a forecast never does. Not an alarm system.</p></main></body></html>
"""


def write_page(over: Over, path: Path, beside: list[str]) -> None:
    """The picture with its twin table, in one file that needs no other. BadInput where it cannot be written."""
    from kapstone.clinic.ground.ui import svg

    band = over.band
    picture = svg.Picture(
        title="Systolic pressure",
        unit="mmHg",
        minutes=over.forecast.times_min.tolist(),
        band=svg.Spread(*band.percentiles),
        hatched=True,
        grey=over.forecast.grey,
        says=[
            f"{over.forecast.model.title}, slope derived from group means, with the error of a cuff",
            *filter(None, [over.held.why]),
        ],
        readings=over.readings,
        dropped_min=over.held.dropped_at_min,
        low=max(0.0, over.baseline - 20),
    )
    rows = "".join(
        f"<tr><th>{row['minute']:g}</th><td>{row['mmhg']:g}</td><td>{_cell(row['p5'])}</td><td>{_cell(row['p95'])}</td></tr>"
        for row in over.rows
    )
    doubts = "".join(f"<li>{escape(one)}</li>" for one in (*beside, *over.forecast.warnings))
    text = PAGE.format(
        css=_style(), said=escape(over.words().strip()), chart=svg.forecast_chart(picture, uid="replay"), rows=rows,
        doubts=doubts,
    )  # fmt: skip
    try:
        path.write_text(text, "utf-8")
    except OSError as problem:
        raise BadInput(f"--page: {path} cannot be written ({problem.strerror}); choose another folder.") from None


def _cell(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _style() -> str:
    """The program's own stylesheet, without which the picture has no colours. BadInput where it is not built."""
    built = resources.files("kapstone.clinic.ground.ui") / "static/ui/built/kapstone.css"
    if not built.is_file():
        raise BadInput("--page needs the program's stylesheet, which is not built here: run `make setup` first.")
    return built.read_text("utf-8")
