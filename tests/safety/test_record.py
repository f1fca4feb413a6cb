"""The record keeps what people wrote: once, in one order, and in a way that shows every later change."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.ledger.models import LedgerRow
from kapstone.clinic.ground.ledger.queries import verify
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.actions import Reading
from kapstone.clinic.session.models import SessionEvent
from kapstone.clinic.session.queries import broken_records, session_of
from tests import cast
from tests.cast import DOSE_DAY, House

AtMinute = Callable[[float], Instant]


@pytest.mark.mitigates("M-031")
def test_starting_twice_is_one_dose(elm: House) -> None:
    story = cast.planned(elm, "ana")
    nurse = elm.act(Role.NURSE, DOSE_DAY)
    cast.ordering.sign_orders(elm.act(Role.PRESCRIBER, DOSE_DAY), story.ids["dose_id"], Decimal(35), [])
    here = session.arrive(nurse, story.ids["dose_id"]).id
    session.pass_timeout(nurse, here, cast.timeout(DOSE_DAY))
    cast.checked(elm, here, DOSE_DAY)
    form = uuid7(DOSE_DAY)
    session.start_dose(nurse, here, form)
    session.start_dose(nurse, here, form)
    with pytest.raises(Refused, match="the session is dosing"):
        session.start_dose(nurse, here, uuid7(DOSE_DAY))
    assert SessionEvent.objects.filter(session_id=here, kind="dose_started").count() == 1


@pytest.mark.mitigates("M-041")
def test_the_same_form_twice_is_one_line(elm: House, later: AtMinute) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]
    nurse, form = elm.act(Role.NURSE, later(10)), uuid7(later(10))
    before = SessionEvent.objects.count()
    for _ in range(2):
        session.record(nurse, here, [Reading(cast.values(131, 80), event_id=form)])
    for _ in range(2):
        session.note(nurse, here, "calm", event_id=nurse.request_id)
    assert SessionEvent.objects.count() == before + 2


@pytest.mark.mitigates("M-042")
def test_the_same_id_with_other_values_is_refused(elm: House, later: AtMinute) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]
    nurse, form = elm.act(Role.NURSE, later(10)), uuid7(later(10))
    session.record(nurse, here, [Reading(cast.values(131, 80), event_id=form)])
    with pytest.raises(Refused, match="already saved with other values"):
        session.record(nurse, here, [Reading(cast.values(231, 80), event_id=form)])
    assert session_of(nurse, here).state.latest["sbp"].judged.value == 131


@pytest.mark.mitigates("M-043")
def test_two_people_charting_keep_both_lines(elm: House, later: AtMinute) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]
    nurse = elm.act(Role.NURSE, later(10))
    doctor = replace(elm.act(Role.PRESCRIBER, later(10)), device="tablet-2")
    session.record(nurse, here, [Reading(cast.values(131, 80))])
    session.record(doctor, here, [Reading(cast.values(139, 84))])
    rows = list(SessionEvent.objects.filter(session_id=here, kind="reading").order_by("position"))
    assert [(row.device, row.seq) for row in rows[-2:]] == [("tablet-1", rows[-2].seq), ("tablet-2", 1)]
    authors = [line.event.author for line in session_of(nurse, here).state.lines[-2:]]
    assert authors == [str(elm.staff[Role.NURSE].id), str(elm.staff[Role.PRESCRIBER].id)]
    assert broken_records() == []


GUARDED = sorted(
    model._meta.db_table
    for model in apps.get_models()
    if model.__name__
    in {
        "LedgerRow", "SessionEvent", "TreatmentSession", "Measure", "Answers", "Decision", "Consent", "Course",
        "Order", "JournalEntry", "JournalShare", "Visit", "NextStep", "Concern", "ConcernStep", "PolicyVersion",
        "PolicySignature", "TouchAgreed", "DrugContainer", "RegisterLine",
    }
)  # fmt: skip


@pytest.mark.mitigates("M-058")
@pytest.mark.parametrize("verb", ["update", "delete"])
def test_the_database_refuses_to_change_what_is_signed(elm: House, verb: str) -> None:
    cast.whole_course(elm, "ana")
    assert len(GUARDED) == 20
    for model in apps.get_models():
        if model._meta.db_table in GUARDED:
            rows = model._default_manager.all()
            assert rows.exists(), model
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                rows.update(id=F("id")) if verb == "update" else rows._raw_delete("default")  # type: ignore[attr-defined]


def without_guards(table: str) -> None:
    """Takes the triggers off inside this test's transaction, as somebody who owns the database can."""
    connection.check_constraints()
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on}")


@pytest.mark.mitigates("M-057")
def test_a_changed_line_of_a_session_is_found(elm: House) -> None:
    here = cast.dosing(elm, "ana").ids["session_id"]
    assert broken_records() == []
    without_guards("session_sessionevent")
    row = SessionEvent.objects.get(session_id=here, kind="reading")
    changed = bytes(row.stored).replace(b'"sbp":"128"', b'"sbp":"118"')
    assert changed != bytes(row.stored)
    SessionEvent.objects.filter(id=row.id).update(stored=changed)
    assert broken_records() == [f"session {here}, line {row.position}"]


@pytest.mark.mitigates("M-057")
@pytest.mark.parametrize("how", ["changed", "removed", "cut off"])
def test_a_changed_or_removed_row_of_the_ledger_is_found(elm: House, how: str) -> None:
    assert verify().first_bad is None
    without_guards("ledger_ledgerrow")
    last = LedgerRow.objects.filter(clinic_id=elm.clinic.id).order_by("-number")[0].number
    number = last if how == "cut off" else last - 1
    row = LedgerRow.objects.filter(clinic_id=elm.clinic.id, number=number)
    if how == "changed":
        stored = bytes(row[0].stored)
        row.update(stored=stored[:-1] + bytes([stored[-1] ^ 1]))
    else:
        row._raw_delete("default")  # type: ignore[attr-defined]
    assert verify().first_bad == f"clinic {elm.clinic.id}, row {number}"


@action("patient.admit")
def forgets_to_sign(act: Act) -> None:
    """An action with an effect and no word about it."""
    Clinic.objects.filter(id=act.clinic.id).update(name="Changed in silence")


@pytest.mark.mitigates("M-059")
def test_an_action_that_signs_nothing_is_undone(elm: House) -> None:
    with pytest.raises(RuntimeError, match="signed nothing"):
        forgets_to_sign(elm.act(Role.FRONT_DESK, DOSE_DAY))
    assert Clinic.objects.get(id=elm.clinic.id).name == "Elm Clinic"
