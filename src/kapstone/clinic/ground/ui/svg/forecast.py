"""A forecast over time: always as a band, never a line alone; with readings as points above it and what it rests on
written on the plot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import floor, log10
from textwrap import wrap

from django.utils.safestring import SafeString

from .draw import Scale, box, frame, number, path, tag, text

_TOP, _FOOT, _ROW, _GAP = 8, 46, 20, 8
_LETTER = 8.4
"""About how wide a letter is, a little on the safe side."""
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True, slots=True)
class Edge:
    """What else might be so: 5 and 95 % of another model, body or answer, and its name."""

    name: str
    low: Sequence[float]
    high: Sequence[float]


@dataclass(frozen=True, slots=True)
class Moment:
    """A minute with a name: the dose ends, the earliest way home."""

    minute: float
    name: str


@dataclass(frozen=True, slots=True)
class Spread:
    """Percentiles over time."""

    p5: Sequence[float]
    p25: Sequence[float]
    p50: Sequence[float]
    p75: Sequence[float]
    p95: Sequence[float]


@dataclass(frozen=True, slots=True)
class Picture:
    """One forecast as plain numbers, all of them over `minutes`.

    `hatched` marks a spread that is borrowed or a model that is composed, and `says` names it on the plot. `grey`
    marks a dose or a person outside what was studied. `studied` bounds a dotted field behind it: the middle course at
    the lowest and the highest dose that was studied. From `dropped_min` on nothing is drawn.
    """

    title: str
    unit: str
    minutes: Sequence[float]
    band: Spread
    hatched: bool = False
    grey: bool = False
    says: Sequence[str] = ()
    edges: Sequence[Edge] = ()
    studied: Sequence[tuple[str, Sequence[float]]] = ()
    moments: Sequence[Moment] = ()
    readings: Sequence[tuple[float, float]] = ()
    dropped_min: float | None = None
    typical_peak: tuple[float, float] | None = None
    """Minute and height of the typical course, where one is known; the middle of a band wobbles."""
    low: float = 0.0

    @property
    def until(self) -> int:
        """How many of the minutes are drawn."""
        if self.dropped_min is None:
            return len(self.minutes)
        return sum(1 for minute in self.minutes if minute <= self.dropped_min)


@dataclass(frozen=True, slots=True)
class _Shape:
    variant: str
    width: int
    height: int
    left: int
    step_min: int
    letters: int
    right: int = 12


_PHONE = _Shape("phone", 328, 330, 46, 60, 38)
_WIDE = _Shape("wide", 640, 360, 52, 30, 76)


def forecast_chart(one: Picture, *, uid: str) -> SafeString:
    """The forecast as SVG, in a phone and a wide drawing. `uid` is unique on the page."""
    return box(
        *(
            frame(
                _parts(one, shape, f"{uid}-{shape.variant}"),
                (shape.width, shape.height + _ROW * _rows(one, shape) + _GAP),
                uid,
                shape.variant,
                one.title,
                _described(one),
            )
            for shape in (_PHONE, _WIDE)
        )
    )


def forecast_table(one: Picture, every_min: int = 10) -> list[list[str]]:
    """The chart's twin: minute, 5, 25, 50, 75 and 95 %, each edge, what was measured then."""
    rows = []
    for place, minute in enumerate(one.minutes[: one.until]):
        if minute % every_min:
            continue
        bands = [_said(each[place]) for each in (one.band.p5, one.band.p25, one.band.p50, one.band.p75, one.band.p95)]
        others = [f"{_said(edge.low[place])} to {_said(edge.high[place])}" for edge in one.edges]
        rows.append([f"{minute:g} min", *bands, *others])
    rows += [[f"{minute:g} min", f"measured {_said(value)}"] for minute, value in one.readings]
    return sorted(rows, key=lambda row: float(row[0].split()[0]))


def forecast_columns(one: Picture) -> list[dict[str, object]]:
    """The heads of that table."""
    names = ("5 %", "25 %", "middle", "75 %", "95 %", *(edge.name for edge in one.edges))
    return [{"label": "Minute"}, *({"label": name, "number": True} for name in names)]


SWATCHES = {
    "fc-50": '<path class="c-fc-90" d="M1 1h26v14H1z"/><path class="c-fc-50" d="M1 1h26v14H1z"/>',
    "fc-90": '<path class="c-fc-90" d="M1 1h26v14H1z"/>',
    "hatch": '<path class="c-fc-90" d="M1 1h26v14H1z"/><path class="c-hatch" d="M1 15L15 1M9 15L23 1M17 15L27 5"/>',
    "grey": '<path class="c-fc-90 c-fc--grey" d="M1 1h26v14H1z"/>',
    "edge": '<path class="c-fc-edge" d="M1 3h26M1 13h26"/>',
    "studied": '<path class="c-studied" d="M1 2h26v12h-26z"/>',
    "reading": '<circle class="c-reading" cx="14" cy="8" r="5"/>',
}


