"""A patient's photo: small, without what the camera wrote beside it, sealed, shown beside the name, taken away."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from tests import cast
from tests.cast import DOSE_DAY, House, Story

from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.models import Photo
from kapstone.clinic.evaluation.photos.actions import SIDE, keep_photo, remove_photo
from kapstone.clinic.evaluation.photos.queries import photo_of, photo_urls, picture
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.who import NotAllowed

LOOKED_AT = Instant(DOSE_DAY + timedelta(minutes=5))


def taken(width: int = 800, height: int = 600, kind: str = "JPEG") -> bytes:
    """A picture, red on its left and blue on its right half, with a place written beside it by the camera."""
    found = Image.new("RGB", (width, height), (200, 0, 0))
    found.paste((0, 0, 200), (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x010E] = "CANARY-place"
    body = BytesIO()
    found.save(body, kind, exif=exif)
    return body.getvalue()


@pytest.fixture
def story(elm: House) -> Story:
    """A dose runs."""
    return cast.dosing(elm, "ana")


@pytest.mark.parametrize(("kind", "size"), [("JPEG", (800, 600)), ("PNG", (64, 2000))])
def test_a_small_square_is_kept_and_nothing_that_the_camera_wrote(
    elm: House, story: Story, kind: str, size: tuple[int, int]
) -> None:
    nurse, body = elm.act(Role.NURSE, LOOKED_AT), taken(*size, kind)
    assert b"CANARY-place" in body
    row = keep_photo(nurse, story.patient.id, body)
    kept = picture(row)
    with Image.open(BytesIO(kept)) as found:
        assert (found.format, found.size, dict(found.getexif())) == ("JPEG", (SIDE, SIDE), {})
    assert b"CANARY" not in kept and len(kept) < 40_000
    assert b"JFIF" not in bytes(row.body_sealed), "sealed"


BAD = [
    b"",
    b"no picture",
    taken()[:500],
    b"%PDF-1.4 x",
    b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    b"GIF89a" + b"0" * 99,
]


@pytest.mark.parametrize("body", BAD)
def test_what_is_no_picture_is_refused(elm: House, story: Story, body: bytes) -> None:
    with pytest.raises(Refused, match="no JPEG or PNG picture"):
        keep_photo(elm.act(Role.NURSE, LOOKED_AT), story.patient.id, body)


def test_a_picture_that_would_fill_the_memory_is_refused(elm: House, story: Story) -> None:
    body = BytesIO()
    Image.new("1", (20_000, 20_000)).save(body, "PNG")
    with pytest.raises(Refused, match=r"too many points|no JPEG"):
        keep_photo(elm.act(Role.NURSE, LOOKED_AT), story.patient.id, body.getvalue())


@pytest.mark.mitigates("M-151")
def test_the_photo_stands_beside_the_name_wherever_somebody_charts(
    elm: House, story: Story, see: Callable[..., Any]
) -> None:
    nurse, here = elm.staff[Role.NURSE], f"/sessions/{story.ids['session_id']}/"
    sent = {"photo": SimpleUploadedFile("a.jpg", taken(), "image/jpeg")}
    assert see(nurse, f"/patients/{story.patient.id}/photo/", sent, at=LOOKED_AT).status_code == 302
    url = photo_urls(elm.act(Role.NURSE, LOOKED_AT), [story.patient.id])[story.patient.id]
    for address in (here, "/chairs/", f"{here}stop/", f"{here}release/"):
        assert url in see(nurse, address, at=LOOKED_AT).content.decode(), address
    picture_ = see(nurse, url, at=LOOKED_AT)
    assert picture_["Content-Type"] == "image/jpeg"
    assert "no-store" in picture_["Cache-Control"]


def test_it_is_taken_away_and_then_nowhere(elm: House, story: Story, see: Callable[..., Any]) -> None:
    act = elm.act(Role.NURSE, LOOKED_AT)
    keep_photo(act, story.patient.id, taken())
    for _ in range(2):
        assert see(elm.staff[Role.NURSE], f"/patients/{story.patient.id}/photo/", {"remove": "1"}, at=LOOKED_AT)
    assert photo_of(act, story.patient) is None
    assert photo_urls(act, [story.patient.id]) == {}
    assert Photo.objects.filter(patient=story.patient).count() == 2
    assert see(elm.staff[Role.NURSE], f"/patients/{story.patient.id}/photo.jpg", at=LOOKED_AT).status_code == 404


def test_who_may(elm: House, story: Story) -> None:
    with pytest.raises(NotAllowed):
        keep_photo(elm.as_patient(story.patient, LOOKED_AT), story.patient.id, taken())
    oak = cast._house("Oak Clinic", "oak", cast.MONDAY)
    with pytest.raises(NotThere):
        remove_photo(oak.act(Role.NURSE, LOOKED_AT), story.patient.id)


def test_the_same_picture_sent_twice_is_kept_once(elm: House, story: Story) -> None:
    nurse = elm.act(Role.NURSE, LOOKED_AT)
    first = keep_photo(nurse, story.patient.id, taken())
    again = keep_photo(nurse.later(Instant(LOOKED_AT + timedelta(seconds=1))), story.patient.id, taken())
    assert (again.id, Photo.objects.count()) == (first.id, 1)
    remove_photo(nurse.later(Instant(LOOKED_AT + timedelta(seconds=2))), story.patient.id)
    keep_photo(nurse.later(Instant(LOOKED_AT + timedelta(seconds=3))), story.patient.id, taken())
    assert Photo.objects.count() == 3, "one that was taken away is a new one when it comes again"
