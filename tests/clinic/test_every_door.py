"""Every route, every person, their own objects and foreign ones: no canary where the oracle does not allow it.

The oracle below is written apart from the table in `who.py`. It says, for each person, which of Ana's words they
may read; of Cleo's, in another clinic, nobody of Elm may read any. Answers are searched for the words themselves,
whatever the status code says. Requests that change something are sent too; those of the wrong people must change
no row.
"""

import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client
from django.urls import URLPattern
from tests.cast import Cast, Story

from kapstone.clinic.config.accounts import ALLAUTH_MAY
from kapstone.clinic.config.checks import declared, routes
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.routes import ANYONE, DEMO, SIGNED_IN
from kapstone.clinic.ground.people.who import TABLE, Reach

EVERYTHING = re.compile(rb"CANARY-(ana|ben|cleo)-([a-z-]+)")
CHART = {"name", "allergies", "phone"}
CLINICAL = {*CHART, "reason", "for-patient", "session-note", "observation", "visit-note", "act", "step-reason"}
CLINICAL |= {"test-note", "paper"}
MAY_READ: dict[str, set[str]] = {
    "anonymous": set(),
    "prescriber": {*CLINICAL, "concern-words"},
    "nurse": {*CLINICAL, "concern-words"},
    "therapist": {*CLINICAL, "concern-words", "shared"},
    "medical_director": {*CLINICAL, "concern-words"},
    "guest_therapist": {
        "name",
        "allergies",
        "session-note",
        "observation",
        "visit-note",
        "act",
        "step-reason",
        "shared",
    },
    "front_desk": {"name", "phone", "enquiry"},
    "clinic_lead": {"name", "phone", "enquiry"},
    "on_call": {"name", "allergies", "phone", "concern-words", "step-reason"},
    "directory_editor": {"name"} - {"name"},
    "ana": {"name", "allergies", "private", "shared", "for-patient", "act"},
    "ben": set(),
}
OF_BEN = {"name", "phone", "allergies", "enquiry"}
"""Ben has only been admitted: those who see the clinic's patients see these, if they see them of Ana."""

DEMO_SHOWS_NAMES = {"demo"}
WITH_REMINDER = {"reminder": "high-systolic"}
OF_CONSENT = {"drug": "racemic", "word": "talk"}
OF_INTAKE = {"theme": "heart", "number": "1"}


def people(cast: Cast) -> dict[str, Any]:
    """Everybody of Elm, and nobody."""
    found: dict[str, Any] = {"anonymous": None, "ana": cast.ana.patient.user, "ben": cast.ben.patient.user}
    return found | {role.value: user for role, user in cast.elm.staff.items()}


def addresses(story: Story) -> Iterator[tuple[URLPattern, str]]:
    """Every route with this story's ids in it; a random id where the story has none."""
    for pattern, entry in routes():
        yield entry, "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: value(story, found[1]), pattern)


def value(story: Story, name: str) -> str:
    """What stands in a route's gap."""
    special = {"secret": "no-such-secret", "key": "no-such-key", "uidb36": "1", "pk": "1"}
    special |= OF_CONSENT | OF_INTAKE | WITH_REMINDER | {"test": "ecg"}
    return str(story.ids.get(name) or special.get(name) or uuid4())


def leaks(who: str, name: str | None, body: bytes) -> set[str]:
    """Words in an answer that this person may not read."""
    found = {(whose.decode(), kind.decode().rstrip("-")) for whose, kind in EVERYTHING.findall(body)}
    return {f"{whose}-{kind}" for whose, kind in found if not allowed(who, name, whose, kind)}


def allowed(who: str, name: str | None, whose: str, kind: str) -> bool:
    """The oracle."""
    if name in DEMO_SHOWS_NAMES:
        return kind == "name" and whose != "cleo"
    if whose == "cleo":
        return False
    if whose == "ben":
        if who == "ben":
            return kind in {"name"}
        return kind in MAY_READ[who] & OF_BEN and who not in ("ana", "guest_therapist")
    return kind in MAY_READ[who]


def tally() -> dict[str, int]:
    """Rows of every table of ours, but for the ledger and sign-in machinery."""
    ours = [m for m in apps.get_models() if m.__module__.startswith("kapstone") and m._meta.app_label != "ledger"]
    return {model._meta.label: model._default_manager.count() for model in ours if model.__name__ != "SignInLink"}


@pytest.mark.mitigates("M-003")
@pytest.mark.parametrize("who", sorted(MAY_READ))
def test_no_word_reaches_the_wrong_person(everybody: Cast, who: str) -> None:
    user, client = people(everybody)[who], Client()
    bad, tried = set(), 0
    for story in (everybody.ana, everybody.cleo):
        for entry, address in addresses(story):
            for send in (client.get, client.post):
                stay(client, user)
                answer = send(address)
                tried += 1
                body = getattr(answer, "content", b"") or b"".join(getattr(answer, "streaming_content", []))
                body += str(answer.headers).encode()
                bad |= {(address, word) for word in leaks(who, entry.name, body)}
                assert answer.status_code != 500, address
    assert not bad
    assert tried > 300


