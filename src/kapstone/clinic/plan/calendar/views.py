"""The calendar: a day, a week, hours and absences, moving a dose with its visit, and the feed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.bookings.alone.queries import Alone, times_for
from kapstone.clinic.ground.bookings.calendar.queries import Option
from kapstone.clinic.ground.bookings.feed import actions as feeds
from kapstone.clinic.ground.bookings.feed.queries import calendar as calendar_file
from kapstone.clinic.ground.bookings.feed.queries import feed_of, has_feed
from kapstone.clinic.ground.bookings.hours import actions as hours
from kapstone.clinic.ground.bookings.hours import queries as hours_read
from kapstone.clinic.ground.bookings.money.queries import prices
from kapstone.clinic.ground.bookings.reminders.actions import choose_mail
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, day_named, posted_id, run
from kapstone.clinic.ground.people.queries import me, patient_of, policy_in_force
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.calendar.forms import (
    WEEKDAYS,
    AloneForm,
    CloseForm,
    HoursForm,
    PatientTimesForm,
    ShownForm,
    SkillForm,
    TimesForm,
    WhyForm,
    in_zone,
    known_times,
    read_starts,
)
from kapstone.clinic.plan.calendar.queries import day_page, room_choices, week
from kapstone.clinic.plan.moving import actions as moving
from kapstone.clinic.plan.moving import queries as moving_read
from kapstone.clinic.plan.queries import dose_of, my_dose, preparation_of
from kapstone.clinic.plan.touched import queries as moving_touched

if TYPE_CHECKING:
    from kapstone.clinic.ground.bookings.models import PatientTimes


def _day(request: ActRequest, text: str | None) -> date:
    """The day of an address; today without one. NotThere for what is no day."""
    if not text:
        return request.act.at.astimezone(request.act.clinic.zone).date()
    return day_named(text)


def _staff_only(request: ActRequest) -> Act:
    if not request.act.staff:
        raise NotThere("No such page.")
    return request.act


def day(request: ActRequest, on: str | None = None) -> HttpResponse:
    """One day: every chair and room, and everybody's part in it. For staff; patients have their plan."""
    act, shown = _staff_only(request), _day(request, on)
    page = day_page(act, shown)
    booked = {one.id: one.patient_id for lane in page.rooms for one in lane.bookings}
    opened(act, "calendar day", *set(booked.values()))
    moves = may(act, "course.see") and may(act, "booking.keep")
    doses = moving_touched.coming(act).filter(booking__in=booked) if moves else ()
    context = {
        "page": page,
        "before": shown - timedelta(days=1),
        "after": shown + timedelta(days=1),
        "keeps": may(act, "booking.keep"),
        "keeps_hours": may(act, "hours.see"),
        "moves": [(dose.booking_id, dose.id) for dose in doses],
    }
    return render(request, "plan/calendar/day.html", context)


def week_page(request: ActRequest, on: str | None = None) -> HttpResponse:
    """One week, a card a day. For staff."""
    act, shown = _staff_only(request), _day(request, on)
    days = week(act, shown)
    opened(act, "calendar week", *{one.patient_id for each in days for one in each.bookings})
    context = {"days": days, "before": shown - timedelta(days=7), "after": shown + timedelta(days=7), "shown": shown}
    return render(request, "plan/calendar/week.html", context)


def hours_page(request: ActRequest) -> HttpResponse:
    """Working hours, breaks and absences; whoever keeps them may add and end them."""
    act = request.act
    people = [(str(one.id), one.name) for one in hours_read.staff_in_calendar(act.clinic, act.at)]
    today = act.at.astimezone(act.clinic.zone).date()
    adding, closing = request.POST.get("form") == "hours", request.POST.get("form") == "close"
    line = HoursForm(people, request.POST if adding else None, initial={"first_day": today})
    close = CloseForm(people, room_choices(act), request.POST if closing else None, auto_id="close_%s")
    if adding and run(line, lambda values: hours.add_hours(act, _new_hours(values))):
        messages.success(request, "Written down. What is booked already stays where it is.")
        return redirect("hours")
    if closing and run(close, lambda values: hours.close(act, *_closing(act, values))):
        messages.success(request, "Written down.")
        return redirect("touched" if may(act, "booking.keep") else "hours")
    skilled = request.POST.get("form") == "skill"
    skill = SkillForm(people, request.POST if skilled else None, auto_id="skill_%s")
    if skilled and run(skill, lambda values: hours.add_skill(act, UUID(values["person"]), values["skill"])):
        messages.success(request, "Written down.")
        return redirect("hours")
    opened(act, "hours")
    context = {
        "lines": [(one, _weekdays(one.weekdays)) for one in hours_read.lines(act)],
        "closings": hours_read.closings(act),
        "line": line,
        "skill": skill,
        "skills": hours_read.skills(act),
        "close": close,
        "keeps": may(act, "hours.keep"),
        "may_touched": may(act, "booking.keep"),
    }
    return render(request, "plan/calendar/hours.html", context)


