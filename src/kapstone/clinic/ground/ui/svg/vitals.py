"""Vital signs of one session: pressure as carets with the pulse, oxygen and breathing in lanes of their own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .draw import TEXT, Scale, box, frame, number, tag, text


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read at one minute after the dose (negative before it); None for what was not."""

    minute: float
    systolic: float | None = None
    diastolic: float | None = None
    heart_rate: float | None = None
    spo2: float | None = None
    resp_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """A dashed line with words. `panel` is "main" (mmHg and beats a minute), "spo2" or "rr"."""

    value: float
    label: str
    panel: str = "main"


@dataclass(frozen=True, slots=True)
class SignalGap:
    """Minutes in which no values came."""

    start_min: float
    end_min: float


@dataclass(frozen=True, slots=True)
class Dose:
    """A drug given: when and what, in few words."""

    minute: float
    label: str


@dataclass(frozen=True, slots=True)
class _Shape:
    variant: str
    width: int
    height: int
    left: int
    step_mmhg: int
    step_min: int

    @property
    def plot_end(self) -> float:
        """Where the plot ends; the names of the series stand to the right of it."""
        return self.width - _NAMES


_PHONE = _Shape("phone", 328, 420, 46, 40, 30)
_WIDE = _Shape("wide", 640, 400, 50, 40, 15)
_TOP, _NAMES, _LANE, _FOOT = 34, 76, 50, 28
_LETTER, _ROW = 7, 13


def vitals_chart(
    readings: Sequence[Reading],
    limits: Sequence[Limit] = (),
    until_min: float = 120,
    gaps: Sequence[SignalGap] = (),
    doses: Sequence[Dose] = (),
    *,
    uid: str = "vitals",
) -> SafeString:
    """The session so far as SVG, in a phone and a wide drawing, from the first reading to `until_min`."""
    drawn = [
        frame(
            _parts(readings, limits, until_min, gaps, doses, shape),
            (shape.width, shape.height),
            uid,
            shape.variant,
            "Vital signs since the dose",
            _described(readings),
        )
        for shape in (_PHONE, _WIDE)
    ]
    return box(*drawn)


def vitals_table(readings: Sequence[Reading]) -> list[list[str]]:
    """The chart's twin: minute, pressure, heart rate, oxygen, breaths."""
    return [
        [
            f"{number(reading.minute)} min",
            "" if reading.systolic is None else f"{_said(reading.systolic)}/{_said(reading.diastolic)}",
            _said(reading.heart_rate),
            _said(reading.spo2),
            _said(reading.resp_rate),
        ]
        for reading in readings
    ]


def dose_marks(doses: Sequence[Dose], x: Scale, top: float, foot: float, right: float) -> Iterator[str]:
    """A line through all panels for each dose, a flag at its head and its words beside it, in a second row where the
    first is taken."""
    taken = [float("-inf"), float("-inf")]
    for dose in sorted(doses, key=lambda one: one.minute):
        place = x(dose.minute)
        yield tag("line", class_="c-dose", x1=place, x2=place, y1=top - 6, y2=foot, stroke_width=1)
        yield tag("path", class_="c-dose", d=f"M{number(place)} {number(top - 6)}l-6 -11h12z")
        near_end = place > right - 150
        wide = _LETTER * len(dose.label)
        begins = place - 11 - wide if near_end else place + 11
        row = 1 if taken[0] > begins >= taken[1] else 0
        taken[row] = begins + wide
        at = place + (-11 if near_end else 11)
        yield text(dose.label, at, top - 8 - _ROW * row, "end" if near_end else "start")


def _parts(
    readings: Sequence[Reading],
    limits: Sequence[Limit],
    until_min: float,
    gaps: Sequence[SignalGap],
    doses: Sequence[Dose],
    shape: _Shape,
) -> Iterator[str]:
    right = shape.plot_end
    foot = shape.height - _FOOT
    start = min([0.0, *(reading.minute for reading in readings)])
    x = Scale(start, max(until_min, *(reading.minute for reading in readings), 1.0), shape.left + 8, right - 8)
    scales = {
        "main": _main_scale(readings, foot - 2 * _LANE - 30),
        "spo2": _lane_scale(readings, "spo2", 85, 100, foot - _LANE - 12),
        "rr": _lane_scale(readings, "resp_rate", 0, 30, foot),
    }
    for gap in gaps:
        wide = max(2.0, x(gap.end_min) - x(gap.start_min))
        yield tag("rect", class_="c-gap", x=x(gap.start_min), y=_TOP, width=wide, height=foot - _TOP)
    yield from _grid(scales, shape, x)
    for limit in limits:
        height = scales[limit.panel](limit.value)
        yield tag("line", class_="c-limit", x1=shape.left, x2=right, y1=height, y2=height)
    yield from dose_marks(doses, x, _TOP, foot, right)
    for reading in readings:
        yield from _marks(reading, x(reading.minute), scales)
    for limit in limits:
        yield text(limit.label, right - 2, scales[limit.panel](limit.value) - 5, "end", "c-limit-word")
    yield from _names(readings, scales, right + 8)


