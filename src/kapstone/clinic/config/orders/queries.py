"""What a prescriber looks at before signing a day's orders: one line for each dose, from every room."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from kapstone.care.outcomes import Trajectory
from kapstone.care.plan import FORMATS, Format
from kapstone.care.quantities import Instant, plain
from kapstone.care.quantities.moments import instant
from kapstone.care.session import NOT_YET, OBSERVED, Level
from kapstone.clinic.evaluation.queries import medicines_since
from kapstone.clinic.ground.bookings.models import BookingKind
from kapstone.clinic.ground.bookings.queries import on_day
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.outcomes.queries import outcomes
from kapstone.clinic.plan.models import Dose, Order
from kapstone.clinic.plan.ordering import queries
from kapstone.clinic.plan.queries import dose_booked_as
from kapstone.clinic.session.queries import Seen, seen, sessions


@dataclass(frozen=True, slots=True)
class LastTime:
    """What the session before showed: the dose and its format, its peak, and what people wrote of distress."""

    on: Instant
    format: Format
    mg: str
    peak: str
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One dose of the day's list."""

    dose: Dose
    format: Format
    last: LastTime | None
    came: tuple[str, ...]
    went: tuple[str, ...]
    trend: Trajectory
    urgent: bool
    why_not: str
    held: str
    signed: tuple[Order, ...]

    @property
    def open(self) -> bool:
        """Whether an order can be signed now."""
        return not self.signed and not self.why_not


def lines(act: Act, day: date) -> Iterator[Line]:
    """Every dose that is booked on a local day, in time order."""
    starts, ends = (
        instant(datetime.combine(one, time(), tzinfo=act.clinic.zone)) for one in (day, day + timedelta(days=1))
    )
    for booking in on_day(act, starts, ends, kind=BookingKind.DOSING):
        dose = dose_booked_as(act, booking.id)
        if dose is not None:
            yield _line(act, dose)


def _line(act: Act, dose: Dose) -> Line:
    patient = dose.course.patient
    came, went = medicines_since(act, patient)
    return Line(
        dose=dose,
        format=FORMATS[dose.course.format],
        last=_last_time(act, dose),
        came=came,
        went=went,
        trend=outcomes(act, patient).trajectory,
        urgent=any(one.concern.tier == "now" for one in open_items(act, patient.id)),
        why_not="This dose has begun." if hasattr(dose, "begun") else queries.why_not(act, dose),
        held=queries.why_held(dose),
        signed=tuple(queries.orders(act, dose)),
    )


def _last_time(act: Act, dose: Dose) -> LastTime | None:
    """The newest session of the patient in which a dose began, but for this one."""
    begun = sessions(act, dose.course.patient).filter(dose__begun__isnull=False).exclude(dose=dose)
    last = begun.order_by("dose__begun__at", "opened_at").last()
    return _told(seen(act, last)) if last is not None else None


def _told(now: Seen) -> LastTime:
    state = now.state
    assert state.clock_zero is not None
    systolic, diastolic = state.peak.get("sbp"), state.peak.get("dbp")
    peak = "not measured"
    if systolic and diastolic:
        peak = f"{plain(systolic.judged.value)} systolic, {plain(diastolic.judged.value)} diastolic mmHg"
    told = ["stopped before its end"] if state.stopped else []
    told += [one.what for one in state.watch.episodes if one.level >= Level.ORANGE]
    told += [
        f"{OBSERVED[key]}: not yet"
        for key, one in state.observations.items()
        if one.payload.get("finding") == NOT_YET
    ]
    told += [f"{one.payload['drug']} was needed" for one in state.medicines]
    return LastTime(state.clock_zero, now.format, str(state.dose.get("mg", "")), peak, tuple(dict.fromkeys(told)))