def swatch(kind: str) -> str:
    """A small sample of one part of the picture, for the words beside it."""
    return tag("svg", SWATCHES[kind], viewBox="0 0 28 16", aria_hidden="true", focusable="false")


def swatches(picture: Picture) -> list[tuple[str, str]]:
    """What each part of the picture means: the kind of a sample, and its words."""
    found = [("fc-50", "half of people"), ("fc-90", "9 of 10 people")]
    if picture.hatched:
        found.append(("hatch", "hatched: width borrowed, derived or composed"))
    if picture.grey:
        found.append(("grey", "grey: outside what was studied"))
    if picture.edges:
        # A second model has the same bodies as the first; each is named once.
        every = [one.name for one in picture.edges]
        names = [name for name in every if not any(name.endswith(f": {other}") for other in every)]
        found.append(("edge", f"what else may be so: {'; '.join(names)}"))
    if picture.studied:
        found.append(("studied", "between the middle courses of the lowest and the highest dose studied"))
    if picture.readings:
        found.append(("reading", "measured"))
    return found


def _words(one: Picture, shape: _Shape) -> list[tuple[str, str]]:
    """The lines above the plot with their class, as wide as the drawing allows."""
    said = [(line, "c-quiet") for words in one.says for line in wrap(words, shape.letters)]
    return [*((line, "c-head") for line in wrap(f"{one.title}, {one.unit}", shape.letters)), *said]


def _rows(one: Picture, shape: _Shape) -> int:
    """Lines of words and of moments above the plot."""
    return len(_words(one, shape)) + len(one.moments)


def _parts(one: Picture, shape: _Shape, uid: str) -> Iterator[str]:
    top = _TOP + _ROW * _rows(one, shape) + _GAP
    foot = shape.height + _ROW * _rows(one, shape) + _GAP - _FOOT
    x = Scale(one.minutes[0], one.minutes[-1], shape.left + 4, shape.width - shape.right)
    y = Scale(*_span(one), foot, top)
    yield from _grid(one, shape, x, y)
    if one.studied:
        courses = [values for _, values in one.studied]
        low, high = ([choose(each) for each in zip(*courses, strict=True)] for choose in (min, max))
        yield tag("path", d=_area(one, low, high, x, y), class_="c-studied")
    yield from _bands(one, x, y, uid)
    yield from _studied_names(one, shape, x, y)
    yield from _moments(one, shape, x, foot)
    yield from _readings(one, x, y)
    for row, (words, class_) in enumerate(_words(one, shape)):
        yield text(words, 4, _TOP + 12 + _ROW * row, "start", class_)


