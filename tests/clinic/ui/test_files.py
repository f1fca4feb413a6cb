"""The stylesheet, the sprite, the scripts and the crisis page keep what they promise: small, own, and complete."""

import gzip
import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

UI = Path("src/kapstone/clinic/ground/ui")
CSS = sorted((UI / "css").glob("*.css"))
CRISIS = (UI / "static/ui/crisis.html").read_text("utf-8")
ASKS = {
    "fresh_list.js": ["old.dataset.fresh"],
    "live.js": ["page().changed"],
    "redraw.js": ["location.href"],
    "save_safety.js": ["window.location.pathname"],
    "type_on.js": ["form.dataset.keep"],
}
"""The scripts that speak with this server, and what they ask for."""
TEMPLATES = sorted(Path("src/kapstone").rglob("templates/**/*.html"))


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_assets", "tools/build_assets.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_layer_is_built_and_small(build: ModuleType) -> None:
    assert {file.stem for file in CSS} == set(build.LAYERS)
    css = build.stylesheet()
    assert css.startswith("@layer reset,tokens,base,layout,components,screens,print;")
    assert css.count("{") == css.count("}")
    assert len(gzip.compress(css.encode())) < 8 * 1024


@pytest.mark.parametrize("file", CSS, ids=lambda file: file.name)
def test_css_is_our_own_and_rarely_shouts(file: Path) -> None:
    css = file.read_text("utf-8")
    assert not re.search(r"url\(\s*['\"]?(https?:)?//", css)
    assert "@import" not in css
    if file.name not in {"base.css", "print.css"}:
        assert "!important" not in css
    if file.name == "base.css":
        assert css.count("!important") == css.split("prefers-reduced-motion")[1].count("!important")


def test_fonts_and_credits_come_from_the_wheels(build: ModuleType) -> None:
    assert all(len(face) < 17 * 1024 for face in build.fonts().values())
    font, icons = json.loads(build.credits())
    assert "SIL OPEN FONT LICENSE" in font["text"]
    assert "Lucide" in icons["text"]


def test_a_missing_wheel_is_told_in_one_sentence(
    build: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone() -> str:
        raise build.WheelMissing("lucide is not installed; run `make setup`.")

    monkeypatch.setattr(build, "sprite", gone)
    assert build.main() == 1
    assert capsys.readouterr().err == "lucide is not installed; run `make setup`.\n"


def test_sprite_holds_every_icon_that_is_named(build: ModuleType) -> None:
    named = set()
    for file in [*TEMPLATES, UI / "templatetags/ui.py"]:
        text = file.read_text("utf-8")
        named |= set(re.findall(r"""{% icon ['"]([\w-]+)['"]""", text))
        named |= set(re.findall(r"""include "ui/parts/tag\.html" with [^%]*\bicon=["']([\w-]+)""", text))
    from kapstone.clinic.ground.ui.templatetags.ui import SEVERITIES

    named |= {picture for picture, _ in SEVERITIES.values()}
    assert named <= set(re.findall(r'id="i-([\w-]+)"', build.sprite()))


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_templates_hold_no_inline_style_or_script(file: Path) -> None:
    text = file.read_text("utf-8")
    assert not re.search(r"\sstyle=|\son(click|load|change|submit|input)=|<style", text)
    assert not re.search(r"<script(?![^>]*(\bsrc=|application/json))", text)


@pytest.mark.parametrize("file", sorted((UI / "static/ui/js").glob("*.js")), ids=lambda file: file.name)
def test_scripts_are_tiny_and_store_nothing(file: Path) -> None:
    text = file.read_text("utf-8")
    assert len(text.splitlines()) <= 40
    assert not re.search(r"Storage|cookie|XMLHttpRequest|sendBeacon|innerHTML|eval\(|https?:", text)
    asks = re.findall(r"fetch\(([^,]+),", text)
    assert asks == ASKS.get(file.name, [])


def test_crisis_page_is_light_and_stands_alone() -> None:
    weight = len(CRISIS.encode()) + (UI / "static/ui/crisis.css").stat().st_size
    assert weight < 15 * 1024
    assert not re.search(r"<script|\sstyle=|<img|<iframe", CRISIS)
    assert set(re.findall(r'<link rel="\w+" href="([^"]+)"', CRISIS)) == {"crisis.css", "mark.svg"}


def test_crisis_page_says_every_way_to_reach_someone() -> None:
    for way in (
        "tel:988",
        "sms:988",
        "tel:911",
        "sms:838255",
        "AYUDA",
        "988lifeline.org",
        "videophone",
        "press 1",
        "press 2",
    ):
        assert way in CRISIS
    assert "press 3" not in CRISIS
    assert CRISIS.index("Call 988") < CRISIS.index("tel:911")


def test_crisis_page_reads_at_grade_five_or_below() -> None:
    body = re.sub(r"<(head|header|footer)>.*?</\1>|<!--.*?-->", " ", CRISIS, flags=re.S)
    # A heading or a line of a list is read as a sentence of its own.
    body = re.sub(r"</(h1|h2|li|p)>", ". ", body)
    words_of = re.sub(r"<[^>]+>", " ", body)
    sentences = [s for s in re.split(r"[.:!?]+\s", words_of) if re.search("[a-z]", s)]
    words = re.findall(r"[A-Za-z']+", words_of)
    syllables = sum(_syllables(word.lower()) for word in words)
    assert 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59 <= 5


def _syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)
