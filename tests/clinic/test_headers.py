"""What every answer carries: a strict policy for content, no framing, no sniffing, nothing kept by a shared cache."""

import pytest
from django.test import Client
from tests.cast import Cast


@pytest.mark.parametrize("address", ["/", "/ask/", "/link/", "/accounts/login/", "/nothing/"])
def test_public_pages(everybody: Cast, address: str) -> None:
    headers = Client().get(address).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert "http" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_signed_in_page_is_kept_by_nobody(everybody: Cast) -> None:
    client = Client()
    client.force_login(everybody.ana.patient.user)
    for address in ("/me/", "/me/journal/", "/me/scores/"):
        assert "no-store" in client.get(address).headers["Cache-Control"]


def test_the_device_has_a_name_that_says_nothing(everybody: Cast) -> None:
    cookie = Client().get("/").cookies["kapstone_device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert len(cookie.value) == 22


def test_a_link_is_the_same_answer_for_known_and_unknown(everybody: Cast) -> None:
    known = Client().post("/link/", {"email": everybody.ana.patient.user.email}, follow=True)
    unknown = Client().post("/link/", {"email": "nobody@nowhere.example"}, follow=True)
    strip = lambda answer: answer.content.split(b"csrfmiddlewaretoken")[0]  # noqa: E731
    assert strip(known) == strip(unknown)


def test_staff_get_no_link_by_mail(everybody: Cast, mailoutbox: list[object]) -> None:
    from kapstone.clinic.ground.people.roles import Role

    Client().post("/link/", {"email": everybody.elm.staff[Role.NURSE].email})
    assert not mailoutbox
    Client().post("/link/", {"email": everybody.ana.patient.user.email})
    assert len(mailoutbox) == 1


def test_going_back_after_the_display_stays_here(everybody: Cast) -> None:
    answer = Client().post("/display/", {"theme": "dim", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert answer.cookies["kapstone_theme"].value == "dim"


def test_a_patient_with_a_password_is_sent_to_the_link(everybody: Cast) -> None:
    patient = everybody.ana.patient.user
    patient.set_password("a password that a reset made")
    patient.save()
    client = Client()
    answer = client.post("/accounts/login/", {"login": patient.email, "password": "a password that a reset made"})
    assert answer.headers["Location"] == "/link/"
    assert "_auth_user_id" not in client.session


def test_staff_of_another_clinic_get_no_link_either(everybody: Cast, mailoutbox: list[object]) -> None:
    from kapstone.clinic.ground.people.roles import Role

    Client().post("/link/", {"email": everybody.oak.staff[Role.NURSE].email})
    assert not mailoutbox


def test_a_few_links_an_hour_and_no_more(everybody: Cast, mailoutbox: list[object]) -> None:
    for _ in range(8):
        Client().post("/link/", {"email": everybody.ana.patient.user.email})
    assert len(mailoutbox) == 5
