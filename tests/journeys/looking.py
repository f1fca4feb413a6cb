"""Looks at a page as everybody sees it: phone, tablet, desk, in light and dark; and says what is wrong with it."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

SIZES = {"phone": (390, 844), "tablet": (820, 1180), "desk": (1440, 900)}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")
LEAST_CHART_PX = 12

MEASURE = """() => {
  const wide = document.documentElement.scrollWidth > innerWidth + 1;
  const box = e => e.getBoundingClientRect();
  const shown = e => e.checkVisibility() && box(e).width > 1 && box(e).height > 1;
  const inScroll = e => e.closest('.scroll, .vh, pre, svg');
  const clipped = [...document.querySelectorAll('h1,h2,h3,p,.btn,.tag,td,th,label,legend,li,summary,dt,dd,.tile__n')]
    .filter(e => shown(e) && !inScroll(e) && getComputedStyle(e).display !== 'inline'
                 && e.scrollWidth > e.clientWidth + 1)
    .map(e => e.className + ': ' + e.textContent.trim().slice(0, 40));
  const small = [...document.querySelectorAll('svg text')].filter(shown)
    .map(e => e.getScreenCTM().a * parseFloat(getComputedStyle(e).fontSize));
  const targets = [...document.querySelectorAll('.btn, button, input:not([type=hidden]), select, summary')]
    .filter(e => shown(e) && !e.closest('.skip'))
    .map(e => [e.getBoundingClientRect(), e])
    .filter(([r]) => r.width < 24 || r.height < 24)
    .map(([r, e]) => Math.round(r.height) + ' ' + (e.textContent || e.name).trim().slice(0, 30));
  return {wide, clipped, chart: small.length ? Math.min(...small) : null, targets};
}"""


def problems(page: Page, pictures: Path | None = None, name: str = "") -> list[str]:
    """Everything wrong with this page at every size in both lights, in words."""
    page.evaluate(AXE)
    found = []
    for size, (width, height) in SIZES.items():
        for light in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": height})
            # Without motion, or a colour would be read in the middle of its change.
            page.emulate_media(color_scheme=light, reduced_motion="reduce")  # type: ignore[arg-type]
            found += [f"{page.url} at {size}, {light}: {what}" for what in [*_axe(page), *_measured(page)]]
            if pictures:
                page.screenshot(path=pictures / f"{name}-{size}-{light}.png", full_page=True)
    return found


def _axe(page: Page) -> list[str]:
    result: dict[str, Any] = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [f"axe {one['id']}: {one['nodes'][0]['target']}" for one in result["violations"]]


def _measured(page: Page) -> list[str]:
    told: dict[str, Any] = page.evaluate(MEASURE)
    found = ["it scrolls sideways"] if told["wide"] else []
    found += [f"clipped: {what}" for what in told["clipped"]]
    found += [f"too small to hit: {what}" for what in told["targets"]]
    if told["chart"] is not None and told["chart"] < LEAST_CHART_PX:
        found.append(f"chart text of {told['chart']:.1f} px")
    return found
