"""Fixtures that many tests share."""

import pytest
from hypothesis import HealthCheck, settings

from kapstone.clinic.config import clock
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
