"""The few drawing words that every chart uses: an escaped element, a scale, a frame with title and description."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

TEXT = 16
"""Size of all chart text in viewBox units; the narrowest page shrinks it to 12 px and never below."""


def number(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def tag(name: str, inside: str = "", **attributes: str | float) -> str:
    """One element. Underscores in names become dashes; a trailing one is dropped (class_). Values are escaped."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value if isinstance(value, str) else number(value))}"'
        for key, value in attributes.items()
    )
    return f"<{name}{said}>{inside}</{name}>" if inside else f"<{name}{said}/>"


def text(words: str, x: float, y: float, anchor: str = "start", class_: str = "") -> str:
    """Escaped words at a place."""
    extra = {"class_": class_} if class_ else {}
    return tag("text", escape(words), x=x, y=y, font_size=TEXT, text_anchor=anchor, **extra)


def path(points: Iterable[tuple[float, float]], class_: str) -> str:
    """A line through the points."""
    return tag("path", d="M" + "L".join(f"{number(x)} {number(y)}" for x, y in points), class_=class_)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values to places: `low` sits at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def frame(parts: Iterable[str], size: tuple[int, int], uid: str, variant: str, title: str, desc: str) -> str:
    """The <svg> itself, named and described for those who do not see it."""
    name = f"{uid}-{variant}"
    return tag(
        "svg",
        tag("title", escape(title), id=f"{name}-t") + tag("desc", escape(desc), id=f"{name}-d") + "".join(parts),
        class_=f"chart__{variant}",
        viewBox=f"0 0 {size[0]} {size[1]}",
        role="img",
        aria_labelledby=f"{name}-t {name}-d",
    )


def box(phone: str, wide: str) -> SafeString:
    """Both drawings; the stylesheet shows the one that fits the width."""
    return SafeString(f'<div class="chart">{phone}{wide}</div>')


SHAPES = {
    "hr": '<circle cx="12" cy="12" r="8"/>',
    "spo2": '<path d="M5 5h14v14H5z"/>',
    "bp": '<path d="M4 4l8 8 8-8v4l-8 8-8-8z"/>',
    "rr": '<path d="M12 2l9 10-9 10-9-10z"/>',
    "sedation": '<path d="M12 4l10 16H2z"/>',
}


def shape(series: str) -> str:
    """The mark of a vital sign, as the chart draws it: for its tile, beside its name."""
    return tag("svg", SHAPES[series], class_="shape", viewBox="0 0 24 24", aria_hidden="true", focusable="false")


def dots(count: int, label: str, of: int = 10) -> str:
    """So many of `of` people, ten to a line, as circles. The label says it in words."""
    circles = [tag("circle", cx=11 + 24 * (i % 10), cy=11 + 24 * (i // 10), r=8, **_on(i < count)) for i in range(of)]
    height = 22 + 24 * ((of - 1) // 10)
    return tag(
        "svg",
        "".join(circles),
        class_="dots",
        viewBox=f"0 0 238 {height}",
        role="img",
        aria_label=label,
    )


def _on(filled: bool) -> dict[str, str]:
    return {"class_": "dots__on"} if filled else {}
