"""The patient's way to a signature and back: questions, an old tab, a second click, the drug, the course, print."""

from datetime import timedelta

import pytest
from django.test import Client
from tests import cast
from tests.cast import DOSE_DAY, MONDAY, House, Story
from tests.safety.test_doses import course

from kapstone.care.plan.consent import ConsentText, Drug
from kapstone.care.quantities import Instant
from kapstone.clinic.config import clock
from kapstone.clinic.ground.concerns.models import Concern
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan import actions as plan
from kapstone.clinic.plan.consent import actions, queries
from kapstone.clinic.plan.models import Consent, ConsentStep, Dose
from kapstone.clinic.plan.ordering.queries import why_not
from kapstone.clinic.session import actions as session
from kapstone.rehearsal.consenting import agree

KETAMINE = Drug.RACEMIC
PRICE = "One dose costs 500 dollars, all included."


@pytest.fixture
def elm(db: None, monkeypatch: pytest.MonkeyPatch) -> House:
    """A clinic whose director has signed the policy, on its first Monday."""
    monkeypatch.setattr(clock, "now", lambda: MONDAY)
    return cast._house("Elm Clinic", "elm", MONDAY)


def offered(house: House, name: str) -> Story:
    """Evaluated and offered, and the text has changed since the cast signed it: the way begins anew."""
    story = cast.evaluated(house, name)
    actions.state_cost(house.act(Role.CLINIC_LEAD, MONDAY), PRICE)
    return story


def answered(house: House, story: Story, at: Instant = MONDAY) -> str:
    """Everything but the name, under the text in force; gives its digest."""
    me, text = house.as_patient(story.patient, at), queries.text_of(house.clinic, KETAMINE)
    for page in text.pages:
        actions.read_page(me, KETAMINE, page.key, text.digest)
    for one in text.questions:
        actions.answer(me, KETAMINE, one.key, one.right, text.digest)
    return text.digest


@pytest.mark.mitigates("M-012")
def test_a_wrong_answer_is_explained_kept_and_asked_again(elm: House) -> None:
    story = offered(elm, "ana")
    me, text = elm.as_patient(story.patient, MONDAY), queries.text_of(elm.clinic, KETAMINE)
    first = text.questions[0]
    wrong = next(one.key for one in first.options if one.key != first.right)
    assert not actions.answer(me, KETAMINE, first.key, wrong, text.digest)
    assert not actions.answer(me, KETAMINE, first.key, wrong, text.digest)
    assert not actions.answer(me, KETAMINE, first.key, actions.NOT_SURE, text.digest)
    with pytest.raises(Refused, match="pages or questions are left"):
        actions.sign_consent(me, KETAMINE, story.patient.name, text.digest)
    digest = answered(elm, story)
    signed = actions.sign_consent(me, KETAMINE, f"  {story.patient.name.upper()} ", digest)
    assert signed.tries[first.key] == [wrong, actions.NOT_SURE, first.right]
    assert ConsentText.from_json(signed.body) == text
    assert PRICE in signed.body


@pytest.mark.mitigates("M-012")
def test_an_old_tab_is_refused(elm: House) -> None:
    story = offered(elm, "ana")
    old = answered(elm, story)
    actions.state_cost(elm.act(Role.CLINIC_LEAD, MONDAY), "One dose costs 600 dollars.")
    me = elm.as_patient(story.patient, MONDAY)
    with pytest.raises(Refused, match="text has changed"):
        actions.sign_consent(me, KETAMINE, story.patient.name, old)
    new = queries.text_of(elm.clinic, KETAMINE).digest
    with pytest.raises(Refused, match="pages or questions are left"):
        actions.sign_consent(me, KETAMINE, story.patient.name, new)


def test_two_clicks_are_one_signature(elm: House) -> None:
    story = offered(elm, "ana")
    digest, me = answered(elm, story), elm.as_patient(story.patient, MONDAY)
    first = actions.sign_consent(me, KETAMINE, story.patient.name, digest)
    assert actions.sign_consent(me, KETAMINE, story.patient.name, digest) == first
    assert Consent.objects.filter(text_digest=digest).count() == 1


def test_a_wish_to_talk_reaches_a_person_once_for_a_click(elm: House) -> None:
    story = offered(elm, "ana")
    client = Client()
    client.force_login(story.patient.user)
    answered(elm, story)
    page = client.get("/me/consent/racemic/sign/")
    form = page.context["form"]
    body = {"digest": page.context["state"].text.digest, "event_id": str(form["event_id"].value()), "talk": "1"}
    for _ in range(2):
        told = client.post("/me/consent/racemic/sign/", body, follow=True)
        assert b"Nothing starts until you say yes" in told.content
    found = Concern.objects.filter(patient=story.patient, source="consent")
    assert [(one.tier, one.reason) for one in found] == [
        ("soon", "Wants to talk with the team before signing the consent.")
    ]
    assert ConsentStep.objects.filter(patient=story.patient, kind=ConsentStep.TALK).count() == 1
    told = client.post("/me/consent/racemic/sign/", {"digest": "of an old tab", "no": "1"}, follow=True)
    assert b"You need no reason" in told.content
    assert not queries.to_sign(elm.as_patient(story.patient, MONDAY), story.patient)


