"""Makes and takes back the secret address of one's own calendar feed."""

import secrets

from kapstone.clinic.ground.bookings.models import Feed
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.secret import hashed


@action("account.keep")
def make_feed(act: Act) -> str:
    """A new address; an earlier one stops working. The secret is shown once and not kept."""
    Feed.objects.filter(clinic=act.clinic, person=act.person, ended_at=None).update(ended_at=act.at)
    secret = secrets.token_urlsafe(32)
    made = Feed.objects.create(
        id=uuid7(act.at), clinic=act.clinic, person=act.person, hash=hashed(secret), made_at=act.at
    )
    sign("feed made", feed=made.id)
    return secret


@action("account.keep")
def end_feed(act: Act) -> None:
    """The address stops working."""
    Feed.objects.filter(clinic=act.clinic, person=act.person, ended_at=None).update(ended_at=act.at)
    sign("feed ended", person=act.person.id)
