"""Every pair of colours that meets on a page keeps its contrast, computed from tokens.css itself."""

import re
from pathlib import Path

import pytest

TOKENS = Path("src/kapstone/clinic/ground/ui/css/tokens.css").read_text("utf-8")

BODY, TEXT, SHAPE = 7.0, 4.5, 3.0

EVERYWHERE = [
    ("ink", "bg", BODY),
    ("ink", "surface", BODY),
    ("ink", "sunk", BODY),
    ("ink", "raised", BODY),
    ("ink-2", "bg", BODY),
    ("ink-2", "surface", BODY),
    ("ink-3", "bg", TEXT),
    ("ink-3", "surface", TEXT),
    ("ink-3", "sunk", TEXT),
    ("ink-3", "raised", TEXT),
    ("ink", "brand-bg", BODY),
    ("ink", "info-bg", BODY),
    ("ink", "warn-bg", BODY),
    ("ink", "danger-bg", BODY),
    ("ink", "ok-bg", BODY),
    ("control", "surface", SHAPE),
    ("control", "bg", SHAPE),
    ("warn-line", "warn-bg", SHAPE),
    ("brand", "surface", TEXT),
    ("brand", "brand-bg", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-strong", TEXT),
    ("link", "bg", TEXT),
    ("link", "surface", TEXT),
    ("visited", "bg", TEXT),
    ("visited", "surface", TEXT),
    ("info", "info-bg", TEXT),
    ("ok", "ok-bg", TEXT),
    ("warn", "warn-bg", TEXT),
    ("danger", "danger-bg", TEXT),
    ("danger", "surface", TEXT),
    ("danger", "bg", TEXT),
    ("evidence", "evidence-bg", TEXT),
    ("on-solid", "danger-solid", TEXT),
    ("on-solid", "emergency", BODY),
    ("focus-ink", "focus", TEXT),
    ("plot-line", "band-1", TEXT),
    ("plot-line", "band-2", TEXT),
    ("plot-line", "band-3", TEXT),
    ("plot-line", "band-4", TEXT),
    ("plot-line", "band-5", TEXT),
    ("ink", "band-5", TEXT),
]

MONITOR = [
    ("mon-ink", "mon-bg", BODY),
    ("mon-ink", "mon-key", BODY),
    ("mon-ink-2", "mon-tile", BODY),
    ("mon-hr", "mon-tile", BODY),
    ("mon-spo2", "mon-tile", BODY),
    ("mon-bp", "mon-tile", BODY),
    ("mon-rr", "mon-tile", BODY),
    ("mon-sedation", "mon-tile", BODY),
    ("mon-stale", "mon-tile", TEXT),
    ("mon-on-high", "mon-high", TEXT),
    ("mon-on-medium", "mon-medium", TEXT),
    ("mon-on-call", "mon-call", TEXT),
    ("mon-on-low", "mon-low", TEXT),
]


def palette(scheme: str) -> dict[str, str]:
    """The colours of light, dark or dim, as the stylesheet gives them."""
    side = 0 if scheme == "light" else 1
    colours: dict[str, str] = {}
    for name, value in re.findall(r"--([\w-]+):\s*(light-dark\([^)]*\)|#\w{6});", TOKENS.split("/* The dim")[0]):
        found = re.findall(r"#\w{6}", value)
        colours[name] = found[side] if len(found) == 2 else found[0]
    if scheme == "dim":
        dim = TOKENS.split('data-theme="dim"] {\n    --bg')[1].split("}")[0]
        colours |= dict(re.findall(r"--([\w-]+):\s*(#\w{6});", "--bg" + dim))
    return colours


def luminance(colour: str) -> float:
    def linear(part: str) -> float:
        share = int(part, 16) / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(colour[place : place + 2]) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "dim"])
@pytest.mark.parametrize(("ink", "paper", "least"), EVERYWHERE)
def test_pair_keeps_its_contrast(scheme: str, ink: str, paper: str, least: float) -> None:
    colours = palette(scheme)
    assert contrast(colours[ink], colours[paper]) >= least


@pytest.mark.parametrize(("ink", "paper", "least"), MONITOR)
def test_monitor_pair_keeps_its_contrast(ink: str, paper: str, least: float) -> None:
    colours = palette("light")
    assert contrast(colours[ink], colours[paper]) >= least


def test_nothing_in_the_dim_room_is_brighter_than_its_ink() -> None:
    colours = palette("dim")
    papers = ("bg", "surface", "sunk", "raised", "ink", "ink-2", "ink-3", "emergency", "on-solid")
    assert max(luminance(colours[name]) for name in papers) <= luminance("#D5DDDD")


def test_a_high_reminder_is_red_and_pressure_is_not() -> None:
    colours = palette("dark")
    assert (colours["mon-high"], colours["mon-bp"]) == ("#D3281F", "#F2F4F4")
