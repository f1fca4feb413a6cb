"""Where a dose is given: in the clinic, or at home. Home is a second axis beside the format, and off by default.

Clinical decision 14: a dose at home needs the place today, a licence that matches it, a fresh pressure, a companion,
a call by video or phone, an address for an ambulance, and what remote-prescribing law asks on that day.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kapstone.care.evidence import Policy, Reason
from kapstone.care.evidence.reasons import marked, reason
from kapstone.care.quantities import Instant, elapsed_min

from .formats import Format


class Setting(StrEnum):
    """Where it is given."""

    CLINIC = "clinic"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class AtHome:
    """What is known before a dose at home. None or empty is not known, and counts as missing."""

    place_today: str = ""
    emergency_address: str = ""
    licence_covers_place: bool | None = None
    companion_present: bool | None = None
    call_by: str = ""
    pressure_at: Instant | None = None
    examined_in_person: bool | None = None


def home_is_offered(format_: Format, policy: Policy) -> Reason | None:
    """Why this format is not planned for home at all; None where it may be."""
    if not policy.on("plan.home.allowed"):
        words = marked("Doses at home are off: a medical director has not signed for them.")
        return reason("home.off", words)
    if not format_.home:
        words = marked("{format} is never given at home.")
        return reason("home.format", words, format=format_.name)
    return None


def home_blocks(format_: Format, known: AtHome, policy: Policy, at: Instant, today: date) -> tuple[Reason, ...]:
    """Everything that stops a dose at home now; empty when it may begin. `today` is the date where the patient is."""
    found = [one for one in (home_is_offered(format_, policy),) if one]
    missing = (
        (known.place_today, "place", marked("Where the patient is today was not asked.")),
        (known.emergency_address, "address", marked("No address is written down for an ambulance.")),
        (known.licence_covers_place, "licence", marked("The prescriber's licence was not matched to that place.")),
        (known.companion_present, "companion", marked("No companion is with the patient.")),
        (known.call_by in ("video", "phone"), "call", marked("No call by video or phone stands.")),
    )
    found += [reason(f"home.{key}", words) for there, key, words in missing if not there]
    return (*found, *_pressure(known, policy, at), *_law(known, policy, today))


def _pressure(known: AtHome, policy: Policy, at: Instant) -> list[Reason]:
    fresh = policy.number("plan.home.pressure_fresh_min")
    age = None if known.pressure_at is None else elapsed_min(known.pressure_at, at)
    if age is None or age < 0 or age > float(fresh):
        words = marked("No blood pressure of the last {fresh} minutes.")
        return [reason("home.pressure", words, fresh=fresh)]
    return []


def _law(known: AtHome, policy: Policy, today: date) -> list[Reason]:
    since = str(policy["plan.home.in_person_exam_from"].value)
    if today >= date.fromisoformat(since) and not known.examined_in_person:
        words = marked("From {since} on a prescriber must have examined the patient in person.")
        return [reason("home.law", words, since=since)]
    return []