def _new_hours(values: dict[str, Any]) -> hours.NewHours:
    return hours.NewHours(
        person_id=UUID(str(values["person"])),
        kind=str(values["kind"]),
        weekdays=frozenset(values["weekdays"]),
        starts=values["starts"],
        ends=values["ends"],
        first_day=values["first_day"],
        last_day=values["last_day"],
    )


def _closing(act: Act, values: dict[str, Any]) -> tuple[Instant, Instant, UUID | None, UUID | None]:
    person, room = values["person"], values["room"]
    return (
        in_zone(act.clinic.zone, values["starts"]),
        in_zone(act.clinic.zone, values["ends"]),
        UUID(str(person)) if person else None,
        UUID(str(room)) if room else None,
    )


def _weekdays(digits: str) -> str:
    return "every day" if len(digits) == len(WEEKDAYS) else ", ".join(WEEKDAYS[int(one)][1][:3] for one in digits)


@require_POST
def end_hours(request: ActRequest) -> HttpResponse:
    """Ends a line, or an absence."""
    if "closed" in request.POST:
        hours.reopen(request.act, posted_id(request, "closed"))
    else:
        hours.end_hours(request.act, posted_id(request, "line"))
    messages.success(request, "Ended.")
    return redirect("hours")


def touched(request: ActRequest) -> HttpResponse:
    """Everybody whom an absence touches, or whose dose stands alone: who would move where, and the button for it."""
    act = request.act
    form = WhyForm(request.POST or None)
    if request.method == "POST":
        shown = {key: read_starts(value) for key, value in _pinned(request)}
        if run(form, lambda values: moving.move_touched(act, shown, values["reason"])):
            messages.success(request, "Moved.")
            return redirect("calendar")
    plan = moving_read.replan(act)
    opened(
        act,
        "touched by an absence",
        *{x.booking.patient_id for x in plan.gone},
        *{x.course.patient_id for x in plan.alone},
    )
    context = {
        "form": form,
        "plan": plan,
        "pinned": {str(key): ",".join(one.isoformat() for one in starts) for key, starts in plan.starts.items()},
    }
    return render(request, "plan/calendar/touched.html", context)


