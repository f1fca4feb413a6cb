"""Fixtures that many tests share."""

import pytest

from kapstone.clinic.config import clock
from tests import cast

pytest_plugins = ["tests.safety.plugin"]


@pytest.fixture
def at_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clinic's clock stands at the cast's now."""
    monkeypatch.setattr(clock, "now", lambda: cast.NOW)


@pytest.fixture
def everybody(db: None, at_now: None) -> cast.Cast:
    """The standing cast."""
    return cast.assemble()
