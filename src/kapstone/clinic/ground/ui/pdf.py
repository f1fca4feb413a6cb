"""A page as a PDF that a screen reader can read: the same template and the same drawings, black on white.

WeasyPrint is loaded when the first PDF is asked for, since a page never needs it. Nothing is fetched: fonts come from
our own files, and any other address is refused.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

HERE = Path(__file__).parent
BUILT = HERE / "static" / "ui" / "built"
FONTS = ("AtkinsonHyperlegible-Regular.woff2", "AtkinsonHyperlegible-Bold.woff2")

ON_PAPER = (
    "text{font-family:Atkinson,sans-serif;fill:#000}.c-quiet{fill:#333}.c-grid{stroke:#999;stroke-width:.8}"
    ".c-limit{stroke:#000;stroke-width:1.2;stroke-dasharray:6 5}.c-gap{fill:#ddd}"
    ".c-bp{fill:none;stroke:#000;stroke-width:2.2}.c-bp-stem{stroke:#000;stroke-width:.8}"
    ".c-hr{fill:#000}.c-spo2{fill:#fff;stroke:#000;stroke-width:1.6}.c-rr{fill:#000}"
    ".c-dose{fill:#000;stroke:#000}"
)
"""How a chart is drawn on paper: by shape and by black, filled or hollow, never by colour."""


class NoPdf(Exception):
    """This machine cannot make a PDF; the text says what it lacks. The page prints from any browser."""


def pdf(request: HttpRequest, template: str, context: Mapping[str, Any], foot: str) -> bytes:
    """The template as a tagged PDF (PDF/UA-1), with `foot` at the foot of each page. NoPdf where pango is missing."""
    html = render_to_string(
        template,
        {**context, "base": "ui/document.html", "document_foot": foot},
        request,
    )
    try:
        import weasyprint
    except OSError as missing:
        raise NoPdf(
            "This machine lacks pango, which draws PDFs. Install libpango-1.0-0, libpangoft2-1.0-0 and "
            "libharfbuzz-subset0; until then print the page from the browser."
        ) from missing

    class Own(weasyprint.urls.URLFetcher):
        """Our own fonts and nothing else."""

        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> object:
            name = url.removeprefix("kapstone:")
            if name not in FONTS:
                raise ValueError(f"A document loads nothing from elsewhere: {url}")
            return super().fetch((BUILT / name).as_uri(), headers)

    styled = _on_paper(html).replace("</head>", f"<style>{_stylesheet()}</style></head>", 1)
    made = weasyprint.HTML(string=styled, url_fetcher=Own())
    found: bytes = made.write_pdf(pdf_variant="pdf/ua-1")
    return found


def _stylesheet() -> str:
    return (HERE / "document.css").read_text("utf-8")


def _on_paper(html: str) -> str:
    """Gives each drawing its own rules: the engine applies none of the page's to it."""
    return re.sub(r"(<svg\b[^>]*>)", rf"\1<style>{ON_PAPER}</style>", html)
