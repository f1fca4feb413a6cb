"""The one clock. Everything else is told the moment."""

from datetime import UTC, datetime

from kapstone.care.quantities import Instant


def now() -> Instant:
    """This moment, in UTC."""
    return Instant(datetime.now(UTC))
