"""Requests that are refused before any room sees them: text that no database takes, and forms without their token."""

from collections.abc import Callable, Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

NUL = "\x00"
NOT_SHOWN_BACK = ("csrf", "password", "code", "event_id")
"""Parts of the names of fields that hold a secret, or nothing that anyone typed."""


class NulMiddleware:
    """Refuses a NUL anywhere in a request: PostgreSQL takes none in text, and nobody types one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answers 400 where there is one."""
        if not any(NUL in text for text in _texts(request)):
            return self.get_response(request)
        words = {
            "title": "This request cannot be read",
            "sentence": "It holds a character (NUL) that no text here may hold. Type the text again, and send it.",
        }
        return render(request, "config/sentence.html", words, status=400)


def _texts(request: HttpRequest) -> Iterable[str]:
    yield request.path
    for name, value in request.COOKIES.items():
        yield name
        yield value
    for given in (request.GET, request.POST):
        for name, values in given.lists():
            yield name
            yield from (str(value) for value in values)


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a form whose token does not fit: nothing is saved, and what was typed is given back."""
    typed = [
        {
            "name": name.replace("_", " ").capitalize(),
            "text": text,
            "rows": min(12, 1 + text.count("\n") + len(text) // 60),
        }
        for name, texts in request.POST.lists()
        if not any(part in name.lower() for part in NOT_SHOWN_BACK)
        for text in map(str, texts)
        if text.strip()
    ]
    response = render(request, "config/not_saved.html", {"typed": typed}, status=403)
    response.headers["Cache-Control"] = "no-store"
    return response