@pytest.mark.mitigates("M-013")
def test_nobody_signs_under_the_drug_and_everybody_may_take_back(elm: House) -> None:
    story = cast.dosing(elm, "ana")
    actions.state_cost(elm.act(Role.CLINIC_LEAD, DOSE_DAY), PRICE)
    text = queries.text_of(elm.clinic, KETAMINE)
    evening = elm.as_patient(story.patient, Instant(DOSE_DAY + timedelta(hours=9)))
    actions.read_page(evening, KETAMINE, text.pages[0].key, text.digest)
    with pytest.raises(Refused, match="You can read this now"):
        actions.answer(evening, KETAMINE, text.questions[0].key, text.questions[0].right, text.digest)
    with pytest.raises(Refused, match="Signing waits until tomorrow morning"):
        actions.sign_consent(evening, KETAMINE, story.patient.name, text.digest)
    with pytest.raises(Refused, match="until this morning"):
        agree(elm.as_patient(story.patient, Instant(DOSE_DAY + timedelta(hours=21))), KETAMINE, story.patient.name)
    actions.withdraw(evening, KETAMINE)
    actions.withdraw(evening, KETAMINE)
    assert [one.tier for one in Concern.objects.filter(patient=story.patient, source="consent")] == ["now"]
    morning = elm.as_patient(story.patient, Instant(DOSE_DAY + timedelta(hours=23)))
    agree(morning, KETAMINE, story.patient.name)
    assert queries.consent_of(morning, story.patient, KETAMINE)


@pytest.mark.mitigates("M-012")
def test_taken_back_stops_the_next_dose_and_the_next_course(elm: House) -> None:
    story = cast.planned(elm, "ana")
    doctor, me = elm.act(Role.PRESCRIBER, DOSE_DAY), elm.as_patient(story.patient, DOSE_DAY)
    dose = Dose.objects.get(id=story.ids["dose_id"])
    assert why_not(doctor, dose) == ""
    actions.withdraw(me, KETAMINE)
    assert "taken the consent back" in why_not(doctor, dose)
    with pytest.raises(Refused, match="taken the consent back"):
        session.arrive(elm.act(Role.NURSE, DOSE_DAY), dose.id)
    plan.end_course(doctor, story.patient.id, "stopped", "Taken back by the patient.")
    with pytest.raises(Refused, match="has not signed the consent"):
        plan.plan_course(doctor, story.patient.id, course(elm, "iv", "35"))


@pytest.mark.mitigates("M-012")
def test_a_running_course_goes_on_under_the_text_it_began_with(elm: House) -> None:
    story = cast.planned(elm, "ana")
    actions.state_cost(elm.act(Role.CLINIC_LEAD, MONDAY), PRICE)
    doctor = elm.act(Role.PRESCRIBER, DOSE_DAY)
    assert why_not(doctor, Dose.objects.get(id=story.ids["dose_id"])) == ""
    assert not queries.to_sign(elm.as_patient(story.patient, DOSE_DAY), story.patient)
    assert queries.consent_of(doctor, story.patient, KETAMINE) is None


def test_the_way_by_pages(elm: House) -> None:
    """Every page, a wrong answer, the name misspelt, the name, the copy, and back again."""
    story = offered(elm, "ana")
    client = Client()
    client.force_login(story.patient.user)
    assert b"Start" in client.get("/me/consent/").content
    text = queries.text_of(elm.clinic, KETAMINE)
    digest = text.digest
    for page in text.pages:
        here = f"/me/consent/racemic/{page.key}/"
        assert page.lines[0].words in client.get(here).content.decode().replace("&#x27;", "'")
        assert client.post(here, {"digest": digest}).status_code == 302
    for one in text.questions:
        here = f"/me/consent/racemic/ask-{one.key}/"
        assert b"I am not sure" in client.get(here).content
        again = client.post(here, {"digest": digest, "chosen": "?"})
        assert one.explain in again.content.decode()
        assert client.post(here, {"digest": digest, "chosen": one.right}).status_code == 302
    sign = "/me/consent/racemic/sign/"
    page = client.get(sign).content.decode()
    assert "I agree" in page
    assert "I want to talk first" in page
    form = {"digest": digest, "event_id": str(story.patient.id), "agree": "1"}
    assert b"Type your name as we have it" in client.post(sign, {**form, "signed_name": "Nobody"}).content
    assert client.post(sign, {**form, "digest": "old", "signed_name": "x"}, follow=True).content.count(b"has changed")
    done = client.post(sign, {**form, "signed_name": story.patient.name}, follow=True)
    assert b"Signed. You can take it back" in done.content
    copy = client.get("/me/consent/racemic/print/").content.decode()
    for words in (
        digest,
        PRICE,
        story.patient.name,
        "Version 2",
        "first answered: I am not sure",
        "America/New_York",
    ):
        assert words in copy
    assert b"Take it back" in client.get("/me/consent/racemic/back/").content
    client.post("/me/consent/racemic/back/", {})
    assert b"You took this consent back" in client.get("/me/consent/").content


def test_staff_see_how_far_and_sign_nothing(elm: House) -> None:
    story = offered(elm, "ana")
    nurse = Client()
    nurse.force_login(elm.staff[Role.NURSE])
    page = nurse.get(f"/patients/{story.patient.id}/consent/").content.decode()
    assert "Nobody signs for them" in page
    assert "under an earlier text" in page
    assert nurse.get(f"/patients/{story.patient.id}/consent/racemic/print/").status_code == 200
    assert nurse.get("/consent/cost/").status_code == 404
    assert nurse.get("/me/consent/racemic/sign/").status_code == 404


def test_the_lead_is_told_where_no_cost_is_written(elm: House) -> None:
    story = cast.evaluated(elm, "ana")
    director, lead = Client(), Client()
    director.force_login(elm.staff[Role.MEDICAL_DIRECTOR])
    lead.force_login(elm.staff[Role.CLINIC_LEAD])
    assert b"has not written what treatment costs" in director.get(f"/patients/{story.patient.id}/consent/").content
    assert b"Nothing is written yet" in lead.get("/consent/cost/").content
    assert lead.post("/consent/cost/", {"words": PRICE}).status_code == 302
    assert PRICE in queries.text_of(elm.clinic, KETAMINE).as_json()
