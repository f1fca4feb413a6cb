"""Writes who must know of a concern, and what became of each mail. The program does it, on time and on no click."""

from datetime import timedelta
from uuid import UUID

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.concerns.models import Beat, Concern, Delivery, Notice
from kapstone.clinic.ground.concerns.notices.queries import (
    HANDED,
    Clockwork,
    clockwork,
    elapsed,
    notice_of,
    open_concern,
    tried,
)
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import own_action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic

BEAT_EVERY = timedelta(seconds=15)


class NothingDue(Exception):
    """Another loop was faster, or a person was. There is nothing to write, and no row."""


def tell_within(act: Act, concern: Concern, clock: Clockwork | None = None) -> int:
    """Writes a notice for everybody who must know now, as part of the action that makes it so. Says how many."""
    found, people = (clock or clockwork(act.clinic, act.at)).to_tell(concern, act.at)
    step = found.step
    if step is None or not people:
        return 0
    for person in people:
        _notice(act, concern, step.number, step.why.value, person)
    return len(people)


def tell_new_owner_within(act: Act, concern: Concern, person: UUID) -> None:
    """Writes a notice for whoever was handed a concern. Each hand-over is told, though the step is the same."""
    told = [one.step for one in concern.notices.all() if one.person_id == person]
    newest = max((one.step for one in concern.notices.all()), default=0)
    _notice(act, concern, max(newest, max(told, default=-1) + 1), HANDED, person)


def _notice(act: Act, concern: Concern, step: int, why: str, person: UUID) -> None:
    Notice.objects.create(
        id=uuid7(act.at), clinic=act.clinic, concern=concern, step=step, why=why, person_id=person, at=act.at
    )
    sign("concern told", concern.patient_id, concern=concern.id, step=step, to=person)


@own_action("concern.tell")
def tell(act: Act, concern_id: UUID) -> int:
    """Tells whoever must know by now. The concern's row is locked: two loops at once tell nobody twice."""
    Concern.objects.select_for_update().get(clinic=act.clinic, id=concern_id)
    count = tell_within(act, open_concern(act.clinic, concern_id))
    if not count:
        raise NothingDue
    return count


@own_action("notice.send")
def begin_mail(act: Act, notice_id: UUID, number: int) -> Notice:
    """Claims one try of a mail. Whoever writes this line sends it."""
    notice = notice_of(act.clinic, notice_id)
    Concern.objects.select_for_update().get(id=notice.concern_id)
    if tried(notice, number):
        raise NothingDue
    _line(act, notice, number, Delivery.BEGUN)
    return notice


@own_action("notice.send")
def end_mail(act: Act, notice_id: UUID, number: int, failure: str = "") -> None:
    """Writes what became of a try: sent, or failed with the name of the failure."""
    _line(act, notice_of(act.clinic, notice_id), number, Delivery.FAILED if failure else Delivery.SENT, failure[:60])


def _line(act: Act, notice: Notice, number: int, kind: str, why: str = "") -> None:
    Delivery.objects.create(
        id=uuid7(act.at), clinic=act.clinic, notice=notice, number=number, kind=kind, at=act.at, why=why
    )
    sign(f"mail {kind}", notice.concern.patient_id, notice=notice.id, number=number, why=why)


def beat(clinic: Clinic, at: Instant) -> None:
    """Leaves a mark that the job looked at this clinic. No record of care, so no row in the ledger."""
    found, made = Beat.objects.get_or_create(clinic=clinic, defaults={"at": at})
    if not made and elapsed(found.at, at) >= BEAT_EVERY:
        Beat.objects.filter(clinic=clinic).update(at=at)
