"""Keeps a photo and takes it away. What a camera writes beside a picture, such as the place, is thrown away."""

from io import BytesIO
from uuid import UUID

from django.conf import settings
from PIL import Image, ImageOps, UnidentifiedImageError

from kapstone.clinic.evaluation.models import Photo
from kapstone.clinic.evaluation.photos.queries import photo_of, picture
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import key_of, patient_of

SIDE = 320
MOST_PIXELS = 60_000_000
FORMATS = ("JPEG", "PNG")
NOT_ONE = "This is no JPEG or PNG picture that can be opened. Take the photo again."


@action("photo.keep")
def keep_photo(act: Act, patient_id: UUID, body: bytes) -> Photo:
    """Keeps a square of the picture's middle, 320 × 320. Refused for what is no picture, or far too large. The same
    picture sent again is kept once."""
    patient = patient_of(act, patient_id, "photo.keep")
    if len(body) > settings.UPLOAD_MOST_BYTES:
        raise Refused("The picture is larger than 10 MB. Take it smaller.", "photo")
    small, newest = _small(body), photo_of(act, patient)
    if newest is not None and picture(newest) == small:
        sign("photo already kept", patient.id, photo=newest.id)
        return newest
    photo_id = uuid7(act.at)
    made = Photo.objects.create(
        id=photo_id, clinic=act.clinic, patient=patient, at=act.at, by=act.person,
        body_sealed=key_of(patient).seal_bytes(small, f"photo/{photo_id}"),
    )  # fmt: skip
    sign("photo kept", patient.id, photo=made.id)
    return made


@action("photo.keep")
def remove_photo(act: Act, patient_id: UUID) -> None:
    """There is no photo any more. Asked for twice, it is gone once."""
    patient = patient_of(act, patient_id, "photo.keep")
    newest = Photo.objects.filter(patient=patient).order_by("at", "id").last()
    if newest is not None and not newest.removed:
        Photo.objects.create(
            id=uuid7(act.at), clinic=act.clinic, patient=patient, at=act.at, by=act.person, removed=True
        )
    sign("photo removed", patient.id)


def _small(body: bytes) -> bytes:
    """The middle of the picture as a small JPEG, upright, with nothing beside the picture itself."""
    try:
        with Image.open(BytesIO(body), formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                raise Refused("The picture has too many points. Take it smaller.", "photo")
            upright = ImageOps.exif_transpose(found).convert("RGB")
            square = ImageOps.fit(upright, (SIDE, SIDE))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused(NOT_ONE, "photo") from None
    made = BytesIO()
    square.save(made, "JPEG", quality=82)
    return made.getvalue()
