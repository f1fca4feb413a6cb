"""One clinic with its people, and a browser that looks at a page at a chosen moment."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client

from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.config import clock
from kapstone.clinic.ground.people.models import User
from tests import cast
from tests.cast import House

Look = Callable[..., Any]


@pytest.fixture
def elm(db: None) -> House:
    """A clinic whose director has signed the policy."""
    return cast._house("Elm Clinic", "elm", cast.MONDAY)


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Look:
    """Opens a page as somebody at a moment; with `data`, sends a form to it."""

    def open_page(user: User, address: str, at: Instant, data: Mapping[str, object] | None = None) -> Any:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = Client()
        client.force_login(user)
        return client.get(address) if data is None else client.post(address, data)

    return open_page


@pytest.fixture
def later() -> Callable[[float], Instant]:
    """So many minutes after the dose began."""
    return lambda number: Instant(cast.DOSE_DAY + minutes(number))
