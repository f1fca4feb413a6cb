"""What is measured at a chair: each signal with its unit and what it is read from.

The sensor matters because a cable takes all its channels with it, while a patient who stops breathing does not
stop the heart's channel on the same cable. A score that a person gives has no cable at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kapstone.care.evidence.reasons import marked


class Sensor(StrEnum):
    """What is fastened to the patient, or the person who looks."""

    ECG = "ecg"
    OXIMETER = "oximeter"
    CUFF = "cuff"
    PERSON = "person"

    @property
    def words(self) -> str:
        """The name people use."""
        return {
            Sensor.ECG: "heart and breathing leads",
            Sensor.OXIMETER: "finger sensor",
            Sensor.CUFF: "pressure cuff",
            Sensor.PERSON: "a person",
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
        Signal("moaas", "Sedation", "MOAA/S 0 to 5", Sensor.PERSON),
        Signal("nausea", "Nausea", "of 10", Sensor.PERSON),
        Signal("distress", "Distress", "of 10", Sensor.PERSON),
    )
}

BEDSIDE = tuple(key for key, signal in SIGNALS.items() if signal.sensor is not Sensor.PERSON)
"""The signals that a bedside monitor has."""

HEART = ("hr", "pulse")

SEDATION: dict[int, str] = {
    5: marked("Answers readily to the name"),
    4: marked("Answers slowly to the name"),
    3: marked("Answers only when called loudly or again and again"),
    2: marked("Answers only to a mild push or shake"),
    1: marked("Answers only to a painful squeeze of the shoulder"),
    0: marked("Does not answer to a painful squeeze"),
}
"""What each point of MOAA/S means, in our own words: the scale as Chernik 1990 modified has it (read second-hand)."""


def named(keys: Iterable[str]) -> str:
    """Signals as a list in a sentence; the two pressures of a cuff as one."""
    words = ["pressure" if key in ("sbp", "dbp") else SIGNALS[key].words.lower() for key in keys]
    return ", ".join(dict.fromkeys(words))


def channels(sensor: Sensor) -> tuple[str, ...]:
    """The signals that one sensor carries, the one people name first."""
    return tuple(key for key, signal in SIGNALS.items() if signal.sensor is sensor)
