"""What people write is theirs: private until shared, and sealed wherever it is stored."""

from collections.abc import Iterator

import pytest
from django.apps import apps

from kapstone.care.quantities import Instant, minutes
from kapstone.clinic.ground.people.keys import CannotOpen, new_key, unwrap
from kapstone.clinic.ground.people.queries import key_of
from kapstone.clinic.ground.people.roles import STAFF, Role
from kapstone.clinic.ground.people.who import NotAllowed
from kapstone.clinic.integration import actions as integration
from kapstone.clinic.integration.models import JournalEntry
from kapstone.clinic.integration.queries import my_entries, shared_entries
from tests import cast
from tests.cast import DOSE_DAY, Cast, House

WRITTEN = (
    "private", "shared", "reason", "for-patient", "session-note", "observation", "visit-note", "act", "step-reason",
    "concern-words", "phone", "enquiry",
)  # fmt: skip
OPEN = ("name",)
"""What the cast wrote that is not sealed; SECURITY.md says so."""


@pytest.mark.mitigates("M-062")
def test_an_entry_is_private_until_shared_and_again_after(elm: House) -> None:
    patient = cast._admitted(elm, "ana").patient
    me, therapist = elm.as_patient(patient, DOSE_DAY), elm.act(Role.THERAPIST, DOSE_DAY)
    entry = integration.write_entry(me, "A wide water.", "calm")
    assert shared_entries(therapist, patient) == []
    integration.share_entry(me.later(Instant(DOSE_DAY + minutes(1))), entry.id, True)
    assert [one.words for one in shared_entries(therapist, patient)] == ["A wide water."]
    integration.share_entry(me.later(Instant(DOSE_DAY + minutes(2))), entry.id, False)
    assert shared_entries(therapist, patient) == []
    assert [one.words for one in my_entries(me, patient)] == ["A wide water."]
    for role in STAFF:
        act = elm.act(role, DOSE_DAY)
        assert my_entries(act, patient) == []
        with pytest.raises(NotAllowed):
            integration.share_entry(act, entry.id, True)


def stored_text() -> Iterator[tuple[str, str]]:
    """Every value of every row of ours, as text."""
    for model in apps.get_models():
        for row in model._default_manager.values():
            for name, value in row.items():
                raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
                yield f"{model._meta.label}.{name}", raw.decode("latin-1")


@pytest.mark.mitigates("M-063")
def test_no_written_word_stands_open_in_the_database(everybody: Cast) -> None:
    found: dict[str, set[str]] = {}
    for place, text in stored_text():
        for word in (*WRITTEN, *OPEN):
            if f"CANARY-ana-{word}" in text:
                found.setdefault(word, set()).add(place)
    assert {word: places for word, places in found.items() if word in WRITTEN} == {}
    assert set(found) == set(OPEN), "the search finds what is open, so it would find what should not be"


@pytest.mark.mitigates("M-064")
def test_sealed_text_opens_only_in_its_place(elm: House) -> None:
    ana, ben = cast._admitted(elm, "ana").patient, cast._admitted(elm, "ben").patient
    entry = integration.write_entry(elm.as_patient(ana, DOSE_DAY), "A wide water.")
    sealed = bytes(JournalEntry.objects.get(id=entry.id).words_sealed)
    place = f"journal/words/{entry.id}"
    assert key_of(ana).open(sealed, place) == "A wide water."
    for key, where, text in (
        (key_of(ana), f"visit/note/{entry.id}", sealed),
        (key_of(ben), place, sealed),
        (key_of(ana), place, sealed[:-1] + bytes([sealed[-1] ^ 1])),
    ):
        with pytest.raises(CannotOpen):
            key.open(text, where)
    _, wrapped = new_key()
    with pytest.raises(CannotOpen):
        unwrap(wrapped[:-1] + bytes([wrapped[-1] ^ 1]))
