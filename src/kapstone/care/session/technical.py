"""Stretches of time in which a sensor told nothing, a value that cannot be true, or the same to the last digit.

All are shown. A lost or impossible value is never used; a flat one is, because it may be true.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, elapsed_min

from .readings import Judged, Standing
from .signals import SIGNALS, Sensor, channels


class Fault(StrEnum):
    """What is wrong with a signal."""

    LOST = Standing.LOST
    IMPLAUSIBLE = Standing.IMPLAUSIBLE
    FLAT = "flat"


LIVELY = ("hr", "pulse", "rr")
"""Signals that never stay the same for minutes in a living person; an oximeter's percentage may."""


@dataclass(slots=True)
class Technical:
    """One such stretch: a lost sensor with all its signals, or one signal beyond belief or never moving."""

    kind: Fault
    signals: tuple[str, ...]
    started: Instant
    last: Instant
    value: Decimal
    open: bool = True

    @property
    def what(self) -> str:
        """The sentence for the nurse."""
        signal = SIGNALS[self.signals[0]]
        if self.kind is Fault.LOST:
            return f"Signal lost: {signal.sensor.words}. Look at the patient. Check the sensor and the cable."
        if self.kind is Fault.FLAT:
            return (
                f"Flat: {signal.words.lower()} {self.value:f} {signal.unit} again and again, to the last digit. "
                "Look at the patient. Check the sensor."
            )
        return (
            f"Implausible: {signal.words.lower()} {self.value:f} {signal.unit}. Shown, not used. "
            "Look at the patient and measure by hand."
        )


@dataclass(slots=True)
class TechnicalWatch:
    """Keeps those stretches. A stretch ends as soon as its signal tells something again."""

    policy: Policy
    episodes: list[Technical] = field(default_factory=list)
    _open: dict[str, Technical] = field(default_factory=dict)
    _same: dict[str, tuple[Decimal, Instant, int]] = field(default_factory=dict)

    def take(self, judged: dict[str, Judged], at: Instant, *, typed: bool = False) -> None:
        """One judged set of readings, in time order. What a person typed is never called flat."""
        for sensor in Sensor:
            keys = tuple(key for key in channels(sensor) if key in judged)
            lost = any(judged[key].standing is Standing.LOST for key in keys)
            if keys:
                self._hold(f"lost {sensor}", lost, Fault.LOST, channels(sensor), at, Decimal(0))
        for key, one in judged.items():
            odd = one.standing is Standing.IMPLAUSIBLE
            self._hold(f"odd {key}", odd, Fault.IMPLAUSIBLE, (key,), at, one.value)

        lively = [judged[key] for key in LIVELY if key in judged and not typed]
        for one in (one for one in lively if one.standing is Standing.USED):
            flat = self._flat(one.signal, one.value, at)
            self._hold(f"flat {one.signal}", flat, Fault.FLAT, (one.signal,), at, one.value)

    def _flat(self, key: str, value: Decimal, at: Instant) -> bool:
        """Whether a device has told this value, to the last digit, for long enough and often enough."""
        before = self._same.get(key)
        since, times = (before[1], before[2] + 1) if before and before[0] == value else (at, 1)
        self._same[key] = (value, since, times)
        return times >= self.policy.number("session.technical.flat_values") and elapsed_min(since, at) >= float(
            self.policy.number("session.technical.flat_min")
        )

    def current(self) -> list[Technical]:
        """What is wrong now."""
        return list(self._open.values())

    def _hold(
        self, name: str, wrong: bool, kind: Fault, signals: tuple[str, ...], at: Instant, value: Decimal
    ) -> None:
        now = self._open.get(name)
        if not wrong:
            if now:
                now.open = False
                del self._open[name]
        elif now:
            now.last = at
        else:
            self._open[name] = Technical(kind, signals, at, at, value)
            self.episodes.append(self._open[name])
