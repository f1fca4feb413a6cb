"""A plan as its JSON document, with times in the clinic's zone and in the order of time."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from .problem import Booking, Cover, Problem
from .solver import Plan


def document(problem: Problem, plan: Plan, why: list[str]) -> dict[str, object]:
    """The answer of `kapstone book`: the contract's fields, and how good the plan is."""
    return {
        "status": plan.status,
        "bookings": [booking_document(problem.zone, one) for one in plan.bookings],
        "why": why,
        "orphans": [{"patient": name, "dose": number} for name, number in plan.orphans],
        "moved": [
            {
                "patient": move.before.patient,
                "kind": move.before.kind,
                "number": move.before.number,
                "from": said(problem.zone, move.before.span.start),
                "to": said(problem.zone, move.after.span.start),
            }
            for move in plan.moves
        ],
        "watched": [
            {"booked": place, "cover": _cover(problem.zone, cover)} for place, cover in sorted(plan.named.items())
        ],
        "cost": round(plan.cost),
        "bound": round(plan.bound, 1),
        "gap": round(plan.gap, 4),
        "seconds": round(plan.seconds, 2),
        "first_plan_seconds": None if plan.first_seconds is None else round(plan.first_seconds, 2),
    }


def booking_document(zone: ZoneInfo, one: Booking) -> dict[str, object]:
    """One booking. `staff` names everybody, `cover` says who is there when."""
    return {
        "patient": one.patient,
        "kind": one.kind,
        "number": one.number,
        "start": said(zone, one.span.start),
        "end": said(zone, one.span.end),
        "room": one.room,
        "staff": sorted({each.name for each in one.cover}),
        "format": one.format,
        "cover": _cover(zone, one.cover),
    }


def _cover(zone: ZoneInfo, cover: Iterable[Cover]) -> list[dict[str, str]]:
    """Who is there when."""
    return [
        {"role": each.role, "name": each.name, "from": said(zone, each.span.start), "to": said(zone, each.span.end)}
        for each in cover
    ]


def said(zone: ZoneInfo, minute: int) -> str:
    """A minute as a moment with the clinic's offset, so that the two 1:30s of autumn differ."""
    return datetime.fromtimestamp(minute * 60, tz=zone).isoformat(timespec="minutes")
