"""The pages from the time-out to the end of the drug."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render

from kapstone.care.evidence import Reason
from kapstone.care.quantities import plain
from kapstone.care.session import Timeout
from kapstone.care.session.checking import wanted
from kapstone.care.session.timeout import Block
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, fresh, posted_id, run
from kapstone.clinic.plan.esketamine.queries import arrived as kits_here
from kapstone.clinic.plan.esketamine.queries import kits_of
from kapstone.clinic.plan.ordering.queries import again_order, dose_order, drawn_up, orders_if_needed
from kapstone.clinic.session import queries
from kapstone.clinic.session.chairs.closing import late_start
from kapstone.clinic.session.chairs.queries import who_is_it
from kapstone.clinic.session.dosing import actions
from kapstone.clinic.session.dosing.forms import (
    AgainForm,
    CheckForm,
    ClearForm,
    DoseStepForm,
    MedicineForm,
    RateForm,
    StartForm,
    TimeoutForm,
)
from kapstone.clinic.session.dosing.guards import first_person, is_used, misses_said, order_to_check, ordered_of
from kapstone.clinic.session.fields import WordsForm
from kapstone.clinic.session.pages import line_page, typed_moment

if TYPE_CHECKING:
    from kapstone.clinic.plan.models import Order

NOT_READ = UUID(int=0)
"""For a page that showed no order: what was signed meanwhile is read before it starts."""


def timeout(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The time-out before the dose."""
    act = request.act
    now = queries.session_of(act, session_id, "session.chart")
    form = TimeoutForm(act, now.format, fresh(request))
    stops: list[Block] = []
    if request.method == "POST" and run(form, lambda values: stops.extend(_pass(request, session_id, form, values))):
        if not stops:
            messages.success(request, "Time-out passed. The dose may start.")
            return redirect("session", session_id=session_id)
        form.renew(act)
        now = queries.session_of(act, session_id, "session.chart")
    opened(act, "time-out", now.session.patient_id)
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "form": form,
        "stops": stops,
        "misses": misses_said(now),
    }
    return render(request, "session/timeout.html", context)


def _pass(request: ActRequest, session_id: UUID, form: TimeoutForm, values: dict[str, Any]) -> tuple[Block, ...]:
    act = request.act
    answered = Timeout(
        answers=form.answers(),
        weight_kg=values["weight_kg"],
        sbp=values["sbp"],
        dbp=values["dbp"],
        pressure_at=typed_moment(request, session_id, values["pressure_time"], "pressure_time") or act.at,
    )
    return actions.pass_timeout(act, session_id, answered, values["event_id"], values["weight_confirmed"])