def _span(one: Picture) -> tuple[float, float]:
    shown = slice(0, one.until)
    top = [*one.band.p95[shown], *(value for edge in one.edges for value in edge.high[shown])]
    top += [value for _, value in one.readings]
    bottom = [one.low, *(value for _, value in one.readings)]
    bottom += [min(one.band.p5)] if one.low else []
    step = _step(max(top, default=1.0) - min(bottom))
    return step * (min(bottom) // step), step * -(-max(top, default=1.0) // step)


def _step(span: float) -> float:
    """Between ticks: a round number that makes four to eight of them."""
    rough = max(span, 1e-6) / 5
    power = 10.0 ** floor(log10(rough))
    return next((each * power for each in STEPS if each * power >= rough), 10 * power)


def _grid(one: Picture, shape: _Shape, x: Scale, y: Scale) -> Iterator[str]:
    step = _step(y.high - y.low)
    value = y.low
    while value <= y.high + step / 2:
        yield tag("line", class_="c-grid", x1=shape.left, x2=x.end, y1=y(value), y2=y(value))
        yield text(f"{value:g}", shape.left - 6, y(value) + 5, "end", "c-quiet")
        value += step
    first = int(-(-one.minutes[0] // shape.step_min)) * shape.step_min
    for minute in range(first, int(one.minutes[-1]) + 1, shape.step_min):
        yield tag("line", class_="c-grid", x1=x(minute), x2=x(minute), y1=y.start, y2=y.start + 5)
        yield text(str(minute), x(minute), y.start + 22, "end" if x(minute) > x.end - 12 else "middle", "c-quiet")
    yield text("minutes after the dose begins", x.end, y.start + 40, "end", "c-quiet")


def _bands(one: Picture, x: Scale, y: Scale, uid: str) -> Iterator[str]:
    kind = " c-fc--grey" if one.grey else ""
    whole, half = _area(one, one.band.p5, one.band.p95, x, y), _area(one, one.band.p25, one.band.p75, x, y)
    yield tag("path", d=whole, class_=f"c-fc-90{kind}")
    yield tag("path", d=half, class_=f"c-fc-50{kind}")
    if one.hatched:
        lines = tag("path", d="M0 8L8 0M-2 2L2 -2M6 10L10 6", class_=f"c-hatch{kind}")
        yield tag("pattern", lines, id=f"{uid}-h", width=8, height=8, patternUnits="userSpaceOnUse")
        yield tag("path", d=whole, fill=f"url(#{uid}-h)")
    if one.edges:
        # One outline holds all that might be so besides; the table has each by itself.
        low = [min(values) for values in zip(one.band.p5, *(edge.low for edge in one.edges), strict=True)]
        high = [max(values) for values in zip(one.band.p95, *(edge.high for edge in one.edges), strict=True)]
        yield tag("path", d=_area(one, low, high, x, y), class_=f"c-fc-edge{kind}")
    yield path(_points(one, one.band.p50, x, y), f"c-fc-mid{kind}")


def _points(one: Picture, values: Sequence[float], x: Scale, y: Scale) -> list[tuple[float, float]]:
    shown = zip(one.minutes[: one.until], values[: one.until], strict=True)
    return [(x(minute), y(max(y.low, min(value, y.high)))) for minute, value in shown]


def _area(one: Picture, low: Sequence[float], high: Sequence[float], x: Scale, y: Scale) -> str:
    points = [*_points(one, high, x, y), *reversed(_points(one, low, x, y))]
    return "M" + "L".join(f"{number(a)} {number(b)}" for a, b in points) + "Z" if points else "M0 0"


def _studied_names(one: Picture, shape: _Shape, x: Scale, y: Scale) -> Iterator[str]:
    """Each dotted line's name, beside its own peak."""
    for name, values in one.studied:
        top = max(range(one.until), key=lambda place: values[place], default=0)
        place, height = x(one.minutes[top]), y(max(y.low, min(values[top], y.high)))
        near_end = place > shape.width / 2
        side = place + (-6 if near_end else 6)
        yield text(name, side, max(height + 4, y.end + 12), "end" if near_end else "start", "c-quiet c-halo")


def _moments(one: Picture, shape: _Shape, x: Scale, foot: float) -> Iterator[str]:
    for row, moment in enumerate(one.moments):
        place = x(moment.minute)
        height = _TOP + 12 + _ROW * (len(_words(one, shape)) + row)
        yield tag("line", class_="c-moment", x1=place, x2=place, y1=height + 4, y2=foot)
        # A name starts at its line, and further left where it would not fit.
        start = min(place + 4, shape.width - _LETTER * len(moment.name))
        yield text(moment.name, start, height + 2, "start", "c-halo")


def _readings(one: Picture, x: Scale, y: Scale) -> Iterator[str]:
    for minute, value in one.readings:
        if one.minutes[0] <= minute <= one.minutes[-1]:
            yield tag("circle", class_="c-reading", cx=x(minute), cy=y(value), r=5)


def _said(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1f}"


def _described(one: Picture) -> str:
    if not one.until:
        return "Nothing is forecast."
    top = max(range(one.until), key=lambda place: one.band.p50[place])
    minute, height = one.typical_peak or (one.minutes[top], one.band.p50[top])
    said = (
        f"A forecast as a band. Highest about minute {minute:.0f}: the middle {_said(height)}, "
        f"5 to 95 % from {_said(one.band.p5[top])} to {_said(one.band.p95[top])} {one.unit}."
    )
    if one.grey:
        said += " Grey: outside what was studied."
    if one.readings:
        within = [at for at in one.readings if one.dropped_min is None or at[0] <= one.dropped_min]
        inside = sum(1 for minute, value in within if _holds(one, minute, value))
        said += f" {len(one.readings)} readings, {inside} of them inside the band."
    return " ".join([said, *one.says])


def _holds(one: Picture, minute: float, value: float) -> bool:
    for place, (begin, end) in enumerate(pairwise(one.minutes)):
        if begin <= minute <= end:
            share = (minute - begin) / (end - begin)
            low, high = (
                each[place] + share * (each[place + 1] - each[place]) for each in (one.band.p5, one.band.p95)
            )
            return low <= value <= high
    return False
