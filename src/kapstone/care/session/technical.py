"""Stretches of time in which a sensor told nothing, or a value that cannot be true. Shown, and never used."""

from dataclasses import dataclass, field
from decimal import Decimal

from kapstone.care.quantities import Instant

from .readings import Judged, Standing
from .signals import SIGNALS, Sensor, channels


@dataclass(slots=True)
class Technical:
    """One such stretch: a lost sensor with all its signals, or one signal with a value beyond belief."""

    kind: Standing
    signals: tuple[str, ...]
    started: Instant
    last: Instant
    value: Decimal
    open: bool = True

    @property
    def what(self) -> str:
        """The sentence for the nurse."""
        signal = SIGNALS[self.signals[0]]
        if self.kind is Standing.LOST:
            return f"Signal lost: {signal.sensor.words}. Look at the patient. Check the sensor and the cable."
        return (
            f"Implausible: {signal.words.lower()} {self.value:f} {signal.unit}. Shown, not used. "
            "Look at the patient and measure by hand."
        )


@dataclass(slots=True)
class TechnicalWatch:
    """Keeps those stretches. A stretch ends as soon as its signal tells something again."""

    episodes: list[Technical] = field(default_factory=list)
    _open: dict[str, Technical] = field(default_factory=dict)

    def take(self, judged: dict[str, Judged], at: Instant) -> None:
        """One judged set of readings, in time order."""
        for sensor in Sensor:
            keys = tuple(key for key in channels(sensor) if key in judged)
            lost = any(judged[key].standing is Standing.LOST for key in keys)
            if keys:
                self._hold(f"lost {sensor}", lost, Standing.LOST, channels(sensor), at, Decimal(0))
        for key, one in judged.items():
            odd = one.standing is Standing.IMPLAUSIBLE
            self._hold(f"odd {key}", odd, Standing.IMPLAUSIBLE, (key,), at, one.value)

    def current(self) -> list[Technical]:
        """What is wrong now."""
        return list(self._open.values())

    def _hold(
        self, name: str, wrong: bool, kind: Standing, signals: tuple[str, ...], at: Instant, value: Decimal
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
