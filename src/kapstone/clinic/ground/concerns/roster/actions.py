"""Adds a line to the roster, and ends one."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from kapstone.care.integration import Shift
from kapstone.clinic.ground.concerns.models import RosterEnd, RosterLine
from kapstone.clinic.ground.concerns.roster.queries import clinicians, line_of, lines, shift_of
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused, action, sign
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic

RANKS = {1: "first", 2: "second", 3: "third"}


@dataclass(frozen=True, slots=True)
class NewLine:
    """What is asked for. Without a last day it goes on until it is ended."""

    person_id: UUID
    rank: int
    weekdays: frozenset[int]
    starts: time
    ends: time
    first_day: date
    last_day: date | None = None


@action("roster.keep")
def add_line(act: Act, new: NewLine) -> RosterLine:
    """Puts somebody on call. Refused where the line makes no sense beside those that are there."""
    Clinic.objects.select_for_update().get(id=act.clinic.id)
    shift = Shift(new.person_id, new.rank, new.weekdays, new.starts, new.ends, new.first_day, new.last_day)
    _check(act, shift)
    line = RosterLine.objects.create(
        id=uuid7(act.at),
        clinic=act.clinic,
        person_id=new.person_id,
        rank=new.rank,
        weekdays="".join(str(one) for one in sorted(new.weekdays)),
        starts=new.starts,
        ends=new.ends,
        first_day=new.first_day,
        last_day=new.last_day,
        made_at=act.at,
        made_by=act.person,
    )
    sign("roster line added", line=line.id, person=new.person_id, rank=new.rank)
    return line


@action("roster.keep")
def end_line(act: Act, line_id: UUID) -> None:
    """From now on the line counts no more. What was, stays."""
    line = line_of(act, line_id, "roster.keep")
    if hasattr(line, "end"):
        raise Refused("This line has already ended.")
    RosterEnd.objects.create(id=uuid7(act.at), clinic=act.clinic, line=line, at=act.at, by=act.person)
    sign("roster line ended", line=line.id, person=line.person_id)


def _check(act: Act, new: Shift) -> None:
    today = act.at.astimezone(act.clinic.zone).date()
    if new.person not in {one.id for one in clinicians(act.clinic, act.at)}:
        raise Refused("Choose somebody who works here and may open a concern.", "person")
    if new.rank not in RANKS:
        raise Refused("Choose first, second or third on call.", "rank")
    if new.first_day < today:
        raise Refused("First day: that is in the past. Write today or a later day.", "first_day")
    if new.last_day and new.last_day < new.first_day:
        raise Refused("Last day: it comes before the first day.", "last_day")
    spans = [new.span(day, act.clinic.zone) for day in new.days(new.first_day)]
    if not spans:
        raise Refused("None of these weekdays lies between the first and the last day.", "weekdays")
    if new.last_day and all(span is None or span.closes <= act.at for span in spans):
        raise Refused("This shift is already over.", "ends")
    _check_beside(act, new)


def _check_beside(act: Act, new: Shift) -> None:
    beside = [one for one in lines(act) if new.crosses(shift_of(one))]
    for line in beside:
        if line.person_id == new.person:
            raise Refused(f"{line.person} is already on call at some of these times.", "person")
    for line in beside:
        if line.rank == new.rank:
            raise Refused(f"{line.person} is already {RANKS[line.rank]} on call at some of these times.", "rank")