@pytest.mark.mitigates("M-003")
@pytest.mark.parametrize("who", ["anonymous", "ben", "directory_editor", "front_desk", "guest_therapist"])
def test_the_wrong_person_changes_no_row(everybody: Cast, who: str) -> None:
    user, client = people(everybody)[who], Client()
    before = tally()
    for entry, address in addresses(everybody.cleo):
        gaps = set(re.findall(r"<(?:\w+:)?(\w+)>", str(entry.pattern)))
        if gaps - OF_INTAKE.keys() - OF_CONSENT.keys():  # the others lead to one's own pages, whoever one is
            stay(client, user)
            client.post(address, FULL)
    assert tally() == before


OUTSIDE_THE_ROOMS = {"demo", "demo_mail", *ALLAUTH_MAY}
"""The demo's door, and account pages, which show a person their own name."""

FULL = {
    "words": "long enough to be saved", "note": "long enough to be saved", "outcome": "decline", "take": "1",
    "reason": "long enough to be saved", "for_patient": "long enough to be saved", "modality": "cbt", "mg": "35",
    "option": "continue", "state": "stopped", "share": "1", "close": "1", "event_id": str(uuid4()), "hr": "70",
    "how": "phone",
}  # fmt: skip


def stay(client: Client, user: Any) -> None:
    """Signs in again after a request that signed out; for the public, forgets who was there."""
    if user is None:
        client.cookies.clear()
    elif client.session.get("_auth_user_id") != str(user.id):
        client.force_login(user)


def signed_in(user: Any) -> Client:
    """A browser with this person signed in."""
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.mark.mitigates("M-003")
def test_a_foreign_record_answers_as_one_that_does_not_exist(everybody: Cast) -> None:
    nurse = signed_in(everybody.elm.staff[Role.NURSE])
    for name in ("patient_id", "session_id", "booking_id", "concern_id"):
        path = {"patient_id": "patients", "session_id": "sessions", "booking_id": "visits", "concern_id": "concerns"}
        foreign = nurse.get(f"/{path[name]}/{everybody.cleo.ids[name]}/")
        nothing = nurse.get(f"/{path[name]}/{uuid4()}/")
        assert (foreign.status_code, len(foreign.content)) == (404, len(nothing.content))


@pytest.mark.mitigates("M-004")
def test_every_page_that_shows_a_patient_is_in_the_ledger(everybody: Cast) -> None:
    from kapstone.clinic.ground.ledger.models import LedgerRow

    unwritten = set()
    for who in ("prescriber", "therapist", "on_call", "front_desk", "ana"):
        user, client = people(everybody)[who], Client()
        for entry, address in addresses(everybody.ana):
            stay(client, user)
            last = LedgerRow.objects.filter(clinic_id=everybody.elm.clinic.id).count()
            answer = client.get(address)
            if answer.status_code == 200 and b"CANARY-ana" in answer.content and entry.name not in OUTSIDE_THE_ROOMS:
                rows = LedgerRow.objects.filter(clinic_id=everybody.elm.clinic.id, number__gt=last)
                named = {one for row in rows for one in row.patient_ids}
                if str(everybody.ana.patient.id) not in named:
                    unwritten.add(entry.name)
    assert not unwritten


@pytest.mark.mitigates("M-044")
def test_every_route_says_who_may() -> None:
    for pattern, entry in routes():
        may = declared(entry.callback, entry.name)
        assert may in (ANYONE, SIGNED_IN, DEMO) or may in TABLE, pattern


@pytest.mark.mitigates("M-044")
def test_an_undeclared_route_keeps_the_server_from_starting(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.urls import path

    from kapstone.clinic.config import checks, urls

    monkeypatch.setattr(urls, "urlpatterns", [*urls.urlpatterns, path("left-open/", lambda request: None)])
    from django.urls import clear_url_caches

    clear_url_caches()
    try:
        assert [one.id for one in checks.routes_declare_who_may(None)] == ["kapstone.E001"]
    finally:
        monkeypatch.undo()
        clear_url_caches()


@pytest.mark.mitigates("M-010")
def test_a_therapist_never_gives_a_drug() -> None:
    for verb in ("medicine.give", "session.chart", "order.sign", "course.plan"):
        assert TABLE[verb].get(Role.THERAPIST, Reach.NOTHING) is Reach.NOTHING
        assert TABLE[verb].get(Role.GUEST_THERAPIST, Reach.NOTHING) is Reach.NOTHING


@pytest.mark.mitigates("M-044")
def test_every_record_about_a_patient_says_who_may_see_it() -> None:
    from kapstone.clinic.ground.people.models import Patient

    for model in apps.get_models():
        if not model.__module__.startswith("kapstone") or model is Patient:
            continue
        to_patient = [
            f for f in model._meta.get_fields() if f.is_relation and f.concrete and f.related_model is Patient
        ]
        if to_patient:
            assert model.SEEN_WITH in TABLE, model  # type: ignore[attr-defined]
            assert hasattr(model, "TO_PATIENT"), model
