"""Who must be told now of what waits in the sessions, and what this person was told of that still waits."""

from dataclasses import dataclass
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.care.session.unanswered import Waiting, step_of
from kapstone.clinic.ground.concerns.roster.queries import leads, roster_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Clinic
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session.models import CallMade, TreatmentSession
from kapstone.clinic.session.queries import LONGEST, Seen, glanced


@dataclass(frozen=True, slots=True)
class Due:
    """One task of one session, the step that it has come to, and who is to be told at it."""

    session_id: UUID
    task: Waiting
    step: int
    people: tuple[UUID, ...]


def running_ids(clinic: Clinic, at: Instant) -> list[UUID]:
    """The sessions of a clinic that may still run, for the program itself."""
    found = TreatmentSession.objects.filter(clinic=clinic, opened_at__gt=at - LONGEST, opened_at__lte=at)
    return list(found.order_by("opened_at", "id").values_list("id", flat=True))


def due(act: Act, session_id: UUID) -> list[Due]:
    """Everything of one session that somebody must be told of at this moment and was not yet."""
    (now,) = glanced(act, TreatmentSession.objects.filter(id=session_id))
    told = {
        (one.task, one.step, one.person_id) for one in CallMade.objects.filter(session_id=session_id).order_by("at")
    }
    every = [_due(act, now, task, told) for task in now.waiting(act.at) if task.overdue(act.at)]
    return [one for one in every if one.people]


def _due(act: Act, now: Seen, task: Waiting, told: set[tuple[str, int, UUID]]) -> Due:
    """The first on call at the first step, the first two at the second, and so on; then the leads, then all again."""
    ranks = roster_of(act.clinic, act.at).on_call(act.at)
    step = step_of(task, len(ranks), now.policy, act.at)
    must = ranks[:step] if step <= len(ranks) else (*ranks, *leads(act.clinic, act.at))
    last = len(ranks) + 1
    known = {person for key, number, person in told if key == task.key and (step <= last or number >= step)}
    people = tuple(dict.fromkeys(one for one in must if one not in known))
    return Due(now.session.id, task, step, people)


def told_of(session_id: UUID) -> dict[str, list[str]]:
    """Who was told of each task of a session, by name, the first above; only whoever truly stands on record."""
    found: dict[str, list[str]] = {}
    rows = CallMade.objects.filter(session_id=session_id).select_related("person").order_by("at", "id")
    for one in rows:
        names = found.setdefault(one.task, [])
        if one.person.name not in names:
            names.append(one.person.name)
    return found


@dataclass(frozen=True, slots=True)
class Called:
    """Something that this person was told of and that still waits."""

    now: Seen
    tasks: tuple[Waiting, ...]


def called(act: Act) -> list[Called]:
    """What this person was told of and still waits. Nothing is folded for those who were told of nothing."""
    if not may(act, "session.see"):
        return []
    mine = CallMade.objects.filter(clinic=act.clinic, person=act.actor, at__gt=act.at - LONGEST)
    tasks: dict[UUID, set[str]] = {}
    for one in mine:
        tasks.setdefault(one.session_id, set()).add(one.task)
    found = []
    for now in glanced(act, TreatmentSession.objects.filter(id__in=tasks)):
        if still := tuple(task for task in now.waiting(act.at) if task.key in tasks[now.session.id]):
            found.append(Called(now, still))
    return found
