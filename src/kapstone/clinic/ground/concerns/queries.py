"""Reads the concerns, the most urgent and oldest first."""

from dataclasses import dataclass
from uuid import UUID

from kapstone.care.quantities import Instant, elapsed_min
from kapstone.clinic.ground.concerns.models import Concern, ConcernStep, Tier
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.ground.people.who import visible

ORDER = {Tier.NOW: 0, Tier.TODAY: 1, Tier.SOON: 2}


@dataclass(frozen=True, slots=True)
class Item:
    """A concern as the inbox shows it."""

    concern: Concern
    taken: ConcernStep | None
    settled: ConcernStep | None
    waiting_min: int
    words: str = ""

    @property
    def open(self) -> bool:
        """True until somebody settled it."""
        return self.settled is None


def item(concern: Concern, at: Instant) -> Item:
    """One concern with its owner and its age. The latest person to take it owns it."""
    steps = sorted(concern.steps.all(), key=lambda step: step.at)
    taken = next((step for step in reversed(steps) if step.kind == ConcernStep.TAKEN), None)
    settled = next((step for step in steps if step.kind == ConcernStep.SETTLED), None)
    until = Instant(settled.at) if settled else at
    return Item(concern, taken, settled, int(elapsed_min(Instant(concern.raised_at), until)))


def open_items(act: Act, patient_id: UUID | None = None) -> list[Item]:
    """What nobody has settled yet."""
    found = visible(act, Concern).exclude(steps__kind=ConcernStep.SETTLED).select_related("patient")
    if patient_id:
        found = found.filter(patient_id=patient_id)
    items = [item(one, act.at) for one in found.prefetch_related("steps__by")]
    return sorted(items, key=lambda one: (ORDER[Tier(one.concern.tier)], one.concern.raised_at))


def settled_items(act: Act, most: int = 20) -> list[Item]:
    """What was settled last."""
    found = visible(act, Concern).filter(steps__kind=ConcernStep.SETTLED).select_related("patient")
    return [item(one, act.at) for one in found.prefetch_related("steps__by").order_by("-raised_at")[:most]]


def concern_of(act: Act, concern_id: UUID, verb: str = "") -> Item:
    """One concern, with the words that settled it. NotThere when it is not this actor's to see."""
    found = visible(act, Concern, verb).select_related("patient").filter(id=concern_id).first()
    if found is None:
        raise NotThere("No such concern.")
    one = item(found, act.at)
    if one.settled is None:
        return one
    words = key_of(found.patient).open(one.settled.words_sealed, f"concern/words/{one.settled.id}")
    return Item(found, one.taken, one.settled, one.waiting_min, words)
