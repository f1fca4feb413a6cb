"""Calls for help, writes each step with its time, ends the call, and hands the patient over to others."""

from uuid import UUID

from kapstone.care.session.cards import cards
from kapstone.clinic.ground.bookings.actions import dose_ended_within
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.session.lines import held, write_line
from kapstone.clinic.session.models import CardLines


@action("session.note")
def call_help(act: Act, session_id: UUID, card: str, event_id: UUID | None = None) -> None:
    """Somebody needs help now. Anyone in the room may call; nothing else is asked first."""
    if card not in cards():
        raise Refused("Choose the card that fits best; another can be taken at once.", "card")
    write_line(act, session_id, "help_called", {"card": card}, event_id=event_id, verb="session.note")


@action("session.note")
def help_step(
    act: Act, session_id: UUID, card: str, step: str, words: str = "", event_id: UUID | None = None
) -> None:
    """One step was done, now. What is written twice stands twice: the first time counts on the page."""
    if card not in cards() or step not in {one.key for one in cards()[card].steps}:
        raise Refused("This step is on no card. Write a note instead.")
    payload = {"card": card, "step": step}
    write_line(act, session_id, "help_step", payload, words=words.strip(), event_id=event_id, verb="session.note")


@action("session.chart")
def end_help(act: Act, session_id: UUID, words: str, event_id: UUID | None = None) -> None:
    """The call is over, with how it ended."""
    if len(words.strip()) < 3:
        raise Refused("Write how it ended, in a few words.", "words")
    if held(act, session_id, "session.chart").state.helping is None and event_id is None:
        raise Refused("No call for help runs.")
    write_line(act, session_id, "help_ended", {}, words=words.strip(), event_id=event_id)


@action("session.chart")
def transfer(act: Act, session_id: UUID, to: str, words: str = "", event_id: UUID | None = None) -> None:
    """The patient is handed over to somebody else, such as an ambulance: the session is over."""
    if len(to.strip()) < 3:
        raise Refused("Write who took the patient, such as the ambulance and its number.", "to")
    said = f"{to.strip()}. {words.strip()}".strip()
    state = held(act, session_id, "session.chart").state
    dosing = bool(state.doses) and state.dose_end is None
    session, new = write_line(act, session_id, "transferred", {}, words=said, event_id=event_id)
    if new and dosing:
        dose_ended_within(act, session.dose.booking_id)


@action("policy.sign")
def sign_card_lines(act: Act, card: str, words: str) -> CardLines:
    """A medical director signs what stands beside a card, such as drugs with their doses. Empty takes it back."""
    if card not in cards():
        raise Refused("No such card.")
    made = CardLines.objects.create(
        id=uuid7(act.at), clinic=act.clinic, card=card, words=words.strip(), signed_at=act.at, signed_by=act.person
    )
    sign("card lines signed", card=card, lines=made.id)
    return made
