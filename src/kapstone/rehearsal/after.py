"""What goes on between the doses: scores, the journal, visits kept or missed, and concerns that people settle."""

from contextlib import suppress
from uuid import UUID

from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.evaluation.actions import answer
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.concerns.actions import settle, take
from kapstone.clinic.ground.concerns.notices.actions import NothingDue, tell
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.concerns.roster.queries import on_call
from kapstone.clinic.ground.people.doing import by_program
from kapstone.clinic.ground.people.queries import me
from kapstone.clinic.integration.actions import keep_visit, miss_visit, write_entry
from kapstone.clinic.integration.queries import sharing_opens
from kapstone.clinic.integration.remote.actions import write_where

from . import words
from .days import Process
from .symptoms import answers
from .world import Case, World

MODALITIES = ("supportive", "act", "cbt", "ifs", "somatic", "emdr")
WEEKS = (1, 2, 3, 4, 5, 6, 8, 10, 12)
UNSEEN_MIN = 180
"""How long the newest concern waits, so that the inbox of the anchor's day is not empty."""


def answer_phq9(world: World, case: Case, at: Instant, occasion: str, item_9: int | None = None) -> None:
    """The patient answers the PHQ-9; what it raises is followed up."""
    day = case.treated_days(at)
    thoughts = case.symptoms.thoughts(day) if item_9 is None else item_9
    total = max(case.symptoms.total(day, case.rng), thoughts)
    answer(case.acts(at), "phq-9", answers(total, thoughts, case.rng), occasion)
    if thoughts:
        follow_concerns(world, case, at, "oncall", case.rng.choice(words.SETTLED), UNSEEN_MIN if item_9 else 0)


def weekly_scores(world: World, case: Case) -> Process:
    """A score on an evening of each week, then every second week; fewer after a course that was stopped."""
    if case.first_dose is None:
        raise ValueError("Scores follow the first dose.")
    for week in WEEKS:
        at = world.days.evening(case.first_dose, 7 * week - 1, case.rng)
        yield at
        if case.over and case.part.stops_after and week > 4:
            return
        answer_phq9(world, case, at, "check-in")


def new_thoughts(world: World, case: Case) -> Process:
    """An unplanned score on the anchor's day, with item 9 raised and nobody on it yet."""
    at = Instant(world.anchor - minutes(40))
    yield at
    answer_phq9(world, case, at, "check-in", item_9=1)
    yield from _told_on_time(world, case, at)


def in_hand(world: World, case: Case) -> Process:
    """Another of the anchor's day, that the first on call took and has not settled yet."""
    at = Instant(world.anchor - minutes(28))
    yield at
    answer(case.acts(at), "phq-9", answers(case.symptoms.baseline, 1, case.rng), "check-in")
    at = Instant(at + minutes(6))
    yield at
    for person in on_call(world.public.clinic, at)[:1]:
        for item in open_items(world.by(world.key_of(person.id), at), case.id):
            take(world.by(world.key_of(person.id), at), item.concern.id)


def _told_on_time(world: World, case: Case, at: Instant) -> Process:
    """What the job does while nobody takes a concern."""
    while at < world.anchor:
        at = Instant(at + minutes(5))
        yield at
        for item in open_items(world.by("oncall", at), case.id):
            with suppress(NothingDue):
                tell(by_program(world.public.clinic, at), item.concern.id)


def follow_concerns(world: World, case: Case, raised: Instant, who: str, done: str, wait: int = 0) -> None:
    """Somebody takes each concern raised now, and settles it with what they did."""
    for item in open_items(world.by(who, raised), case.id):
        if item.concern.raised_at == raised:
            urgent = item.concern.tier == "now"
            first = wait or (case.rng.randint(2, 5) if urgent else case.rng.randint(8, 50))
            world.agenda.start(_settled(world, case, item.concern.id, Instant(raised + minutes(first)), who, done))


def _settled(world: World, case: Case, concern_id: UUID, at: Instant, who: str, done: str) -> Process:
    yield at
    take(world.by(who, at), concern_id)
    at = Instant(at + minutes(case.rng.randint(18, 70)))
    yield at
    settle(world.by(who, at), concern_id, done)


def visit(world: World, case: Case, booking_id: UUID, number: int, starts: Instant, who: str) -> Process:
    """One integration visit with its progress note, or a missed one."""
    missed = number in case.part.misses
    at = Instant(starts + minutes(20 if missed else case.rng.randint(58, 75)))
    yield at
    therapist = world.by(who, at)
    booked = bookings(therapist, case.id).filter(id=booking_id).first()
    if booked is None:
        return
    if missed:
        miss_visit(therapist, booking_id, words.MISSED_NOTE)
        follow_concerns(world, case, at, case.nurse, words.SETTLED_MISSED)
        return
    if booked.remote:
        write_where(therapist, booking_id, "12 Elm Street, New Haven", "CT", case.phone)
    note, small_act = case.rng.choice(words.VISIT_NOTES), case.rng.choice(words.NEXT_ACTS)
    keep_visit(therapist, booking_id, modality=case.rng.choice(MODALITIES), note=note, next_act=small_act)


def journal(world: World, case: Case, dosed: Instant) -> Process:
    """Perhaps an entry on the next evening, perhaps another some days later; some of them are shared."""
    for after_days, chance in ((1, 0.55), (case.rng.randint(2, 4), 0.3)):
        if case.rng.random() < chance:
            at = world.days.evening(dosed, after_days, case.rng)
            yield at
            mood, text = case.rng.choice(words.JOURNAL)
            act, wants = case.acts(at), case.rng.random() < 0.45
            write_entry(act, text, mood, share=wants and sharing_opens(act, me(act)) is None)
