"""What of a plan that stood is kept when something changed: all of everybody whom the change does not touch."""

from dataclasses import replace

from .problem import Booking, Patient, Person, Problem, Span, inside


def kept(problem: Problem) -> Problem:
    """The problem in which only those move whom the change touches."""
    return replace(problem, patients=tuple(_held(problem, one) for one in problem.patients))


def touched(problem: Problem, patient: Patient) -> bool:
    """Whether a booking of this patient's plan can no longer be as it stood, or one is missing."""
    mine = [one for one in problem.base if one.patient == patient.name]
    doses = {one.number for one in mine if one.kind == "dosing"}
    return doses != set(patient.numbers) or any(_gone(problem, patient, one) for one in mine)


def _held(problem: Problem, patient: Patient) -> Patient:
    if touched(problem, patient):
        return patient
    return replace(patient, only=frozenset(one.span.start for one in problem.base if one.patient == patient.name))


def _gone(problem: Problem, patient: Patient, booking: Booking) -> bool:
    """Whether the patient is not free any more, the room is closed, or one of the people is not there."""
    people = {person.name: person for person in problem.staff}
    remote = booking.room is None
    room = next((one for one in problem.rooms if one.name == booking.room), None)
    return (
        not inside(patient.free, booking.span)
        or (not remote and (room is None or any(one.meets(booking.span) for one in room.closed)))
        or any(not _there(people.get(cover.name), cover.span, remote) for cover in booking.cover)
    )


def _there(person: Person | None, span: Span, remote: bool) -> bool:
    return person is not None and inside(person.at_work(remote), span)
