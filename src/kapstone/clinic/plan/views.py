"""The plan for the patient; course, orders and end for the prescriber."""

from datetime import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.plan import FORMATS, TherapyForm
from kapstone.clinic.evaluation.queries import intake_of, latest_decision, strip
from kapstone.clinic.ground.bookings.calendar.queries import Option
from kapstone.clinic.ground.bookings.money.queries import cost_of_way
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.bookings.reminders.queries import wants_mail
from kapstone.clinic.ground.bookings.solving.problem import Presence
from kapstone.clinic.ground.people.doing import Refused, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import me, patient_of, policy_in_force, staff_with
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.plan import actions, queries
from kapstone.clinic.plan.actions import NewCourse
from kapstone.clinic.plan.consent.queries import consent_of
from kapstone.clinic.plan.forecasts.queries import shown_for
from kapstone.clinic.plan.forecasts.views import forecast_url
from kapstone.clinic.plan.forms import CourseForm, EndForm
from kapstone.clinic.plan.money.queries import money_of, price_lines
from kapstone.clinic.plan.moving.actions import why_not_move_own
from kapstone.clinic.plan.touched.queries import coming

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import Patient


def my_plan(request: ActRequest) -> HttpResponse:
    """The patient's own page of the plan: what, when, with whom."""
    act, patient = request.act, me(request.act)
    course = queries.course_of(act, patient)
    money = money_of(act, patient)
    opened(act, "my plan", patient.id)
    context = {
        "course": course,
        "format": FORMATS[course.format] if course else None,
        "therapy": TherapyForm(course.therapy_form).words if course else "",
        "bookings": bookings(act, patient.id).filter(ends_at__gte=act.at),
        "movable": {dose.booking_id: dose.id for dose in coming(act) if not why_not_move_own(act, dose)},
        "mails": wants_mail(patient),
        "money": money,
        "price_lines": () if course else price_lines(money),
        "decided": latest_decision(act, patient),
        "consented": consent_of(act, patient),
    }
    return render(request, "plan/my_plan.html", context)


def new_course(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The prescriber plans a course: ways to book it first, then the signature under one of them."""
    act = request.act
    patient = patient_of(act, patient_id, "course.plan")
    decided = latest_decision(act, patient)
    offered = decided.decision.formats if decided else []
    policy, version = policy_in_force(act.clinic)
    known = {
        "height_cm": intake_of(act, patient).height_cm,
        "preparation": int(policy.number("plan.course.preparation_visits")),
        "presence": Presence.NONE.value,
    }
    form = CourseForm(offered, _therapists(request), request.POST or None, policy=policy, initial=known)
    found: list[Option] = []
    if request.method == "POST" and "sign" in request.POST:
        if run(form, lambda values: actions.plan_course(act, patient.id, _new(values))):
            messages.success(request, "The course is signed and booked.")
            return redirect("chart", patient_id=patient.id)
        found = _again(request, patient, form)
    elif request.method == "POST":
        run(form, lambda values: found.extend(actions.ways(act, patient, _new(values))))
    opened(act, "new course", patient.id)
    context = {
        "patient": strip(act, patient),
        "id": patient.id,
        "form": form,
        "ways": [(",".join(start.isoformat() for start in one.starts), one) for one in found],
        "checked": actions.checked_dose(act, patient, _new(form.cleaned_data), policy) if found else None,
        "said": form.cleaned_data["said"] if found else None,
        "three": form.cleaned_data.get("three") if form.is_bound else None,
        "costs": cost_of_way(act, found[0], form.cleaned_data["format_id"]) if found else None,
        "found": shown_for(act, patient, form.cleaned_data, policy) if found else None,
        "forecast_url": forecast_url(patient.id, **_dose_of(form.cleaned_data)) if found else "",
        "decided": decided,
        "consented": consent_of(act, patient),
        "version": version,
    }
    return render(request, "plan/new_course.html", context)


def _dose_of(values: dict[str, Any]) -> dict[str, Any]:
    return {name: values[name] for name in ("format_id", "mg", "weight_kg")}


def _again(request: ActRequest, patient: "Patient", form: CourseForm) -> list[Option]:
    """The ways as they are now, where a signature was refused and no field is to be mended."""
    if set(form.errors) != {NON_FIELD_ERRORS}:
        return []
    try:
        return actions.ways(request.act, patient, _new(form.cleaned_data))
    except Refused:
        return []


def _new(values: dict[str, Any]) -> NewCourse:
    hour, minute = values["hour"].split(":")
    return NewCourse(
        format_id=values["format_id"],
        mg=values["mg"],
        weight_kg=values["weight_kg"],
        height_cm=values["height_cm"],
        weight_basis=values["weight_basis"],
        dosing_kg=values["dosing_kg"],
        doses=values["doses"],
        first_day=values["first_day"],
        hour=time(int(hour), int(minute)),
        therapy_form=values["therapy_form"],
        therapist_id=UUID(values["therapist"]) if values["therapist"] else None,
        reason=values["reason"],
        presence=values["presence"],
        preparation=values["preparation"],
        shown=values["shown"],
    )


def _therapists(request: ActRequest) -> list[tuple[str, str]]:
    act = request.act
    found = [
        *staff_with(act.clinic, Role.THERAPIST, act.at),
        *staff_with(act.clinic, Role.GUEST_THERAPIST, act.at),
    ]
    return [(str(one.id), one.name) for one in found]


def end(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """Ends the running course."""
    act = request.act
    patient = patient_of(act, patient_id, "course.plan")
    course = queries.running_course(act, patient)
    if course is None:
        raise Refused("There is no running course to end.")
    form = EndForm(queries.endings(course), request.POST or None)
    if request.method == "POST" and run(form, lambda values: actions.end_course(act, patient.id, **values)):
        messages.success(request, "The course is ended; what was still booked is cancelled.")
        return redirect("chart", patient_id=patient.id)
    opened(act, "end of course", patient.id)
    return render(request, "plan/end.html", {"patient": strip(act, patient), "id": patient.id, "form": form})
