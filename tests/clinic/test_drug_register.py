"""The drug register in the clinic: what comes, what is drawn for whom, who watched, what is counted."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from tests import cast
from tests.cast import DOSE_DAY, House, Story
from tests.safety.test_record import without_guards

from kapstone.care.quantities import Instant
from kapstone.care.session.register import Shape, Use
from kapstone.clinic.ground.ledger.queries import rows_of
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.session import actions as session
from kapstone.clinic.session.models import DrugContainer, RegisterLine
from kapstone.clinic.session.register import actions, queries
from kapstone.clinic.session.register.actions import Arrived, Signed

D = Decimal
LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=50))
VIAL = Arrived("ketamine", Shape.VIAL, D(50), D(10), "NDC-1", "LOT-7", date(2030, 1, 31), "III", 1, multi_dose=True)
USE = Use("LOT-7", D(1), D("0.7"), D("0.3"), D(0), "", "")


def later(minutes: float) -> Instant:
    """So many minutes after the dose day began."""
    return Instant(DOSE_DAY + timedelta(minutes=minutes))


@pytest.fixture
def vial(elm: House) -> UUID:
    """One multi-dose vial, received by the lead."""
    (here,) = actions.receive(elm.act(Role.CLINIC_LEAD, DOSE_DAY), VIAL, opening=True)
    return here.row.id


@pytest.fixture
def story(elm: House) -> Story:
    """A session whose dose runs."""
    return cast.dosing(elm, "ana")


def watched(elm: House, minute: float = 45) -> Signed:
    """The prescriber watched."""
    return Signed(witness=elm.act(Role.PRESCRIBER, later(minute)))


def balance(elm: House, vial: UUID) -> Decimal:
    """What the register says is in it."""
    return queries.container_of(elm.act(Role.NURSE, later(60)), vial).held.balance


def test_a_vial_from_the_door_to_the_last_drop(elm: House, story: Story, vial: UUID) -> None:
    nurse, here = elm.act(Role.NURSE, later(45)), story.ids["session_id"]
    actions.draw(nurse, vial, here, USE, watched(elm))
    assert balance(elm, vial) == 9
    assert not queries.unmatched(nurse, queries.register(nurse)), "the dose still runs"
    actions.waste(elm.act(Role.NURSE, later(46)), vial, D(9), Signed("Dropped", elm.act(Role.PRESCRIBER, later(46))))
    assert queries.containers(nurse) == []
    told = [(row.what, row.change, row.balance, row.witness != "") for row in queries.rows(nurse)]
    assert told == [
        ("Wasted", "wasted 9 mL", "0 mL", True),
        ("Drawn", "drawn 1, given 0.7, wasted 0.3 mL", "9 mL", True),
        ("Opening inventory", "", "10 mL", False),
    ]
    verbs = [row.verb for row in rows_of(elm.clinic.id, most=3)]
    assert verbs[:2] == ["register.use", "register.use"]


NOS = [
    # what is drawn, what the page says
    (replace(USE, lot="LOT-1"), "The lot on the label reads “LOT-1”; the register has “LOT-7”"),
    (replace(USE, wasted=D(0)), "Drawn is given + wasted + sent back unopened: 1 is not 0.7 mL."),
    (replace(USE, wasted=D(0), returned=D("0.3")), "never goes back into it"),
    (replace(USE, drawn=D(12), given=D(12), wasted=D(0)), "Only 10 mL are in it by the register. Count it first."),
]


@pytest.mark.mitigates("M-140")
@pytest.mark.parametrize(("use", "said"), NOS)
def test_each_no_stands_on_the_page_and_nothing_is_written(
    elm: House, story: Story, vial: UUID, use: Use, said: str, see: Callable[..., Any]
) -> None:
    nurse, doctor = elm.staff[Role.NURSE], elm.staff[Role.PRESCRIBER]
    doctor.set_password("a long word of their own")
    doctor.save()
    sent = {
        "event_id": str(uuid7(later(45))), "session": str(story.ids["session_id"]), "lot": use.lot,
        "drawn": use.drawn, "given": use.given, "wasted": use.wasted, "returned": use.returned,
        "colleague": str(doctor.id), "password": "a long word of their own",
    }  # fmt: skip
    page = see(nurse, f"/register/{vial}/draw/", sent, at=later(45)).content.decode()
    assert said in page
    assert f'value="{use.drawn}"' in page, "what was typed stays"
    assert balance(elm, vial) == 10


def test_nothing_is_filled_in_that_is_read_off_a_vial(
    elm: House, story: Story, vial: UUID, see: Callable[..., Any]
) -> None:
    for address in (f"/register/{vial}/draw/", "/register/receive/", "/register/count/"):
        page = see(elm.staff[Role.NURSE], address, at=later(45)).content.decode()
        form = page[page.index("<form class") : page.rindex("</form>")]
        typed = form.replace('value="" selected', "").replace('name="colleague"', "")
        assert "selected" not in typed, address
        assert 'value="LOT' not in form and 'value="10' not in form, address
        assert "by the register" not in form, "who counts does not see what should be there"


@pytest.mark.mitigates("M-141")
def test_waste_needs_a_witness_with_their_own_password(
    elm: House, story: Story, vial: UUID, see: Callable[..., Any]
) -> None:
    nurse, doctor = elm.staff[Role.NURSE], elm.staff[Role.PRESCRIBER]
    address = f"/register/{vial}/waste/"
    doctor.set_password("a long word of their own")
    doctor.save()
    sent: dict[str, object] = {"event_id": str(uuid7(later(45))), "amount": "10", "words": "It fell"}
    assert "A witness watches this and signs" in see(nurse, address, sent, at=later(45)).content.decode()
    wrong = sent | {"colleague": str(doctor.id), "password": "a guess"}
    assert see(nurse, address, wrong, at=later(45)).status_code == 200
    right = sent | {"colleague": str(doctor.id), "password": "a long word of their own"}
    assert see(nurse, address, right, at=later(45)).status_code == 302
    last = RegisterLine.objects.order_by("-position")[0]
    assert (last.by_id, last.witness_id) == (nurse.id, doctor.id)


def test_the_one_who_writes_is_not_offered_as_a_witness_and_refused_as_one(
    elm: House, story: Story, vial: UUID, see: Callable[..., Any]
) -> None:
    page = see(elm.staff[Role.NURSE], f"/register/{vial}/waste/", at=later(45)).content.decode()
    assert f'value="{elm.staff[Role.NURSE].id}"' not in page
    nurse = elm.act(Role.NURSE, later(45))
    with pytest.raises(Refused, match="Nobody is their own witness"):
        actions.waste(nurse, vial, D(1), Signed("It fell", nurse))
    with pytest.raises(Refused, match="A witness is a nurse, a prescriber"):
        actions.waste(nurse, vial, D(1), Signed("It fell", elm.act(Role.FRONT_DESK, later(45))))


def test_a_form_sent_twice_is_one_line(elm: House, story: Story, vial: UUID) -> None:
    signed = replace(watched(elm), event_id=uuid7(later(45)))
    for minute in (45, 45.1):
        actions.draw(elm.act(Role.NURSE, later(minute)), vial, story.ids["session_id"], USE, signed)
    assert balance(elm, vial) == 9
    again = Signed(event_id=uuid7(later(46)))
    three = replace(VIAL, how_many=3)
    for minute in (46, 46.1):
        actions.receive(elm.act(Role.CLINIC_LEAD, later(minute)), three, again)
    assert [one.row.number for one in queries.containers(elm.act(Role.NURSE, later(47)))] == [1, 2, 3, 4]


def test_a_form_sent_again_with_other_values_is_refused_and_not_dropped(elm: House, story: Story, vial: UUID) -> None:
    signed, here = replace(watched(elm), event_id=uuid7(later(45))), story.ids["session_id"]
    actions.draw(elm.act(Role.NURSE, later(45)), vial, here, USE, signed)
    other = replace(USE, drawn=D(2), given=D("1.7"))
    with pytest.raises(Refused, match="already saved with other values"):
        actions.draw(elm.act(Role.NURSE, later(46)), vial, here, other, signed)
    count = Signed(witness=elm.act(Role.PRESCRIBER, later(47)), event_id=uuid7(later(47)))
    told = [actions.count(elm.act(Role.NURSE, later(47)), {vial: D(8)}, count) for _ in range(2)]
    assert told == [1, 1], "sent twice, the same answer"


def test_what_was_drawn_can_be_written_after_the_session(elm: House, vial: UUID, see: Callable[..., Any]) -> None:
    story = cast.released(elm, "ana")
    page = see(elm.staff[Role.NURSE], f"/register/{vial}/draw/", at=later(300)).content.decode()
    assert f'value="{story.ids["session_id"]}"' in page
    page = see(elm.staff[Role.NURSE], f"/register/{vial}/draw/", at=later(3 * 24 * 60)).content.decode()
    assert f'value="{story.ids["session_id"]}"' not in page


@pytest.mark.mitigates("M-143")
def test_a_difference_stays_until_it_is_explained_before_a_witness(
    elm: House, story: Story, vial: UUID, see: Callable[..., Any]
) -> None:
    nurse, lead = elm.act(Role.NURSE, later(45)), elm.act(Role.CLINIC_LEAD, later(48))
    assert actions.count(nurse, {vial: D("9.5")}, watched(elm)) == 1
    page = see(elm.staff[Role.NURSE], "/register/", at=later(46)).content.decode()
    assert "Container 1: 0.5 mL missing" in page
    ((difference, number),) = queries.differences(lead)
    assert number == 1
    for outcome, words, said in (
        ("overfill", "The vial held more, we think", "here something is missing"),
        ("lost", "Gone", "in a sentence"),
        ("gone", "It is gone for good", "Choose what explains it"),
    ):
        with pytest.raises(Refused, match=said):
            actions.explain(lead, difference.entry.id, outcome, Signed(words, elm.act(Role.NURSE, later(48))))
    with pytest.raises(Refused, match="A witness watches this"):
        actions.explain(lead, difference.entry.id, "lost", Signed("It cannot be found anywhere"))
    told = Signed("It cannot be found anywhere", elm.act(Role.NURSE, later(48)))
    actions.explain(lead, difference.entry.id, "lost", told)
    assert balance(elm, vial) == D("9.5")
    with pytest.raises(Refused, match="explained already"):
        actions.explain(lead, difference.entry.id, "lost", told)
    page = see(elm.staff[Role.CLINIC_LEAD], "/register/", at=later(49)).content.decode()
    assert "missing" not in page
    ((_, entry),) = queries.register(lead).explained
    sheet = see(elm.staff[Role.CLINIC_LEAD], f"/register/{entry.id}/loss/", at=later(50)).content.decode()
    assert "DEA Form 106" in sheet and "0.5 mL (25 mg)" in sheet and "It cannot be found anywhere" in sheet
    assert "NDC-1" in sheet and "LOT-7" in sheet


def test_stock_that_was_destroyed_stands_on_its_sheet_and_a_dose_s_waste_does_not(
    elm: House, story: Story, vial: UUID, see: Callable[..., Any]
) -> None:
    actions.draw(elm.act(Role.NURSE, later(45)), vial, story.ids["session_id"], USE, watched(elm))
    told = Signed("Opened too long ago", elm.act(Role.PRESCRIBER, later(46)))
    actions.waste(elm.act(Role.NURSE, later(46)), vial, D(9), told)
    sheet = see(elm.staff[Role.CLINIC_LEAD], "/register/destroyed/", at=later(50)).content.decode()
    assert "DEA Form 41" in sheet and "Opened too long ago" in sheet and "9 mL" in sheet
    assert "0.3 mL" not in sheet


def test_the_opening_inventory_is_asked_for_and_a_full_one_every_two_years(
    elm: House, see: Callable[..., Any]
) -> None:
    lead = elm.staff[Role.CLINIC_LEAD]
    assert "No opening inventory is written yet" in see(lead, "/register/", at=DOSE_DAY).content.decode()
    first, second = (
        actions.receive(
            elm.act(Role.CLINIC_LEAD, later(number)), replace(VIAL, expiry=date(2040, 1, 1)), opening=True
        )
        for number in (1, 2)
    )
    assert "inventory" not in see(lead, "/register/", at=later(3)).content.decode().casefold().split("<h2>")[0]
    late = Instant(DOSE_DAY + timedelta(days=731))
    assert "A full inventory was due" in see(lead, "/register/", at=late).content.decode()
    watching = Signed(witness=elm.act(Role.PRESCRIBER, late))
    with pytest.raises(Refused, match="1 are not counted yet"):
        actions.count(elm.act(Role.NURSE, late), {first[0].row.id: D(10)}, watching, inventory=True)
    every = {first[0].row.id: D(10), second[0].row.id: D(10)}
    assert actions.count(elm.act(Role.NURSE, late), every, watching, inventory=True) == 0
    assert "was due" not in see(lead, "/register/", at=late).content.decode()


def test_a_session_of_today_that_the_register_does_not_know_is_shown(
    elm: House, vial: UUID, see: Callable[..., Any]
) -> None:
    story = cast.released(elm, "ana")
    page = see(elm.staff[Role.NURSE], "/register/", at=later(110)).content.decode()
    assert "the record has 35 mg, the register 0 mg" in page
    use = replace(USE, drawn=D("0.7"), wasted=D(0))
    actions.draw(elm.act(Role.NURSE, later(111)), vial, story.ids["session_id"], use)
    assert "the record has" not in see(elm.staff[Role.NURSE], "/register/", at=later(112)).content.decode()


@pytest.mark.mitigates("M-173")
def test_what_record_and_register_say_differently_stays_for_two_weeks(elm: House, vial: UUID) -> None:
    story = cast.released(elm, "ana")

    def said(minutes: float) -> list[tuple[str, Decimal, Decimal]]:
        lead = elm.act(Role.NURSE, later(minutes))
        return [(one.drug, one.record, one.register) for one in queries.unmatched(lead, queries.register(lead))]

    assert said(110) == said(60 * 24 * 13) == [("ketamine", D(35), D(0))]
    assert said(60 * 24 * 14 + 1) == []
    named = replace(VIAL, drug="Ketalar (ketamine hydrochloride)", lot="LOT-9")
    (other,) = actions.receive(elm.act(Role.CLINIC_LEAD, later(111)), named)
    use = replace(USE, lot="LOT-9", drawn=D("0.7"), wasted=D(0))
    actions.draw(elm.act(Role.NURSE, later(112)), other.row.id, story.ids["session_id"], use)
    assert said(113) == []
    sleepy = Arrived("midazolam", Shape.VIAL, D(5), D(1), "NDC-3", "LOT-3", date(2030, 1, 31), "IV", 1)
    (third,) = actions.receive(elm.act(Role.CLINIC_LEAD, later(114)), sleepy)
    one = Use("LOT-3", D(1), D(1), D(0), D(0), "", "")
    actions.draw(elm.act(Role.NURSE, later(115)), third.row.id, story.ids["session_id"], one)
    assert said(116) == [("midazolam", D(0), D(5))]


@pytest.mark.mitigates("M-173")
def test_what_was_drawn_for_a_session_that_was_called_off_is_shown(elm: House, vial: UUID) -> None:
    story = cast.planned(elm, "ana")
    here = session.arrive(elm.act(Role.NURSE, DOSE_DAY), story.ids["dose_id"]).id
    actions.draw(elm.act(Role.NURSE, later(5)), vial, here, replace(USE, drawn=D("0.7"), wasted=D(0)))
    session.not_today(elm.act(Role.NURSE, later(10)), here, "Ate breakfast")
    nurse = elm.act(Role.NURSE, later(11))
    (one,) = queries.unmatched(nurse, queries.register(nurse))
    assert (one.record, one.register) == (0, 35)


@pytest.mark.mitigates("M-173")
def test_a_session_is_not_given_the_other_drug(elm: House, story: Story) -> None:
    kit = Arrived("SPRAVATO", Shape.DEVICE, D(28), D(3), "NDC-2", "LOT-8", date(2030, 1, 31), "III", 1)
    (here,) = actions.receive(elm.act(Role.NURSE, later(45)), kit)
    with pytest.raises(Refused, match="This session is given ketamine, and the container holds esketamine"):
        one = Use("LOT-8", D(1), D(1), D(0), D(0), "", "")
        actions.draw(elm.act(Role.NURSE, later(46)), here.row.id, story.ids["session_id"], one)


LABELS = [
    ("ketamine (racemic)", "ketamine"),
    ("Ketamine, USP", "ketamine"),
    ("Ketalar", "ketamine"),
    ("SPRAVATO", "esketamine"),
    ("(S)-ketamine", "esketamine"),
    ("Esketamine nasal spray", "esketamine"),
    ("Midazolam hydrochloride", "midazolam"),
]


@pytest.mark.parametrize(("label", "what"), LABELS)
def test_what_is_in_it_whatever_the_label_calls_it(label: str, what: str) -> None:
    assert queries.ingredient(label) == what


def test_a_kit_that_came_for_one_patient_goes_to_nobody_else(elm: House, story: Story) -> None:
    ben = cast.planned(elm, "ben")
    kit = Arrived("esketamine", Shape.DEVICE, D(28), D(3), "NDC-2", "LOT-8", date(2030, 1, 31), "III", 1)
    (here,) = actions.receive(elm.act(Role.NURSE, later(45)), replace(kit, patient_id=ben.patient.id))
    with pytest.raises(Refused, match="It goes to nobody else"):
        one = Use("LOT-8", D(1), D(1), D(0), D(0), "", "")
        actions.draw(elm.act(Role.NURSE, later(46)), here.row.id, story.ids["session_id"], one)


def test_only_what_is_unopened_goes_back_and_to_somebody(elm: House, vial: UUID) -> None:
    lead = elm.act(Role.CLINIC_LEAD, later(45))
    with pytest.raises(Refused, match="Only a whole, unopened vial"):
        actions.send_back(lead, vial, D(5), Signed("Reverse distributor, invoice 9"))
    with pytest.raises(Refused, match="to whom"):
        actions.send_back(lead, vial, D(10), Signed())
    actions.send_back(lead, vial, D(10), Signed("Reverse distributor, invoice 9"))
    assert queries.containers(lead) == []


LABELS = [
    # what the label says, what is refused
    ({"lot": " "}, "read off the label"),
    ({"expiry": date(2020, 1, 1)}, "It has expired"),
    ({"how_many": 201}, "from 1 to 200"),
    ({"strength": D(0)}, "more than 0"),
    ({"shape": Shape.TABLET, "size": D("1.5")}, "whole pieces"),
]


@pytest.mark.parametrize(("label", "said"), LABELS)
def test_a_label_that_cannot_be_one_is_refused(elm: House, label: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        actions.receive(elm.act(Role.CLINIC_LEAD, DOSE_DAY), replace(VIAL, **label))


def test_expired_stock_is_written_in_an_opening_inventory_so_that_it_can_be_wasted(elm: House) -> None:
    old = replace(VIAL, expiry=date(2020, 1, 1))
    (here,) = actions.receive(elm.act(Role.CLINIC_LEAD, DOSE_DAY), old, opening=True)
    assert here.why_not == "expired"


def test_a_therapist_and_the_desk_see_no_register(elm: House, vial: UUID, see: Callable[..., Any]) -> None:
    for role in (Role.THERAPIST, Role.FRONT_DESK):
        assert see(elm.staff[role], "/register/", at=later(1)).status_code == 404
        with pytest.raises(NotAllowed):
            actions.count(elm.act(role, later(1)), {vial: D(10)})


def test_another_clinic_s_container_is_not_there(elm: House, vial: UUID) -> None:
    oak = cast._house("Oak Clinic", "oak", cast.MONDAY)
    with pytest.raises(NotThere):
        actions.waste(oak.act(Role.NURSE, later(1)), vial, D(1), Signed("It fell"))
    assert queries.rows(oak.act(Role.NURSE, later(1))) == []


@pytest.mark.mitigates("M-142")
def test_a_line_that_was_changed_is_found(elm: House, vial: UUID) -> None:
    actions.count(elm.act(Role.NURSE, later(45)), {vial: D(10)}, watched(elm))
    assert list(queries.broken_lines()) == []
    without_guards("session_registerline")
    row = RegisterLine.objects.order_by("-position")[0]
    changed = bytes(row.stored).replace(b'"counted":"10"', b'"counted":"9"')
    assert changed != bytes(row.stored)
    RegisterLine.objects.filter(id=row.id).update(stored=changed)
    assert list(queries.broken_lines()) == [f"drug register of clinic {elm.clinic.id}, line 2"]


@pytest.mark.mitigates("M-142")
def test_a_label_that_was_changed_and_lines_that_are_gone_are_found(elm: House, vial: UUID) -> None:
    actions.count(elm.act(Role.NURSE, later(45)), {vial: D(10)}, watched(elm))
    here = f"drug register of clinic {elm.clinic.id}"
    without_guards("session_drugcontainer")
    DrugContainer.objects.filter(id=vial).update(size=D(5))
    assert list(queries.broken_lines()) == [f"{here}, label of container 1"]
    DrugContainer.objects.filter(id=vial).update(size=D(10))
    without_guards("session_registerline")
    for _ in range(2):
        RegisterLine.objects.order_by("-position")[0].delete()
        assert list(queries.broken_lines()) == [f"{here}: its newest line is not the one that the ledger names"]


def test_the_printed_register_says_what_it_was_and_for_whom(
    elm: House, story: Story, vial: UUID, see: Callable[..., Any]
) -> None:
    actions.draw(elm.act(Role.NURSE, later(45)), vial, story.ids["session_id"], USE, watched(elm))
    page = see(elm.staff[Role.NURSE], "/register/lines/", at=later(50)).content.decode()
    assert "ketamine 50 mg/mL, lot LOT-7, NDC NDC-1" in page
    assert f"{story.patient.name}, record {story.patient.number}" in page


def test_pages_of_an_empty_register_say_so(elm: House, see: Callable[..., Any]) -> None:
    lead = elm.staff[Role.CLINIC_LEAD]
    assert "Nothing is written yet." in see(lead, "/register/lines/", at=DOSE_DAY).content.decode()
    assert "No stock was destroyed." in see(lead, "/register/destroyed/", at=DOSE_DAY).content.decode()
    assert see(lead, "/register/count/", at=DOSE_DAY).status_code == 200


@pytest.mark.mitigates("M-171")
def test_a_vial_that_was_open_before_needs_the_day_and_is_nobody_s_unopened_vial(elm: House, story: Story) -> None:
    lead, here = elm.act(Role.CLINIC_LEAD, later(40)), story.ids["session_id"]
    half = replace(VIAL, held=D(4))
    with pytest.raises(Refused, match="Opened on: read it off the vial"):
        actions.receive(lead, half, opening=True)
    with pytest.raises(Refused, match="this day has not come yet"):
        actions.receive(lead, replace(half, opened_on=date(2026, 11, 4)), opening=True)
    with pytest.raises(Refused, match="from 0 to 11 mL by the label"):
        actions.receive(lead, replace(half, held=D(500), opened_on=date(2026, 11, 1)), opening=True)
    (old,) = actions.receive(lead, replace(half, opened_on=date(2026, 10, 5)), opening=True)
    (single,) = actions.receive(lead, replace(half, multi_dose=False, opened_on=date(2026, 11, 3)), opening=True)
    nurse = elm.act(Role.NURSE, later(45))
    with pytest.raises(Refused, match=r"It was opened on October 05, 2026, more than 28 days ago"):
        actions.draw(nurse, old.row.id, UUID(str(here)), USE, watched(elm))
    with pytest.raises(Refused, match="A single-dose vial is opened for one patient"):
        actions.draw(nurse, single.row.id, UUID(str(here)), USE, watched(elm))
    with pytest.raises(Refused, match="Only a whole, unopened vial goes back"):
        actions.send_back(nurse, old.row.id, D(4), Signed("To the wholesaler"))


@pytest.mark.mitigates("M-171")
def test_a_vial_of_which_a_part_was_wasted_is_open(elm: House, vial: UUID) -> None:
    nurse, doctor = elm.act(Role.NURSE, later(45)), elm.act(Role.PRESCRIBER, later(45))
    actions.waste(nurse, vial, D(3), Signed("Spilled on opening", doctor))
    assert queries.container_of(nurse, vial).held.opened == later(45)
    with pytest.raises(Refused, match="Only a whole, unopened vial goes back"):
        actions.send_back(nurse, vial, D(7), Signed("To the wholesaler"))
