"""Reads the forms of a page as a browser would send them, so that a test sends what a person saw."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    """Collects every field of a page's posting form."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.area: str | None = None
        self.select: str | None = None
        self.posting = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name = given.get("name")
        if tag == "form":
            self.posting = given.get("method") == "post"
        elif self.posting and tag == "textarea" and name:
            self.area = name
            self.values[name] = [""]
        elif self.posting and tag == "select":
            self.select = name
        elif self.posting and tag == "option" and self.select and "selected" in given:
            self.values[self.select] = [given.get("value") or ""]
        elif self.posting and tag == "input" and name:
            ticked = given.get("type") not in {"radio", "checkbox"} or "checked" in given
            if ticked:
                self.values.setdefault(name, []).append(given.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self.area = None if tag == "textarea" else self.area
        self.select = None if tag == "select" else self.select

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area][0] += data


def filled_in(page: str) -> dict[str, list[str]]:
    """The fields of a page's posting forms with what they show."""
    found = _Forms()
    found.feed(page)
    return found.values
