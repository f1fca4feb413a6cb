"""Invented names, and the staff of the demo clinic: every role has a person."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from random import Random

from kapstone.care.plan.licences import Licence
from kapstone.clinic.ground.concerns.roster.actions import NewLine, add_line
from kapstone.clinic.ground.concerns.roster.queries import clinicians
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.actions import add_staff
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan.licences.actions import NewLicence, hold_licence
from kapstone.clinic.plan.licences.queries import clinical_staff

DOMAIN = "elmharbor.example"

FIRST = (
    "Abena Adrian Alma Amir Anneke Arturo Beatriz Bram Camille Carlos Chidi Clara Daniel Delia Dov Elif Emeka "
    "Esther Farid Fiona Gabriel Grace Hana Hugo Ines Isaac Jamila Joel Kaito Keisha Lars Leila Lucia Malik Marta "
    "Mei Milo Nadia Noah Oksana Omar Pilar Priya Quentin Rosa Samir Sofia Tamar Teo Uma Viktor Wanda Yara Zoe"
)
LAST = (
    "Abbott Achebe Aguilar Almeida Baptiste Barros Bellamy Castellano Chaudhry Coleman Dabrowski Delacroix Duarte "
    "Eklund Fairbanks Ferrante Gallagher Goldfarb Haddad Hartwell Ibarra Ishikawa Jankowski Kaplan Kowalczyk "
    "Laurent Lindqvist Mbeki Mercado Moreau Nakamura Novotny Oduya Okonkwo Pacheco Park Quintero Rahimi Rasmussen "
    "Salazar Santoro Tavares Thibault Ueda Vance Vasquez Weaver Whitcomb Yilmaz Zielinski"
)


@dataclass(frozen=True, slots=True)
class Post:
    """One person on the staff: how the rehearsal calls them, their name and their roles."""

    key: str
    name: str
    roles: tuple[Role, ...]

    @property
    def email(self) -> str:
        """Where they sign in; the same for every seed, so that it can be learned."""
        return f"{self.key}@{DOMAIN}"

    @property
    def device(self) -> str:
        """What they work at."""
        return {"nurse": "tablet-1", "nurse2": "tablet-2", "desk": "desk-1"}.get(self.key, f"office-{self.key}")


POSTS = (
    Post("director", "Dr. Ruth Amsel", (Role.MEDICAL_DIRECTOR,)),
    Post("prescriber", "Dr. Tomas Okafor", (Role.PRESCRIBER,)),
    Post("nurse", "Lena Marsh", (Role.NURSE,)),
    Post("nurse2", "Joaquin Reyes", (Role.NURSE,)),
    Post("therapist", "Sabine Holt", (Role.THERAPIST,)),
    Post("therapist2", "Andre Whitlock", (Role.THERAPIST,)),
    Post("guest", "Mira Solberg", (Role.GUEST_THERAPIST,)),
    Post("desk", "Pat Quill", (Role.FRONT_DESK,)),
    Post("lead", "Gwen Abara", (Role.CLINIC_LEAD,)),
    Post("oncall", "Dr. Iris Fontaine", (Role.ON_CALL,)),
    Post("editor", "Niko Strand", (Role.DIRECTORY_EDITOR,)),
)


def hire(owner: Act, password: str) -> dict[str, Act]:
    """Makes the staff; gives each person's act by the key of their post. `owner` says which clinic and when."""
    found = {}
    for post in POSTS:
        user = add_staff(
            owner.clinic, owner.at, name=post.name, email=post.email, roles=list(post.roles), password=password
        )
        roles = frozenset(post.roles)
        found[post.key] = Act(user, owner.clinic, roles, owner.at, post.device, uuid7(owner.at))
    return found


ROSTER = (
    ("oncall", 1, range(5), time(8), time(18)),
    ("nurse", 2, range(5), time(8), time(18)),
    ("therapist", 3, range(5), time(8), time(18)),
    ("nurse2", 1, range(5), time(18), time(22)),
    ("oncall", 1, (5, 6), time(9), time(21)),
)
"""Who is on call: the key of the post, first, second or third, the weekdays, from and to. At night nobody is."""


def put_on_call(lead: Act) -> None:
    """The lead makes the roster, from this day on."""
    day = lead.at.astimezone(lead.clinic.zone).date()
    people = {one.email: one.id for one in clinicians(lead.clinic, lead.at)}
    for key, rank, weekdays, starts, ends in ROSTER:
        person = people[next(post.email for post in POSTS if post.key == key)]
        add_line(lead, NewLine(person, rank, frozenset(weekdays), starts, ends, day))


LICENCES = (("prescriber", Licence.MD), ("nurse", Licence.RN), ("nurse2", Licence.RN))


def license_staff(lead: Act) -> None:
    """The lead writes down the licences of those who give."""
    day = lead.at.astimezone(lead.clinic.zone).date()
    people = {one.email: one.id for one in clinical_staff(lead)}
    for number, (key, licence) in enumerate(LICENCES, 1):
        person = people[next(post.email for post in POSTS if post.key == key)]
        until = date(day.year + 2, 6, 30)
        hold_licence(lead, NewLicence(person, licence, lead.clinic.state, f"DEMO-{number:04d}", until))


def more_hands(lead: Act, chairs: int) -> None:
    """As many more nurses and prescribers as a ward of so many chairs needs, each with a licence."""
    until = date(lead.at.year + 2, 6, 30)
    for role, licence, count in ((Role.NURSE, Licence.RN, chairs), (Role.PRESCRIBER, Licence.MD, chairs // 4)):
        for number in range(1, count + 1):
            name, email = f"{role.label} {number}", f"{role.value}-{number}@elmharbor.example"
            user = add_staff(lead.clinic, lead.at, name=name, email=email, roles=[role])
            papers = NewLicence(user.id, licence, lead.clinic.state, f"WARD-{licence.value}-{number:04d}", until)
            hold_licence(lead, papers)


def invented_names(count: int, rng: Random) -> list[str]:
    """So many names, no first or last name twice."""
    pairs = zip(rng.sample(FIRST.split(), count), rng.sample(LAST.split(), count), strict=True)
    return [f"{first} {last}" for first, last in pairs]


def many_names(count: int, rng: Random) -> list[str]:
    """So many names, each once, where there are more people than first names."""
    every = [f"{first} {last}" for first in FIRST.split() for last in LAST.split()]
    return rng.sample(every, count)


def address_of(name: str) -> str:
    """The email address of an invented patient."""
    return f"{name.lower().replace(' ', '.')}@patients.example"


def birth_date(on: date, rng: Random) -> date:
    """A birthday of somebody between 23 and 67."""
    return on - timedelta(days=rng.randint(23 * 366, 67 * 365))


def telephone(number: int) -> str:
    """A number from the range kept for fiction."""
    return f"203-555-{100 + number % 100:04d}"