def clear(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A prescriber clears what the time-out stopped at."""
    now = queries.session_of(request.act, session_id, "session.chart")
    form = ClearForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.clear_misses(form.second(request), session_id, values["words"], values["event_id"])

    said = " ".join(misses_said(now))
    means = f"The time-out stopped at: {said} Once cleared, it is asked again." if said else ""
    return line_page(request, session_id, "session.chart", form, "A prescriber clears it", save, means=means)


def start(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Starts the ordered dose, after one more look at it."""
    now = queries.session_of(request.act, session_id, "session.chart")
    patient = now.session.patient
    kits = [] if now.format.racemic else [(str(one.id), f"{plain(one.mg)} mg") for one in kits_here(patient)]
    order = dose_order(request.act, now.session.dose)
    data = _shown(request, order)
    form = StartForm(
        request.act,
        who_is_it(request.act.clinic, now),
        kits,
        data if request.POST else None,
        initial={"order": data["order"]},
    )

    def save(values: dict[str, Any]) -> None:
        actions.start_dose(request.act, session_id, values["event_id"], values["kit"], _read(request))

    return line_page(
        request,
        session_id,
        "session.chart",
        form,
        "Start the dose",
        save,
        order=order,
        drawn=drawn_up(order) if order else "",
        shows_order=True,
        late=late_start(request.act, now),
        kits_away=not now.format.racemic and not kits and kits_of(patient),
    )


def _shown(request: ActRequest, order: "Order | None") -> QueryDict:
    """What was posted, with the order as it is now, whatever the page before showed."""
    data = request.POST.copy()
    data["order"] = str(order.id) if order else ""
    return data


def _read(request: ActRequest) -> UUID:
    """The order that the page before showed."""
    return posted_id(request, "order") if request.POST.get("order") else NOT_READ


def check(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The second person's check. What differs from the order is named, and stands on record."""
    act = request.act
    now = queries.session_of(act, session_id, "session.chart")
    order = order_to_check(act, now)
    form = CheckForm(act, first_person(now), wanted(ordered_of(order), now.format), fresh(request))
    differs: list[Reason] = []

    def save(values: dict[str, Any]) -> None:
        differs.extend(actions.check_second(form.second(request), session_id, form.read(), values["event_id"]))

    if request.method == "POST" and run(form, save) and not differs:
        messages.success(request, "Checked by a second person: everything agrees with the order.")
        return redirect("session", session_id=session_id)
    if differs:
        form.renew(act)
    opened(act, "second check", now.session.patient_id)
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "form": form,
        "differs": differs,
        "who": who_is_it(act.clinic, now),
    }
    return render(request, "session/check.html", context)


def again(request: ActRequest, session_id: UUID) -> HttpResponse:
    """More of a dose under a new order."""
    now = queries.session_of(request.act, session_id, "session.chart")
    order = again_order(request.act, now.session.dose)
    order = None if order is None or is_used(now, order) else order
    data = _shown(request, order)
    who = who_is_it(request.act.clinic, now)
    form = AgainForm(request.act, who, data if request.POST else None, initial={"order": data["order"]})

    def save(values: dict[str, Any]) -> None:
        actions.dose_again(request.act, session_id, _read(request), values["confirmed"], values["event_id"])

    return line_page(
        request,
        session_id,
        "session.chart",
        form,
        "One more dose",
        save,
        order=order,
        drawn=drawn_up(order) if order else "",
        shows_order=True,
    )


def rate(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Another rate of a running infusion."""
    now = queries.session_of(request.act, session_id, "session.chart")
    form = RateForm(request.act, who_is_it(request.act.clinic, now), request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.change_rate(request.act, session_id, values["ml_per_h"], values["words"], values["event_id"])

    means = "Not faster than ordered; 0 is paused. To end the dose for good, stop it."
    return line_page(request, session_id, "session.chart", form, "Change the rate", save, means=means)


def device(request: ActRequest, session_id: UUID) -> HttpResponse:
    """One more nasal device."""
    now = queries.session_of(request.act, session_id, "session.chart")
    form = DoseStepForm(request.act, who_is_it(request.act.clinic, now), request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.give_device(request.act, session_id, values["event_id"])

    return line_page(request, session_id, "session.chart", form, "Next device given", save)


def end_dose(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The dose is given in full."""
    now = queries.session_of(request.act, session_id, "session.chart")
    form = DoseStepForm(request.act, who_is_it(request.act.clinic, now), request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.end_dose(request.act, session_id, values["event_id"])

    return line_page(request, session_id, "session.chart", form, "The dose is given in full", save)


def stop(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Stops the dose."""
    form = WordsForm(request.act, request.POST or None)
    form.fields["words"].label = "Why"
    now = queries.session_of(request.act, session_id, "session.chart")

    def save(values: dict[str, Any]) -> None:
        actions.stop_dose(request.act, session_id, values["words"], values["event_id"])

    return line_page(request, session_id, "session.chart", form, "Stop the dose", save, means=now.format.stop_means)


def not_today(request: ActRequest, session_id: UUID) -> HttpResponse:
    """Calls the session off before its dose began."""
    form = WordsForm(request.act, request.POST or None)
    form.fields["words"].label = "Why"

    def save(values: dict[str, Any]) -> None:
        actions.not_today(request.act, session_id, values["words"], values["event_id"])

    means = "The dose stays planned: move it on the calendar, or end the course."
    return line_page(request, session_id, "session.chart", form, "Not today", save, means=means)


def medicine(request: ActRequest, session_id: UUID) -> HttpResponse:
    """A medicine under an order."""
    now = queries.session_of(request.act, session_id, "medicine.give")
    found = orders_if_needed(request.act, now.session.dose)
    choices = [(str(o.id), f"{o.drug} {plain(o.amount)} {o.unit}: {o.trigger}") for o in found]
    form = MedicineForm(request.act, who_is_it(request.act.clinic, now), choices, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.give_medicine(request.act, session_id, UUID(values["order"]), values["event_id"])

    return line_page(request, session_id, "medicine.give", form, "Medicine", save)
