"""What a bedside measures: seven signals, each with its unit and the sensor it comes from.

The sensor matters because a cable takes all its channels with it, while a patient who stops breathing does not
stop the heart's channel on the same cable.
"""

from dataclasses import dataclass
from enum import StrEnum


class Sensor(StrEnum):
    """What is fastened to the patient."""

    ECG = "ecg"
    OXIMETER = "oximeter"
    CUFF = "cuff"

    @property
    def words(self) -> str:
        """The name people use."""
        return {
            Sensor.ECG: "heart and breathing leads",
            Sensor.OXIMETER: "finger sensor",
            Sensor.CUFF: "pressure cuff",
        }[self]


@dataclass(frozen=True, slots=True)
class Signal:
    """One kind of value. `places` is how many decimals are shown."""

    key: str
    words: str
    unit: str
    sensor: Sensor
    places: int = 0


SIGNALS: dict[str, Signal] = {
    signal.key: signal
    for signal in (
        Signal("hr", "Heart rate", "/min", Sensor.ECG),
        Signal("rr", "Breaths", "/min", Sensor.ECG),
        Signal("spo2", "Oxygen", "%", Sensor.OXIMETER),
        Signal("pulse", "Pulse", "/min", Sensor.OXIMETER),
        Signal("sbp", "Systolic pressure", "mmHg", Sensor.CUFF),
        Signal("dbp", "Diastolic pressure", "mmHg", Sensor.CUFF),
        Signal("map", "Mean pressure", "mmHg", Sensor.CUFF),
    )
}

HEART = ("hr", "pulse")


def channels(sensor: Sensor) -> tuple[str, ...]:
    """The signals that one sensor carries, the one people name first."""
    return tuple(key for key, signal in SIGNALS.items() if signal.sensor is sensor)