def move_visit(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """Staff move the visit of a dose by itself, or book the one that is missing."""
    act = request.act
    dose = dose_of(act, dose_id, "course.see")
    policy, _ = policy_in_force(act.clinic)
    wanted = moving_read.visit_wanted(act, dose, policy)
    no = moving.why_not_move_visit(act, dose)
    return _alone(request, wanted, lambda start, why: moving.move_visit(act, dose.id, start, why), policy, no)


def move_preparation(request: ActRequest, booking_id: UUID) -> HttpResponse:
    """Staff move a preparation visit."""
    act = request.act
    booking, course = preparation_of(act, booking_id)
    policy, _ = policy_in_force(act.clinic)
    wanted = moving_read.preparation_wanted(act, booking, course)
    return _alone(request, wanted, lambda start, why: moving.move_preparation(act, booking.id, start, why), policy)


def _alone(
    request: ActRequest, wanted: Alone, move_to: Callable[[Instant, str], object], policy: Policy, no: str = ""
) -> HttpResponse:
    """Times for one visit by itself, and the button under one of them."""
    act = request.act
    found = [] if no else times_for(act.clinic, policy, wanted, act.at)
    form = AloneForm(found, act.clinic.zone, request.POST or None)
    if request.method == "POST" and run(form, lambda values: move_to(values["start"], values["reason"])):
        messages.success(request, "The visit is booked.")
        return redirect("calendar")
    opened(act, "move a visit", wanted.patient.id)
    context = {"wanted": wanted, "what": wanted.what, "any": bool(found), "form": form, "no": no}
    return render(request, "plan/calendar/alone.html", context)


def _pinned(request: ActRequest) -> list[tuple[UUID, str]]:
    """The starts of each patient, as the page wrote them."""
    try:
        shown = [(key.removeprefix("shown-"), str(value)) for key, value in request.POST.items() if "shown-" in key]
        return [(UUID(key), value) for key, value in shown]
    except ValueError:
        raise NotThere("No such patient.") from None


def move(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """Staff move a dose with its visit: other times first, then the button under one of them."""
    act = request.act
    dose = dose_of(act, dose_id, "course.see")
    form = ShownForm(request.POST or None)
    if request.method == "POST" and run(form, lambda values: moving.move_dose(act, dose.id, **_moved(values))):
        messages.success(request, "Moved, with its visit.")
        return redirect("calendar_day", on=f"{_fresh(act, dose_id):%Y-%m-%d}")
    refused = moving.why_not_move(act, dose)
    found, why = ([], [refused]) if refused else moving_read.ways_to_move(act, dose)
    opened(act, "move a dose", dose.course.patient_id)
    context = {
        "patient": strip(act, dose.course.patient) if may(act, "patient.open_chart") else None,
        "dose": dose,
        "visit": moving_touched.visit_of_dose(dose),
        "ways": ways_shown(found),
        "why": why,
        "form": form,
    }
    return render(request, "plan/calendar/move.html", context)


def _fresh(act: Act, dose_id: UUID) -> date:
    return dose_of(act, dose_id, "course.see").booking.starts_at.astimezone(act.clinic.zone).date()


def _moved(values: dict[str, Any]) -> dict[str, Any]:
    return {"starts": values["shown"], "reason": values["reason"]}


def ways_shown(found: list[Option]) -> list[tuple[str, Option]]:
    """Ways with the text by which a form names each."""
    return [(",".join(start.isoformat() for start in one.starts), one) for one in found]


def move_mine(request: ActRequest, dose_id: UUID) -> HttpResponse:
    """Patients move their own dose with its visit."""
    act, patient = request.act, me(request.act)
    dose = my_dose(act, dose_id)
    refused = moving.why_not_move_own(act, dose)
    form = ShownForm(request.POST or None)
    if request.method == "POST" and run(form, lambda values: moving.move_my_dose(act, dose.id, values["shown"])):
        messages.success(request, "Moved. Your visit moved with it.")
        return redirect("my_plan")
    found, why = ([], []) if refused else moving_read.ways_to_move(act, dose)
    opened(act, "move my dose", patient.id)
    context = {
        "dose": dose,
        "visit": moving_touched.visit_of_dose(dose),
        "ways": ways_shown(found),
        "why": why,
        "refused": refused,
        "cancelling": listed.cancelling if (listed := prices(act.clinic)) else "",
        "form": form,
    }
    return render(request, "plan/calendar/move_mine.html", context)


def my_times(request: ActRequest) -> HttpResponse:
    """Patients say when they can come and be fetched."""
    act, patient = request.act, me(request.act)
    known = hours_read.times_of(patient)
    form = TimesForm(request.POST or None, initial=_known(act, known))
    if request.method == "POST" and run(
        form, lambda values: hours.tell_my_times(act, values["zone"], form.weekly(), form.companion())
    ):
        messages.success(request, "Thank you. We look at these times when something new is booked.")
        return redirect("my_plan")
    opened(act, "my times", patient.id)
    return render(request, "plan/calendar/my_times.html", {"form": form, "known": known})


@require_POST
def my_mails(request: ActRequest) -> HttpResponse:
    """Patients turn mails that remind on or off."""
    wanted = "on" in request.POST
    choose_mail(request.act, wanted)
    messages.success(request, "We remind you by mail." if wanted else "No more mails that remind you.")
    return redirect("my_plan")


def _known(act: Act, known: "PatientTimes | None") -> dict[str, Any]:
    if known is None:
        return {"zone": act.clinic.zone_name}
    return {"zone": known.zone_name, **known_times(known.weekly, known.companion_weekly)}


def patient_times(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """Staff write down when a patient can come, and what a stand-in therapist must be able to do."""
    act = request.act
    patient = patient_of(act, patient_id, "booking.see")
    known = hours_read.times_of(patient)
    initial = _known(act, known) | {"needs": ", ".join(known.needs) if known else ""}
    form = PatientTimesForm(request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> None:
        hours.tell_times(act, patient.id, values["zone"], form.weekly(), form.companion(), form.skills())

    if request.method == "POST" and run(form, save):
        messages.success(request, "Written down. It counts when something new is booked.")
        return redirect("patient_times", patient_id=patient.id)
    opened(act, "times of a patient", patient.id)
    context = {"form": form, "name": patient.name, "known": known, "keeps": may(act, "booking.keep")}
    return render(request, "plan/calendar/patient_times.html", context)


def feed(request: ActRequest) -> HttpResponse:
    """One's own calendar address: made, shown once, taken back."""
    act = request.act
    address = ""
    if request.method == "POST" and "end" in request.POST:
        feeds.end_feed(act)
        messages.success(request, "The address no longer works.")
        return redirect("feed")
    if request.method == "POST":
        address = request.build_absolute_uri(reverse("feed_file", args=[feeds.make_feed(act)]))
    has = has_feed(act.clinic, act.person)
    base = "ui/staff.html" if act.staff else "ui/patient.html"
    return render(request, "plan/calendar/feed.html", {"address": address, "has": has, "base": base})


@never_cache
def feed_file(request: ActRequest, secret: str) -> HttpResponse:
    """The file behind the address, for a calendar program that cannot sign in."""
    found = feed_of(secret, request.act.at)
    if found is None:
        raise NotThere("No such feed.")
    response = HttpResponse(calendar_file(found, request.act.at), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="calendar.ics"'
    return response
