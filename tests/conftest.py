"""Fixtures that many tests share."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings

from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.people.models import User
from tests import cast

# Speed is measured in `kapstone bench`; a busy machine must not fail a property that holds.
settings.register_profile("kapstone", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kapstone")

pytest_plugins = ["tests.safety.plugin"]


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic's clock stands at the cast's now."""
    monkeypatch.setattr(clock, "now", lambda: cast.NOW)


@pytest.fixture
def everybody(db: None, at_now: None) -> cast.Cast:
    """The standing cast."""
    return cast.assemble()


@pytest.fixture
def elm(db: None) -> cast.House:
    """A clinic whose director has signed the policy, on Monday."""
    return cast._house("Elm Clinic", "elm", cast.MONDAY)


@pytest.fixture
def see(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """Opens a page, or sends a form to it, as somebody at a moment: `LOOKED_AT` of the test's file, or Monday."""
    usual = getattr(request.module, "LOOKED_AT", cast.MONDAY)

    def look(user: User, address: str, data: dict[str, object] | None = None, at: Instant = usual) -> Any:
        monkeypatch.setattr(clock, "now", lambda: at)
        client = Client()
        client.force_login(user)
        return client.post(address, data) if data is not None else client.get(address)

    return look
