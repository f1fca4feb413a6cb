"""Every form of every page, filled with what nobody should type: a sentence comes back, never a broken page."""

from typing import Any

import pytest
from django.test import Client
from tests.cast import Cast
from tests.clinic.filled_in import filled_in
from tests.clinic.test_every_door import addresses, people

ODD = {
    "nul": "\x00",
    "faces": "🙂" * 60,
    "long number": "9" * 400,
    "below zero": "-1",
    "year 1": "0001-01-01",
    "year 9999": "9999-12-31",
    "no such day": "2026-02-30",
    "too large": "1e400",
    "no number": "NaN",
    "other digits": "٣",
    "markup": "<script>alert(1)</script>",
    "quotes": "' OR 1=1 --",
    "very long": "x" * 20_000,
    "blanks": " \t\u00a0\u2003 ",
}
OWN = {"csrfmiddlewaretoken", "next", "once", "sitting", "event_id"}


@pytest.mark.parametrize("who", ["ana", "prescriber", "nurse", "clinic_lead"])
def test_odd_input_is_answered(everybody: Cast, who: str) -> None:
    user: Any = people(everybody)[who]
    client = Client(raise_request_exception=False)
    client.force_login(user)
    broken, tried = [], 0
    for entry, address in addresses(everybody.ana):
        if entry.name in {"account_logout", "demo"} or "accounts/" in address:
            continue
        page = client.get(address)
        if page.status_code != 200 or b"<form" not in getattr(page, "content", b""):
            continue
        fields = filled_in(page.content.decode())
        for odd, value in ODD.items():
            # What makes a row belong to its page is left as it was, but for one round.
            body = {name: fields[name] if name in OWN and odd != "quotes" else value for name in fields}
            answer = client.post(address, body)
            if answer.status_code >= 500 or b"<script>alert(1)" in getattr(answer, "content", b""):
                broken.append((address, odd))
            tried += 1
    assert broken == []
    assert tried > 4 * len(ODD)
