"""What people measure, see, set and write around the drug. Each act is one line of the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.care.session import NOT_YET, OBSERVED, SIGNALS
from kapstone.care.session.parts import PARTS, SETTINGS
from kapstone.care.session.slots import REASONS, SlotState
from kapstone.clinic.ground.concerns.actions import raise_within
from kapstone.clinic.ground.concerns.models import Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.session.chairs.queries import chairs, running
from kapstone.clinic.session.devices.actions import unconfirm_within
from kapstone.clinic.session.lines import held, may_follow, sign_for, write_line
from kapstone.clinic.session.models import TreatmentSession
from kapstone.clinic.session.record import already, append, lock_clinic

CLOSABLE = (SlotState.DUE, SlotState.OVERDUE, SlotState.MISSED)


@dataclass(frozen=True, slots=True)
class Reading:
    """One set of readings as a person gave it. `at` is when it was true, where that is not now."""

    values: Mapping[str, Decimal]
    at: Instant | None = None
    event_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Looked:
    """One thing that a person looked at: met or not yet, in their own words."""

    what: str
    finding: str
    words: str = ""

    @property
    def payload(self) -> dict[str, str]:
        """What stands in the record beside the words."""
        return {"what": self.what, "finding": self.finding}


@action("session.chart")
def record(act: Act, session_id: UUID, readings: Sequence[Reading]) -> None:
    """Adds one or more sets of readings; a batch is one act. An empty set is refused."""
    now = held(act, session_id, "session.chart")
    for reading in readings:
        if not reading.values:
            raise Refused("Give at least one reading; what was not measured stays blank.", "values")
        if unknown := set(reading.values) - set(SIGNALS):
            raise Refused(f"{sorted(unknown)[0]} is no signal; give one of {', '.join(SIGNALS)}.", "values")
        may_follow(now, "reading")
        payload = {"values": {key: str(value) for key, value in reading.values.items()}, "entered": "typed"}
        append(act, now.session, "reading", payload, at=reading.at, event_id=reading.event_id)
    sign_for(now.session, "readings", count=len(readings))


@action("session.chart")
def close_slot(
    act: Act, session_id: UUID, minute: int, why: str, words: str = "", event_id: UUID | None = None
) -> None:
    """A set of readings was not taken, with the reason. What is taken later still counts."""
    now = held(act, session_id, "session.chart")
    if why not in REASONS:
        raise Refused(f"Choose why: {', '.join(REASONS.values())}.", "why")
    if why == "other" and len(words.strip()) < 3:
        raise Refused("Write the reason in a few words.", "words")
    new = not already(now.session, event_id, "slot_closed")
    if new and not any(one.minute == minute and one.standing in CLOSABLE for one in now.slots(act.at)):
        raise Refused(f"The set of minute {minute} is not open: it is taken, closed, or its time has not come.")
    payload = {"minute": str(minute), "reason": why}
    write_line(act, session_id, "slot_closed", payload, words=words.strip(), event_id=event_id)


@action("session.chart")
def take_over(act: Act, session_id: UUID, read_back: bool, words: str = "", event_id: UUID | None = None) -> None:
    """This person answers for the patient from now on, after reading back aloud what the other handed over."""
    now = held(act, session_id, "session.chart")
    if already(now.session, event_id, "taken_over"):
        return sign_for(now.session, "already taken over")
    may_follow(now, "taken_over")
    if now.state.owner == str(act.person.id):
        raise Refused("You answer for this patient already.")
    if not read_back:
        raise Refused("Read back aloud what stands above, then tick that you did.", "read_back")
    payload = {"from": now.state.owner, "read_back": "yes"}
    append(act, now.session, "taken_over", payload, words=words.strip(), event_id=event_id)
    return sign_for(now.session, "taken over")


@action("session.chart")
def seat_elsewhere(act: Act, session_id: UUID, chair: int, event_id: UUID | None = None) -> None:
    """The patient sits in another chair from now on. Refused where somebody sits in it."""
    now = held(act, session_id, "session.chart")
    lock_clinic(act.clinic.id)
    if chair not in [one.number for one in chairs(act.clinic)]:
        raise Refused("Choose a chair of this clinic.", "chair")
    if any(one.state.chair == str(chair) and one.session.id != session_id for one in running(act)):
        raise Refused("Somebody sits in this chair. Choose another.", "chair")
    may_follow(now, "seated")
    append(act, now.session, "seated", {"chair": str(chair)}, event_id=event_id)
    unconfirm_within(act, now.session)
    sign_for(now.session, "seated")


@action("session.note")
def move_part(act: Act, session_id: UUID, part: str, event_id: UUID | None = None) -> None:
    """The session is now in another part, as the one who sits with the patient sees it."""
    if part not in PARTS:
        raise Refused(f"Choose a part: {', '.join(PARTS.values())}.", "part")
    write_line(act, session_id, "part", {"name": part}, event_id=event_id, verb="session.note")


@action("session.chart")
def mark_seen(
    act: Act, session_id: UUID, reminder: str, event_id: UUID | None = None, told: str | None = None
) -> None:
    """Seen, watching, look again in 5 minutes. `told` is when the page says it told; what came later was not seen."""
    now = held(act, session_id, "session.chart")
    for episode in now.state.watch.current():
        if episode.rule.id == reminder and told is not None and episode.told.isoformat() != told:
            raise Refused(f"It is worse than this page showed: {episode.what} Look, and press again.")
    write_line(act, session_id, "reminder_seen", {"reminder": reminder}, event_id=event_id)


@action("session.chart")
def observe(act: Act, session_id: UUID, what: str, finding: str, words: str, event_id: UUID | None = None) -> None:
    """Writes what a person saw: met or not yet, in their own words where it is about dissociation."""
    looked = Looked(what, finding, words.strip())
    _can_be_written(looked)
    session, new = write_line(act, session_id, "observation", looked.payload, words=looked.words, event_id=event_id)
    if new:
        _told_of_death(act, session, looked)


@action("session.chart")
def observe_all(act: Act, session_id: UUID, round_: Sequence[Looked]) -> None:
    """Writes what a person saw in one round, as before release; a batch is one act."""
    now = held(act, session_id, "session.chart")
    may_follow(now, "observation")
    for looked in round_:
        _can_be_written(looked)
        append(act, now.session, "observation", looked.payload, words=looked.words.strip())
        _told_of_death(act, now.session, looked)
    sign_for(now.session, "observations", count=len(round_))


def _can_be_written(looked: Looked) -> None:
    if looked.what not in OBSERVED:
        raise Refused(f"Choose what you looked at: {', '.join(OBSERVED)}.", "what")
    if looked.what in ("dissociation", "ideation", "way_home") and len(looked.words.strip()) < 3:
        raise Refused(f"{OBSERVED[looked.what]}: write it in your own words.", "words")


def _told_of_death(act: Act, session: TreatmentSession, looked: Looked) -> None:
    if looked.what == "ideation" and looked.finding == NOT_YET:
        raise_within(act, session.patient, Tier.NOW, "session", "Suicidal thoughts told in the session.")


@action("session.note")
def note(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """A note, by anyone in the room."""
    if not words.strip():
        raise Refused("Write something, or leave the note.", "words")
    write_line(act, session_id, "note", {}, words=words.strip(), event_id=event_id, verb="session.note")


@action("session.note")
def set_setting(act: Act, session_id: UUID, setting: Mapping[str, str], event_id: UUID | None = None) -> None:
    """Eye mask, music, light, blanket and how long the therapist stays."""
    if not setting:
        raise Refused("Choose at least one thing about the room, or leave it.")
    for name, value in setting.items():
        if name not in SETTINGS or value not in SETTINGS[name][1]:
            raise Refused(f"The room has no {name.replace('_', ' ')} “{value}”.", name if name in SETTINGS else "")
    write_line(act, session_id, "setting", dict(setting), event_id=event_id, verb="session.note")
