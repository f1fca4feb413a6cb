"""Writes about people: opening a clinic, joining it, admitting patients, signing policy, links to sign in."""

import json
import secrets
from datetime import date, time, timedelta
from uuid import UUID

from django.db.models import Max

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.keys import new_key
from kapstone.clinic.ground.people.models import (
    Clinic,
    GivenTo,
    Membership,
    Patient,
    PolicySignature,
    PolicyVersion,
    SignInLink,
    User,
)
from kapstone.clinic.ground.people.queries import member, patient_of
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.secret import hashed
from kapstone.clinic.ground.people.who import visible

LINK_LASTS = timedelta(minutes=20)
EARLIEST_BIRTH = 1900


def open_clinic(at: Instant, *, name: str, zone: str, phone: str, place: str, demo: bool, state: str = "") -> Clinic:
    """Makes a clinic. Done by the owner of the machine, before anyone can sign in."""
    return Clinic.objects.create(
        id=uuid7(at),
        name=name,
        zone_name=zone,
        phone=phone,
        place=place,
        state=state,
        opens=time(8),
        closes=time(18),
        demo=demo,
    )


def add_staff(clinic: Clinic, at: Instant, *, name: str, email: str, roles: list[Role], password: str = "") -> User:
    """Makes a person who works in the clinic; without a password they sign in with a passkey or a reset link."""
    user = User(id=uuid7(at), email=email, name=name)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save(force_insert=True)
    Membership.objects.bulk_create(
        [Membership(clinic=clinic, user=user, role=role, since=at) for role in roles],
    )
    return user


@action("patient.admit")
def admit(act: Act, *, name: str, email: str, birth_date: date, contact: dict[str, str]) -> Patient:
    """Makes a patient of this clinic, with a data key of their own. Refused where the address is already in use."""
    if User.objects.filter(email__iexact=email).exists():
        raise Refused("Someone with this email address is already here; look for them first.", "email")
    _check_birth_date(birth_date, act)
    user = User(id=uuid7(act.at), email=email, name=name)
    user.set_unusable_password()
    user.save(force_insert=True)
    key, wrapped = new_key()
    patient_id = uuid7(act.at)
    last = Patient.objects.filter(clinic=act.clinic).aggregate(last=Max("number"))["last"]
    patient = Patient.objects.create(
        id=patient_id,
        clinic=act.clinic,
        number=(last or 1000) + 1,
        user=user,
        name=name,
        birth_date=birth_date,
        admitted_at=act.at,
        wrapped_key=wrapped,
        contact_sealed=key.seal(json.dumps(contact), f"patient/contact/{patient_id}"),
    )
    sign("admitted", patient.id)
    return patient


def _check_birth_date(born: date, act: Act) -> None:
    """Ages come from this day, so a slip in the year must not pass as a very old or an unborn patient."""
    if born.year < EARLIEST_BIRTH:
        raise Refused(
            f"Date of birth: {born.isoformat()} is before {EARLIEST_BIRTH}; write the year with all four digits.",
            "birth_date",
        )
    if born >= act.at.astimezone(act.clinic.zone).date():
        raise Refused(f"Date of birth: {born.isoformat()} is not in the past; give an earlier day.", "birth_date")


@action("patient.give")
def give(act: Act, patient_id: UUID, to_id: UUID) -> GivenTo:
    """Gives a patient to a guest therapist, who from then on sees this patient and no other."""
    patient = patient_of(act, patient_id, "patient.give")
    to = member(act.clinic, to_id, Role.GUEST_THERAPIST, act.at)
    if to is None:
        raise Refused("Choose a guest therapist of this clinic.", "to")
    given = GivenTo.objects.create(id=uuid7(act.at), clinic=act.clinic, patient=patient, to=to, given_at=act.at)
    sign("given", patient.id, to=to.id)
    return given


@action("policy.sign")
def propose_policy(act: Act, policy: Policy, note: str = "") -> PolicyVersion:
    """Adds a version of the clinic's policy, not yet signed."""
    last = PolicyVersion.objects.filter(clinic=act.clinic).aggregate(last=Max("number"))["last"]
    version = PolicyVersion.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        number=(last or 0) + 1,
        made_at=act.at,
        made_by=act.actor,
        body=policy.as_json(),
        digest=policy.digest,
        note=note,
    )
    sign("policy proposed", version=version.id, digest=version.digest)
    return version


@action("policy.sign")
def sign_policy(act: Act, version_id: UUID) -> PolicySignature:
    """A medical director signs a version; from then on it is in force."""
    version = visible(act, PolicyVersion, "policy.sign").filter(id=version_id).first()
    if version is None:
        raise Refused("No such version of the policy.")
    if PolicySignature.objects.filter(version=version).exists():
        raise Refused(f"Version {version.number} is already signed.")
    if Policy.from_json(version.body).digest != version.digest:
        raise Refused(f"Version {version.number} does not match its digest; propose it again.")
    signature = PolicySignature.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        version=version,
        digest=version.digest,
        signed_by=act.person,
        signed_at=act.at,
    )
    sign("policy signed", version=version.id, digest=version.digest)
    return signature


def make_link(user: User, at: Instant) -> str:
    """A new secret that signs this person in once, within 20 minutes. Earlier unused ones stop working."""
    SignInLink.objects.filter(user=user, used_at=None).update(used_at=at)
    secret = secrets.token_urlsafe(32)
    SignInLink.objects.create(id=uuid7(at), user=user, hash=hashed(secret), made_at=at, expires_at=at + LINK_LASTS)
    return secret


def use_link(secret: str, at: Instant) -> User | None:
    """The person whom an unused link belongs to, and uses it up; None for any other secret."""
    taken = SignInLink.objects.filter(hash=hashed(secret), used_at=None, expires_at__gt=at).update(used_at=at)
    if not taken:
        return None
    user = SignInLink.objects.select_related("user").get(hash=hashed(secret)).user
    return user if user.is_active else None
