"""A score over weeks: severity bands, every point, gaps left open, sessions as triangles, and the same as a table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from .draw import Scale, box, frame, path, tag, text


@dataclass(frozen=True, slots=True)
class Band:
    """One severity range, both ends included; `short` is its name on a phone."""

    low: int
    high: int
    name: str
    short: str


PHQ9_BANDS = (
    Band(0, 4, "Minimal", "Minimal"),
    Band(5, 9, "Mild", "Mild"),
    Band(10, 14, "Moderate", "Moderate"),
    Band(15, 19, "Moderately severe", "Mod. severe"),
    Band(20, 27, "Severe", "Severe"),
)


@dataclass(frozen=True, slots=True)
class ScorePoint:
    """One check-in: days since the first, the score (None when it was missed), and its date in words."""

    day: float
    score: int | None
    when: str = ""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Sizes of one variant, in viewBox units; the wide one has room for full names and the bands' numbers."""

    variant: str
    width: int
    height: int
    left: int
    right: int
    ticks: int

    @property
    def wide(self) -> bool:
        return self.variant == "wide"


_PHONE = _Shape("phone", 328, 330, 100, 12, 5)
_WIDE = _Shape("wide", 640, 340, 148, 40, 9)
_TOP, _FOOT = 30, 62


def score_chart(
    points: Sequence[ScorePoint],
    sessions: Sequence[float] = (),
    bands: Sequence[Band] = PHQ9_BANDS,
    *,
    name: str = "Depression score (PHQ-9)",
    threshold: int | None = None,
    gap_days: float = 35,
    uid: str = "score",
) -> SafeString:
    """The trajectory as SVG, in a phone and a wide drawing; empty when no check-in has a score.

    The axis is the whole range of the bands, always, and lower is better. A missed check-in or more than
    `gap_days` without one leaves the line open. `sessions` are days. `uid` must be unique on the page.
    """
    scored = [point for point in points if point.score is not None]
    if not scored:
        return SafeString("")
    title = f"{name} over time; lower is better"
    drawn = [
        frame(
            _parts(points, sessions, bands, threshold, gap_days, shape),
            (shape.width, shape.height),
            uid,
            shape.variant,
            title,
            _described(scored, sessions),
        )
        for shape in (_PHONE, _WIDE)
    ]
    return box(*drawn)


def score_table(points: Sequence[ScorePoint], bands: Sequence[Band] = PHQ9_BANDS) -> list[list[str]]:
    """The chart's twin: date or week, score, severity; a missed check-in says so."""
    return [
        [
            point.when or f"Week {point.day / 7:.0f}",
            "Not filled in" if point.score is None else str(point.score),
            "" if point.score is None else _band(point.score, bands).name,
        ]
        for point in points
    ]


def _parts(
    points: Sequence[ScorePoint],
    sessions: Sequence[float],
    bands: Sequence[Band],
    threshold: int | None,
    gap_days: float,
    shape: _Shape,
) -> Iterator[str]:
    floor = shape.height - _FOOT
    days = [point.day for point in points] + list(sessions)
    last = max(7.0, max(days))
    x = Scale(min(0.0, min(days)), last, shape.left + 14, shape.width - shape.right - 14)
    y = Scale(bands[0].low, bands[-1].high, floor, _TOP)
    yield from _bands(bands, y, shape)
    if threshold is not None:
        yield tag(
            "line",
            class_="c-threshold",
            x1=shape.left,
            x2=shape.width - shape.right,
            y1=y(threshold),
            y2=y(threshold),
        )
    for run in _runs(points, gap_days):
        if len(run) > 1:
            yield path([(x(day), y(score)) for day, score in run], "c-line")
    scored = [(point.day, point.score) for point in points if point.score is not None]
    for day, score in scored:
        yield tag("circle", class_="c-dot", cx=x(day), cy=y(score), r=5)
    yield from _labels(scored, x, y)
    for day in sessions:
        yield tag("path", class_="c-session", d=f"M{x(day):.1f} {floor + 7}l-6 11h12z")
    if sessions:
        yield text("session", shape.left - 8, floor + 19, "end", "c-quiet")
    yield text("week", shape.left - 8, shape.height - 10, "end", "c-quiet")
    for week in _weeks(last / 7, shape.ticks):
        yield text(str(week), x(week * 7), shape.height - 10, "middle")


def _bands(bands: Sequence[Band], y: Scale, shape: _Shape) -> Iterator[str]:
    for place, band in enumerate(bands, 1):
        # Borders lie half way between the last score of one band and the first of the next; 1 unit stays open.
        top = y(band.high + 0.5) if place < len(bands) else y(band.high)
        foot = y(band.low - 0.5) if place > 1 else y(band.low)
        yield tag(
            "rect",
            class_=f"c-band-{place}",
            x=shape.left,
            y=top,
            width=shape.width - shape.left - shape.right,
            height=foot - top - 1,
        )
        yield text(band.name if shape.wide else band.short, shape.left - 8, (top + foot) / 2 + 5, "end", "c-quiet")
        if shape.wide:
            yield text(str(band.low), shape.width - shape.right + 6, foot, "start", "c-quiet")
    if shape.wide:
        yield text(str(bands[-1].high), shape.width - shape.right + 6, _TOP + 10, "start", "c-quiet")


def _labels(scored: Sequence[tuple[float, int]], x: Scale, y: Scale) -> Iterator[str]:
    """The first, the best and the last score, said beside their points and never on top of each other."""
    best = min(range(len(scored)), key=lambda place: scored[place][1])
    taken: list[float] = []
    for place in dict.fromkeys((0, len(scored) - 1, best)):
        day, score = scored[place]
        if any(abs(x(day) - other) < 26 for other in taken):
            continue
        taken.append(x(day))
        below = place == best and place not in (0, len(scored) - 1) and y(score) < y(y.low) - 28
        yield text(str(score), x(day), y(score) + (25 if below else -12), "middle", "c-bold")


def _runs(points: Sequence[ScorePoint], gap_days: float) -> Iterator[list[tuple[float, int]]]:
    run: list[tuple[float, int]] = []
    for point in points:
        if run and (point.score is None or point.day - run[-1][0] > gap_days):
            yield run
            run = []
        if point.score is not None:
            run.append((point.day, point.score))
    if run:
        yield run


def _weeks(last: float, most: int) -> range:
    step = next((step for step in (1, 2, 4, 8, 13, 26, 52) if last / step < most), 104)
    return range(0, int(last) + 1, step)


def _band(score: int, bands: Sequence[Band]) -> Band:
    return next(band for band in bands if band.low <= score <= band.high)


def _described(scored: Sequence[ScorePoint], sessions: Sequence[float]) -> str:
    first, last = scored[0], scored[-1]
    best = min(scored, key=lambda point: point.score or 0)
    return (
        f"{first.score} at the start, {best.score} at best, {last.score} at the last check-in, "
        f"week {last.day / 7:.0f}. {len(scored)} check-ins, {len(sessions)} sessions."
    )
