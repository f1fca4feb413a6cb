"""Makes the built static files: the joined stylesheet, the subset fonts, the icon sprite and their credits.

Fonts and icons come from wheels pinned in requirements/build.txt, so nothing of theirs is kept in this
repository. Running it twice gives the same bytes.
"""

import hashlib
import io
import json
import re
import sys
import xml.etree.ElementTree as ET
from importlib import metadata
from pathlib import Path
from zipfile import ZipFile

UI = Path(__file__).resolve().parent.parent / "src" / "kapstone" / "clinic" / "ground" / "ui"
BUILT = UI / "static" / "ui" / "built"
LAYERS = ("reset", "tokens", "base", "layout", "components", "screens", "print")

FONT_WHEEL = "fontpkg-atkinson-hyperlegible"
FONT_FILES = ("AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf")
# Latin-1 and the signs that our sentences use beyond it; the font has no arrows, so icons are drawn instead.
FONT_LETTERS = [*range(0x20, 0x7F), *range(0xA0, 0x100), *map(ord, "ŒœŠšŽž–—‘’‚“”„•…−≈≠≤≥€™")]

ICON_WHEEL = "lucide"
ICONS = tuple((UI / "icons.txt").read_text("utf-8").split())

SVG = "http://www.w3.org/2000/svg"


class WheelMissing(Exception):
    """A build wheel is not installed; the message says what to do."""


def main() -> int:
    """Builds everything. Returns 0, or 1 with one sentence on stderr when a wheel is missing."""
    try:
        made = {
            "kapstone.css": stylesheet().encode(),
            "icons.svg": sprite().encode(),
            **fonts(),
            "credits.json": credits().encode(),
        }
    except WheelMissing as problem:
        print(problem, file=sys.stderr)
        return 1
    BUILT.mkdir(parents=True, exist_ok=True)
    for name, body in made.items():
        file = BUILT / name
        if not file.exists() or file.read_bytes() != body:
            file.write_bytes(body)
        print(f"{file.relative_to(UI)}  {len(body) / 1024:.1f} KB")
    for old in set(BUILT.iterdir()) - {BUILT / name for name in made}:
        old.unlink()
    return 0


def stylesheet() -> str:
    """Every layer in order, with comments and spare space taken out."""
    layers = [squeeze((UI / "css" / f"{layer}.css").read_text("utf-8")) for layer in LAYERS]
    return "\n".join([f"@layer {','.join(LAYERS)};", *layers])


def squeeze(css: str) -> str:
    """The same rules in fewer bytes. Space around colons and operators stays: it can carry meaning."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,])\s*", r"\1", css)
    return css.replace(";}", "}").strip()


def sprite() -> str:
    """One SVG file with a symbol `i-name` for each icon."""
    root = ET.Element("svg", {"xmlns": SVG})
    with ZipFile(io.BytesIO(_wheel_file(ICON_WHEEL, "lucide/lucide.zip").read_bytes())) as icons:
        for name in ICONS:
            drawing = ET.fromstring(icons.read(f"{name}.svg"))
            symbol = ET.SubElement(root, "symbol", {"id": f"i-{name}", "viewBox": "0 0 24 24"})
            for line in drawing:
                ET.SubElement(symbol, line.tag.removeprefix(f"{{{SVG}}}"), dict(line.attrib))
    return ET.tostring(root, encoding="unicode")


def fonts() -> dict[str, bytes]:
    """The two faces, cut to the letters we use, as woff2."""
    try:
        from fontTools.subset import Options, Subsetter
        from fontTools.ttLib import TTFont
    except ImportError:
        raise WheelMissing(_say_missing("fonttools")) from None
    made = {}
    for name in FONT_FILES:
        # The file's own date stays, so that the same font gives the same bytes.
        source = _wheel_file(FONT_WHEEL, f"fontpkg_atkinson_hyperlegible/files/{name}")
        font = TTFont(source, recalcTimestamp=False)
        options = Options()
        options.flavor = "woff2"
        options.layout_features = ["ccmp", "kern", "locl", "mark", "tnum", "pnum"]
        options.hinting = False
        cutter = Subsetter(options)
        cutter.populate(unicodes=FONT_LETTERS)
        cutter.subset(font)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
        made[name.replace(".ttf", ".woff2")] = out.getvalue()
    return made


def credits() -> str:
    """What we ship that others made, with the licences as their wheels state them."""
    rows = [
        _credit(FONT_WHEEL, "Atkinson Hyperlegible", "Letters, cut to the Latin-1 set"),
        _credit(ICON_WHEEL, "Lucide", f"{len(ICONS)} icons, joined into one file"),
    ]
    return json.dumps(rows, indent=1, ensure_ascii=False)


def _credit(wheel: str, name: str, use: str) -> dict[str, str]:
    about = _distribution(wheel).metadata
    files = _distribution(wheel).files or []
    licence = next(file for file in files if file.name == "LICENSE" and "dist-info" in str(file))
    text = Path(str(licence.locate())).read_text("utf-8")
    return {
        "name": name,
        "use": use,
        "version": about["Version"],
        "licence": about.get("License-Expression") or about.get("License") or "see text",
        "text": text,
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
    }


def _distribution(wheel: str) -> metadata.Distribution:
    try:
        return metadata.distribution(wheel)
    except metadata.PackageNotFoundError:
        raise WheelMissing(_say_missing(wheel)) from None


def _wheel_file(wheel: str, inside: str) -> Path:
    file = Path(str(_distribution(wheel).locate_file(inside)))
    if not file.exists():
        raise WheelMissing(f"The installed {wheel} has no {inside}; run `make setup`.")
    return file


def _say_missing(wheel: str) -> str:
    return f"{wheel} is not installed; run `make setup`, which installs requirements/build.txt."


if __name__ == "__main__":
    sys.exit(main())
