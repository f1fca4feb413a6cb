"""Reads how far a concern has gone: its step, who is to be told now, who was, and which mails are to be sent."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max, Q

from kapstone.care.evidence import Policy
from kapstone.care.integration import Deed, Escalation, Raised, Roster, escalation, to_tell
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.concerns.models import Beat, Concern, ConcernStep, Delivery, Notice
from kapstone.clinic.ground.concerns.roster.queries import leads, roster_of
from kapstone.clinic.ground.people.models import Clinic
from kapstone.clinic.ground.people.queries import policy_in_force

LOST_AFTER = timedelta(minutes=2)
"""A try of which nothing more is heard for so long is made again: told twice is better than not at all."""

FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=5)
STILL = timedelta(minutes=1)
"""The job looks every few seconds; after this long without a look it stands still."""

HANDED = "handed"


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What a clinic's escalation runs on at a moment, read once for all of its concerns."""

    clinic: Clinic
    roster: Roster
    policy: Policy
    leads: tuple[UUID, ...]

    def raised(self, concern: Concern) -> Raised:
        """The concern as the rules see it."""
        return Raised(concern.tier, Instant(concern.raised_at), self.clinic.opens)

    def standing(self, concern: Concern, at: Instant) -> Escalation:
        """Where a concern stands at a moment."""
        deeds = [Deed(one.kind, Instant(one.at)) for one in in_order(concern.steps.all()) if one.at <= at]
        return escalation(self.raised(concern), deeds, self.roster, self.policy, at)

    def to_tell(self, concern: Concern, at: Instant) -> tuple[Escalation, tuple[UUID, ...]]:
        """Where it stands, and who must be told now and was not yet."""
        found = self.standing(concern, at)
        told = {(one.step, one.person_id) for one in concern.notices.all()}
        owner = owner_of(concern.steps.all())
        return found, to_tell(self.raised(concern), found, self.roster, self.policy, self.leads, told, owner, at)


def clockwork(clinic: Clinic, at: Instant) -> Clockwork:
    """Reads what the escalation of this clinic runs on."""
    return Clockwork(clinic, roster_of(clinic, at), policy_in_force(clinic)[0], leads(clinic, at))


def in_order(steps: Iterable[ConcernStep]) -> list[ConcernStep]:
    """Steps in the order in which they were written; two may have the same moment."""
    return sorted(steps, key=lambda one: (one.at, one.id))


def holding(steps: Iterable[ConcernStep]) -> ConcernStep | None:
    """The step by which somebody has the concern: the last one taken or handed, unless it was let go since."""
    found = None
    for step in in_order(steps):
        if step.kind in (ConcernStep.TAKEN, ConcernStep.HANDED):
            found = step
        elif step.kind == ConcernStep.UNREACHED:
            found = None
    return found


def owner_of(steps: Iterable[ConcernStep]) -> UUID | None:
    """Who has the concern."""
    step = holding(steps)
    return (step.to_id or step.by_id) if step else None


def open_ids(clinic: Clinic) -> list[UUID]:
    """What nobody has settled yet, the oldest first. For the job; pages ask through `visible`."""
    found = Concern.objects.filter(clinic=clinic).exclude(steps__kind=ConcernStep.SETTLED)
    return list(found.order_by("raised_at", "id").values_list("id", flat=True))


def open_concern(clinic: Clinic, concern_id: UUID) -> Concern:
    """One concern with its steps and notices, for the job."""
    return Concern.objects.prefetch_related("steps", "notices").get(clinic=clinic, id=concern_id)


def due_mails(clinic: Clinic, at: Instant, most: int = 10) -> list[tuple[Notice, int]]:
    """Notices whose mail is to be tried now, each with the number of the try; those with the fewest tries first.

    Only of concerns that still look for a person, and to whoever was handed one: nobody is called to what is in
    somebody's hands.
    """
    clock = clockwork(clinic, at)
    found = (
        Notice.objects.filter(clinic=clinic)
        .exclude(concern__steps__kind=ConcernStep.SETTLED)
        .exclude(deliveries__kind=Delivery.SENT)
        .annotate(tries=Max("deliveries__number"))
        .select_related("concern", "person")
        .prefetch_related("deliveries", "concern__steps")
    )
    due: list[tuple[Notice, int]] = [
        (one, (one.tries or 0) + 1)
        for one in found
        if _may_try(one, at) and (one.why == HANDED or clock.standing(one.concern, at).stage.rising)
    ]
    return sorted(due, key=lambda pair: (pair[1], pair[0].at, pair[0].id))[:most]


def elapsed(since: datetime, at: Instant) -> timedelta:
    """From a stored moment to this one."""
    return at - Instant(since)


def _may_try(notice: Notice, at: Instant) -> bool:
    lines = sorted(notice.deliveries.all(), key=lambda one: (one.number, one.kind == Delivery.FAILED))
    if not lines:
        return True
    last = lines[-1]
    if last.kind == Delivery.BEGUN:
        return elapsed(last.at, at) >= LOST_AFTER
    return elapsed(last.at, at) >= min(FIRST_PAUSE * 2 ** min(last.number - 1, 10), LONGEST_PAUSE)


def notice_of(clinic: Clinic, notice_id: UUID) -> Notice:
    """One notice, for the job."""
    return Notice.objects.select_related("person", "concern").get(clinic=clinic, id=notice_id)


def tried(notice: Notice, number: int) -> bool:
    """Whether this try was begun, by this loop or another."""
    return Delivery.objects.filter(Q(number=number) | Q(kind=Delivery.SENT), notice=notice).exists()


def job_stands_still(clinic: Clinic, at: Instant) -> bool:
    """Whether the job that tells people has not looked at this clinic lately, or never."""
    beat = Beat.objects.filter(clinic=clinic).first()
    return beat is None or elapsed(beat.at, at) > STILL
