"""Reads the concerns, the most urgent and oldest first."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet

from kapstone.care.integration import Escalation
from kapstone.care.quantities import Instant, elapsed_min
from kapstone.clinic.ground.concerns.models import Concern, ConcernStep, Delivery, Notice, Tier
from kapstone.clinic.ground.concerns.notices.queries import clockwork, holding, in_order
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.ground.people.who import may, visible

ORDER = {Tier.NOW: 0, Tier.TODAY: 1, Tier.SOON: 2}


@dataclass(frozen=True, slots=True)
class Item:
    """A concern with who has it. `taken` is the step by which they have it, None while nobody does."""

    concern: Concern
    taken: ConcernStep | None
    settled: ConcernStep | None
    waiting_min: int
    words: str = ""

    @property
    def open(self) -> bool:
        """True until somebody settled it."""
        return self.settled is None

    @property
    def owner(self) -> User | None:
        """Who has it: who took it last, or was handed it."""
        return (self.taken.to or self.taken.by) if self.taken else None


@dataclass(frozen=True, slots=True)
class Told:
    """Somebody who must know, since when, and what became of the mail: sent_at, or how often it failed."""

    notice: Notice
    sent_at: Instant | None
    failures: int


@dataclass(frozen=True, slots=True)
class Deed:
    """A step somebody took, with its words opened."""

    step: ConcernStep
    words: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open concern as the inbox shows it: how far it has gone, who was told, when the next one will be."""

    item: Item
    standing: Escalation
    told: list[Told]
    held_min: int = 0

    @property
    def held(self) -> bool:
        """Whether it is in somebody's hands and not back on the list."""
        return not self.standing.stage.rising


def item(concern: Concern, at: Instant) -> Item:
    """One concern with its owner and its age. The latest person to take it owns it."""
    steps = in_order(concern.steps.all())
    settled = next((step for step in steps if step.kind == ConcernStep.SETTLED), None)
    until = Instant(settled.at) if settled else at
    return Item(concern, holding(steps), settled, int(elapsed_min(Instant(concern.raised_at), until)))


def _open(act: Act) -> QuerySet[Concern]:
    found = visible(act, Concern).exclude(steps__kind=ConcernStep.SETTLED).select_related("patient")
    return found.prefetch_related("steps__by", "steps__to")


def open_items(act: Act, patient_id: UUID | None = None) -> list[Item]:
    """What nobody has settled yet."""
    found = _open(act).filter(patient_id=patient_id) if patient_id else _open(act)
    items = [item(one, act.at) for one in found]
    return sorted(items, key=lambda one: (ORDER[Tier(one.concern.tier)], one.concern.raised_at))


def inbox(act: Act, concern_id: UUID | None = None) -> list[Waiting]:
    """Open concerns by tier; within one, those that nobody has in hand first, and the oldest of them on top."""
    clock = clockwork(act.clinic, act.at)
    found = _open(act).prefetch_related("notices__person", "notices__deliveries")
    if concern_id:
        found = found.filter(id=concern_id)
    waiting = [_waiting(one, clock.standing(one, act.at), act.at) for one in found]
    return sorted(
        waiting,
        key=lambda one: (ORDER[Tier(one.item.concern.tier)], one.held, one.item.concern.raised_at),
    )


def _waiting(concern: Concern, standing: Escalation, at: Instant) -> Waiting:
    found = item(concern, at)
    held_min = int(elapsed_min(Instant(found.taken.at), at)) if found.taken else 0
    return Waiting(found, standing, _told(concern), held_min)


def _told(concern: Concern) -> list[Told]:
    found = []
    for one in sorted(concern.notices.all(), key=lambda notice: (notice.at, notice.id)):
        lines = list(one.deliveries.all())
        sent = next((Instant(line.at) for line in lines if line.kind == Delivery.SENT), None)
        found.append(Told(one, sent, sum(line.kind == Delivery.FAILED for line in lines)))
    return found


def open_counts(act: Act) -> dict[str, int]:
    """How many concerns of now and of today are open, for the header of every page of the staff."""
    if not may(act, "concern.see"):
        return {}
    found = visible(act, Concern).exclude(steps__kind=ConcernStep.SETTLED).order_by()
    by_tier = dict(found.values_list("tier").annotate(Count("id")))
    return {tier: by_tier.get(tier, 0) for tier in (Tier.NOW.value, Tier.TODAY.value)}


def settled_items(act: Act, most: int = 20) -> list[Item]:
    """What was settled last."""
    found = visible(act, Concern).filter(steps__kind=ConcernStep.SETTLED).select_related("patient")
    found = found.prefetch_related("steps__by", "steps__to").order_by("-raised_at")[:most]
    return [item(one, act.at) for one in found]


def concern_of(act: Act, concern_id: UUID, verb: str = "") -> Item:
    """One concern, with the words that settled it. NotThere when it is not this actor's to see."""
    found = visible(act, Concern, verb).select_related("patient").filter(id=concern_id).first()
    if found is None:
        raise NotThere("No such concern.")
    one = item(found, act.at)
    if one.settled is None:
        return one
    return Item(found, one.taken, one.settled, one.waiting_min, _words(found, one.settled))


def history_of(act: Act, concern_id: UUID) -> list[Deed]:
    """What people did with a concern, in order, with their words."""
    found = concern_of(act, concern_id).concern
    steps = found.steps.select_related("by", "to")
    return [Deed(one, _words(found, one)) for one in in_order(steps)]


def _words(concern: Concern, step: ConcernStep) -> str:
    return key_of(concern.patient).open(step.words_sealed, f"concern/words/{step.id}")
