"""Reads about people, always through `visible`."""

import json
from datetime import date
from functools import lru_cache
from uuid import UUID

from django.db.models import Q, QuerySet

from kapstone.care.evidence import Policy, default_policy
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.keys import DataKey, unwrap
from kapstone.clinic.ground.people.models import Clinic, GivenTo, Membership, Patient, PolicyVersion, SignInLink, User
from kapstone.clinic.ground.people.roles import STAFF, Role
from kapstone.clinic.ground.people.who import TABLE, Reach, visible


def patient_of(act: Act, patient_id: UUID, verb: str = "") -> Patient:
    """One patient whom this actor may see, or use `verb` on. NotThere for any other."""
    found = visible(act, Patient, verb).filter(id=patient_id).first()
    if found is None:
        raise NotThere("No such patient.")
    return found


def patients(act: Act) -> QuerySet[Patient]:
    """The patients this actor may see, by name."""
    return visible(act, Patient).order_by("name")


def me(act: Act) -> Patient:
    """The patient who is signed in. NotThere for anyone else."""
    found = Patient.objects.filter(user=act.actor, clinic=act.clinic).first() if act.actor else None
    if found is None:
        raise NotThere("You are not a patient here.")
    return found


def key_of(patient: Patient) -> DataKey:
    """The patient's data key."""
    return unwrap(patient.wrapped_key)


def contact_of(act: Act, patient: Patient) -> dict[str, str]:
    """Telephone, address and companion, for those who may reach the patient; else nothing."""
    if not visible(act, Patient, "patient.contact").filter(id=patient.id).exists():
        return {}
    return dict(json.loads(key_of(patient).open(patient.contact_sealed, f"patient/contact/{patient.id}")))


def age_on(birth_date: date, day: date) -> int:
    """Whole years of age."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def held_at(at: Instant) -> QuerySet[Membership]:
    """The memberships that count at a moment: begun, and not yet ended."""
    return Membership.objects.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


def staff_with(clinic: Clinic, role: Role, at: Instant) -> list[User]:
    """Who holds a role in the clinic at a moment."""
    held = held_at(at).filter(clinic=clinic, role=role)
    return [one.user for one in held.select_related("user").order_by("user__name")]


def colleagues(act: Act, verb: str = "") -> list[User]:
    """Everybody else who works in this clinic now, or of them those who may do this to all its records, by name."""
    roles = [role for role, far in TABLE[verb].items() if far is Reach.CLINIC] if verb else STAFF
    found = held_at(act.at).filter(clinic=act.clinic, role__in=roles)
    people = {one.user for one in found.select_related("user") if one.user != act.actor}
    return sorted(people, key=lambda one: (one.name, str(one.id)))


def is_given(patient: Patient, guest: User) -> bool:
    """Whether a patient is given to this guest now."""
    return GivenTo.objects.filter(patient=patient, to=guest, ended_at=None).exists()


def member(clinic: Clinic, user_id: UUID, role: Role, at: Instant | None = None) -> User | None:
    """A person who holds this role here at a moment, or None. Without a moment: who holds it with no end in sight."""
    held = held_at(at) if at else Membership.objects.filter(until=None)
    found = held.filter(clinic=clinic, user_id=user_id, role=role).select_related("user").first()
    return found.user if found else None


def roles_of(user: User, clinic: Clinic, at: Instant) -> frozenset[Role]:
    """The roles a person holds in a clinic at a moment."""
    held = held_at(at).filter(clinic=clinic, user=user).values_list("role", flat=True)
    roles = {Role(name) for name in held}
    if Patient.objects.filter(user=user, clinic=clinic).exists():
        roles.add(Role.PATIENT)
    return frozenset(roles)


def works_anywhere(user: User, at: Instant) -> bool:
    """Whether this person holds a staff role in any clinic of this server at a moment."""
    return held_at(at).filter(user=user).exclude(role=Role.PATIENT).exists()


def links_since(user: User, moment: Instant) -> int:
    """How many sign-in links this person was made since then."""
    return SignInLink.objects.filter(user=user, made_at__gte=moment).count()


def clinics_of(user: User, at: Instant) -> list[Clinic]:
    """The clinics in which a person holds a role at a moment or is a patient."""
    works = held_at(at).filter(user=user).values("clinic")
    treated = Patient.objects.filter(user=user).values("clinic")
    return list(Clinic.objects.filter(Q(id__in=works) | Q(id__in=treated)).order_by("name"))


def all_clinics() -> list[Clinic]:
    """Every clinic of this server, the first one opened first. Only for the owner of the machine."""
    return list(Clinic.objects.order_by("id"))


def the_clinic() -> Clinic | None:
    """The clinic whose public pages this server shows: the first one opened."""
    return Clinic.objects.order_by("id").first()


def clinic_by_id(clinic_id: UUID) -> Clinic:
    """One clinic."""
    return Clinic.objects.get(id=clinic_id)


def user_by_email(email: str) -> User | None:
    """The active person with this address, or None."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def user_by_id(user_id: UUID) -> User | None:
    """An active person, or None."""
    return User.objects.filter(id=user_id, is_active=True).first()


def everybody(clinic: Clinic, at: Instant) -> tuple[QuerySet[Membership], QuerySet[Patient]]:
    """Who works in a clinic, and its patients. Only for the door of the demo, which shows no record."""
    staff = held_at(at).filter(clinic=clinic).select_related("user")
    found = Patient.objects.filter(clinic=clinic).select_related("user")
    return staff.order_by("role", "user__name"), found.order_by("name")


def names_of(ids: set[UUID]) -> dict[UUID, str]:
    """Names of people by id."""
    return dict(User.objects.filter(id__in=ids).values_list("id", "name"))


def signed_policy(clinic: Clinic) -> PolicyVersion | None:
    """The newest version that a medical director signed."""
    return PolicyVersion.objects.filter(clinic=clinic, signature__isnull=False).order_by("-number").first()


def policy_versions(act: Act) -> QuerySet[PolicyVersion]:
    """All versions, the newest first."""
    return visible(act, PolicyVersion).select_related("signature__signed_by", "made_by").order_by("-number")


def policy_of(version: PolicyVersion) -> Policy:
    """The policy value of a version. A line that is newer than the version counts with the program's default."""
    return _read_policy(version.body)


@lru_cache(maxsize=32)
def _read_policy(body: str) -> Policy:
    """A policy never changes once it is written, so its text is read once."""
    return Policy.from_json(body).with_new_lines(default_policy())


def policy_in_force(clinic: Clinic) -> tuple[Policy, PolicyVersion | None]:
    """The signed policy, or the default, unsigned one where nothing is signed yet."""
    version = signed_policy(clinic)
    return (policy_of(version), version) if version else (default_policy(), None)
