"""Reads emergency cards with what a director has signed beside them, and the story of a call for help."""

from dataclasses import dataclass

from kapstone.care.quantities import Instant, elapsed_min
from kapstone.care.session.cards import Card, Step, cards
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.queries import contact_of
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.session.models import CardLines
from kapstone.clinic.session.queries import Seen
from kapstone.clinic.session.wording import name_of, words


@dataclass(frozen=True, slots=True)
class Done:
    """One step of a card: when it was first written and by whom; None while it was not."""

    step: Step
    at: Instant | None = None
    who: str = ""


@dataclass(frozen=True, slots=True)
class Help:
    """A call that runs: its card, since when, the steps, and the signed lines beside the card."""

    card: Card
    since: Instant
    steps: tuple[Done, ...]
    lines: CardLines | None


def signed_lines(act: Act, card_id: str) -> CardLines | None:
    """The newest lines that a director signed for a card; None where none are, or they were taken back."""
    newest = (
        visible(act, CardLines).filter(card=card_id).select_related("signed_by").order_by("signed_at", "id").last()
    )
    return newest if newest is not None and newest.words else None


def running_help(act: Act, now: Seen) -> Help | None:
    """The call for help that runs now; None where none does."""
    call = now.state.helping
    card = cards().get(str(call.payload["card"])) if call else None
    if call is None or card is None:
        return None
    first: dict[str, tuple[Instant, str]] = {}
    for one in now.state.help_steps:
        if one.at_device >= call.at_device and one.payload.get("card") == card.id:
            first.setdefault(str(one.payload["step"]), (one.at_device, one.author))
    steps = tuple(
        Done(step, first[step.key][0], name_of(first[step.key][1])) if step.key in first else Done(step)
        for step in card.steps
    )
    return Help(card, call.at_device, steps, signed_lines(act, card.id))


@dataclass(frozen=True, slots=True)
class Told:
    """One line of the sheet: the moment, minutes since clock zero where it is known, and the words."""

    at: Instant
    minute: int | None
    words: str


ON_SHEET = frozenset(
    (
        *("dose_started", "dose_again", "device_given", "rate_changed", "dose_ended", "dose_stopped"),
        *("medicine_given", "reading", "effect", "help_called", "help_step", "help_ended", "transferred"),
    )
)
"""The lines of a record that a hospital needs."""


def sheet(act: Act, now: Seen) -> dict[str, object]:
    """What goes with a patient who is taken to a hospital: who they are, what was given, what happened when."""
    zero = now.state.clock_zero
    lines = [line for line in now.state.lines if line.event.kind in ON_SHEET]
    lines.sort(key=lambda line: (line.event.at_device, line.position))
    return {
        "contact": contact_of(act, now.session.patient),
        "lines": [
            Told(
                line.event.at_device,
                int(elapsed_min(zero, line.event.at_device)) if zero else None,
                words(line),
            )
            for line in lines
        ],
    }
