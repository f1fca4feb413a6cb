"""Routes that say who may. A route is declared here or the server does not start.

`may` is a verb of the table in `who.py`, or one of three words: ANYONE, SIGNED_IN, or DEMO (anyone, and only where
the clinic is a demo).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import URLPattern, path

from kapstone.clinic.ground.people.who import TABLE

ANYONE = "anyone"
SIGNED_IN = "signed in"
DEMO = "demo"
OPEN_TO = frozenset({ANYONE, SIGNED_IN, DEMO})

View = Callable[..., HttpResponseBase]


def route(pattern: str, view: View, name: str, may: str) -> URLPattern:
    """A path with its declaration. ValueError for a verb that the table does not have."""
    if may not in TABLE and may not in OPEN_TO:
        raise ValueError(f"Route {name}: {may!r} is no verb of the table of who may do what.")

    def declared(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, *args, **kwargs)

    declared.may = may  # type: ignore[attr-defined]
    declared.csrf_exempt = getattr(view, "csrf_exempt", False)  # type: ignore[attr-defined]
    declared.__name__ = name
    declared.__doc__ = view.__doc__
    return path(pattern, declared, name=name)
