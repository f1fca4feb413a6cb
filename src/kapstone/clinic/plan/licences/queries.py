"""Whose licences count on a day, and why somebody may not give by a route."""

from datetime import date

from django.db.models import QuerySet

from kapstone.care.evidence import Policy
from kapstone.care.plan.licences import Licence, why_not_give
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.models import Clinic, User
from kapstone.clinic.ground.people.queries import held_at
from kapstone.clinic.ground.people.roles import CLINICAL
from kapstone.clinic.ground.people.who import visible
from kapstone.clinic.plan.models import HeldLicence


def licences_of(person: User, clinic: Clinic, day: date) -> frozenset[Licence]:
    """The licences that somebody holds in the clinic's state on a day; of any state where the clinic names none."""
    found = HeldLicence.objects.filter(clinic=clinic, person=person, ended=None, until__gte=day)
    if clinic.state:
        found = found.filter(state=clinic.state)
    return frozenset(Licence(one.licence) for one in found)


def why_not_by_licence(act: Act, route: str, policy: Policy) -> str:
    """Why the one who acts may not give by this route today; empty where they may.

    `route` is a format's id or a route of a medicine that is given if needed.
    """
    today = act.at.astimezone(act.clinic.zone).date()
    no = why_not_give(licences_of(act.person, act.clinic, today), route, act.clinic.state, policy)
    return str(no) if no else ""


def on_record(act: Act) -> QuerySet[HeldLicence]:
    """Every licence that counts or has run out, by name; ended ones are left out."""
    found = visible(act, HeldLicence).filter(ended=None).select_related("person", "by")
    return found.order_by("person__name", "licence", "state")


def clinical_staff(act: Act) -> list[User]:
    """Everybody who may hold a licence here, by name."""
    found = held_at(act.at).filter(clinic=act.clinic, role__in=CLINICAL).select_related("user")
    return sorted({one.user for one in found}, key=lambda one: one.name)
