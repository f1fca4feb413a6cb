"""The start-up check that every route says who may."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver

from kapstone.clinic.config.accounts import ALLAUTH_MAY


def declared(function: Any, name: str | None) -> str | None:
    """What a route declares, or None."""
    may: str | None = getattr(function, "may", None)
    return may or ALLAUTH_MAY.get(name or "")


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route with its whole pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, prefix + str(entry.pattern))
        else:
            yield prefix + str(entry.pattern), entry


def routes_declare_who_may(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for each route that does not declare who may."""
    return [
        Error(
            f"The route /{pattern} does not say who may open it.",
            hint="Declare it with route(..., may=...) from ground/people/routes.py.",
            id="kapstone.E001",
        )
        for pattern, entry in routes()
        if declared(entry.callback, entry.name) is None
    ]
