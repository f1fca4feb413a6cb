"""Writes who was told that something in a session waits. The program does it, on time and on no click."""

from uuid import UUID

from kapstone.clinic.ground.concerns.notices.actions import NothingDue
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import own_action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import User
from kapstone.clinic.session.calling.queries import due
from kapstone.clinic.session.models import CallMade, TreatmentSession
from kapstone.clinic.session.record import lock


@own_action("session.call")
def call(act: Act, session_id: UUID) -> list[User]:
    """Writes down everybody who must know by now, and returns them for the mail. NothingDue where nobody must.

    The session's row is locked: two loops at once tell nobody twice."""
    lock(session_id)
    session = TreatmentSession.objects.get(id=session_id)
    people: dict[UUID, User] = {}
    for one in due(act, session_id):
        for person in User.objects.filter(id__in=one.people).order_by("name"):
            CallMade.objects.create(
                id=uuid7(act.at), clinic=act.clinic, session=session, task=one.task.key, step=one.step,
                person=person, at=act.at,
            )  # fmt: skip
            people[person.id] = person
        sign("called", session.patient_id, session=session_id, task=one.task.key, step=one.step)
    if not people:
        raise NothingDue
    return list(people.values())