def _names(readings: Sequence[Reading], scales: dict[str, Scale], x: float) -> Iterator[str]:
    """The name and last value of each series, at that value's height."""
    heights: list[float] = []
    for name, field, panel in (
        ("HR", "heart_rate", "main"),
        ("BP", "systolic", "main"),
        ("SpO2", "spo2", "spo2"),
        ("RR", "resp_rate", "rr"),
    ):
        values = [value for reading in readings if (value := getattr(reading, field)) is not None]
        if not values:
            continue
        height = scales[panel](values[-1]) + 5
        if any(abs(height - other) < TEXT + 2 for other in heights):
            height -= TEXT + 2
        heights.append(height)
        words = name if name == "BP" else f"{name} {_said(values[-1])}"
        yield text(words, x, height, "start", f"c-key-{name.lower()}")


def _grid(scales: dict[str, Scale], shape: _Shape, x: Scale) -> Iterator[str]:
    main = scales["main"]
    ticks = [("main", value) for value in range(int(main.low), int(main.high) + 1, shape.step_mmhg)]
    ticks += [("spo2", 90), ("spo2", 100), ("rr", 0), ("rr", 20)]
    for panel, value in ticks:
        height = scales[panel](value)
        yield tag("line", class_="c-grid", x1=shape.left, x2=shape.plot_end, y1=height, y2=height)
        yield text(str(value), shape.left - 6, height + 5, "end", "c-quiet")
    for minute in range(0, int(x.high) + 1, shape.step_min):
        words = f"{minute} min" if minute == 0 else str(minute)
        yield text(words, x(minute), shape.height - 8, "middle", "c-quiet")


def _marks(reading: Reading, x: float, scales: dict[str, Scale]) -> Iterator[str]:
    main = scales["main"]
    if reading.systolic is not None and reading.diastolic is not None:
        high, low = main(reading.systolic), main(reading.diastolic)
        yield tag("line", class_="c-bp-stem", x1=x, x2=x, y1=high, y2=low)
        yield tag("path", class_="c-bp", d=f"M{number(x - 6)} {number(high - 7)}l6 7l6 -7")
        yield tag("path", class_="c-bp", d=f"M{number(x - 6)} {number(low + 7)}l6 -7l6 7")
    if reading.heart_rate is not None:
        yield tag("circle", class_="c-hr", cx=x, cy=main(reading.heart_rate), r=4.5)
    if reading.spo2 is not None:
        yield tag("rect", class_="c-spo2", x=x - 4, y=scales["spo2"](reading.spo2) - 4, width=8, height=8)
    if reading.resp_rate is not None:
        height = scales["rr"](reading.resp_rate)
        yield tag("path", class_="c-rr", d=f"M{number(x)} {number(height - 6)}l5 6l-5 6l-5 -6z")


def _main_scale(readings: Sequence[Reading], foot: float) -> Scale:
    """40 to 200, wider only when a value lies outside: the same height always means the same pressure."""
    seen = [
        value
        for reading in readings
        for value in (reading.systolic, reading.diastolic, reading.heart_rate)
        if value is not None
    ]
    return Scale(min(40, *(value // 20 * 20 for value in seen), 40), max(200, *seen, 200), foot, _TOP)


def _lane_scale(readings: Sequence[Reading], name: str, low: float, high: float, foot: float) -> Scale:
    seen = [value for reading in readings if (value := getattr(reading, name)) is not None]
    return Scale(min([low, *seen]), max([high, *seen]), foot - 8, foot - _LANE + 8)


def _said(value: float | None) -> str:
    return "" if value is None else number(value)


def _described(readings: Sequence[Reading]) -> str:
    pressed = [r for r in readings if r.systolic is not None]
    if not pressed:
        return f"{len(readings)} readings; no blood pressure yet."
    peak = max(pressed, key=lambda r: r.systolic or 0)
    last = pressed[-1]
    return (
        f"{len(readings)} readings. Highest blood pressure {_said(peak.systolic)} over {_said(peak.diastolic)} at "
        f"{number(peak.minute)} minutes; last {_said(last.systolic)} over {_said(last.diastolic)} at "
        f"{number(last.minute)} minutes."
    )
