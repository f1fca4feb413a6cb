"""Orders for a day: every dose of it with what a prescriber looks at first, and one signature for all."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.quantities import plain
from kapstone.clinic.config.orders.queries import Line, lines
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, day_named, run
from kapstone.clinic.plan.ordering import actions, queries
from kapstone.clinic.plan.ordering.forms import DayForm, DayRow


def day_list(request: ActRequest, on: str | None = None) -> HttpResponse:
    """A day's doses: same, step or hold for each, and medicines to give if needed, signed once."""
    act, day = request.act, _day(request.act, on)
    found = list(lines(act, day))
    rows = [_row(act, one) for one in found if one.open]
    form = DayForm(rows, request.POST if request.method == "POST" else None, initial=_set(act))
    if request.method == "POST" and run(form, lambda _: actions.sign_day(act, form.decided(), form.prn())):
        messages.success(request, "Signed.")
        return redirect("orders_day", on=day.isoformat())
    opened(act, "orders for a day", *{one.dose.course.patient_id for one in found})
    fields = {row.dose_id: (row, bound) for row, bound in form.shown_rows()}
    context = {
        "day": day,
        "today": _today(act),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "lines": [(one, *fields.get(one.dose.id, (None, []))) for one in found],
        "form": form,
        "groups": form.shown_groups(),
        "any_open": bool(rows),
    }
    return render(request, "config/orders_day.html", context)


def _row(act: Act, line: Line) -> DayRow:
    return DayRow(line.dose.id, line.dose.course.patient.name, queries.usual(act, line.dose))


def _today(act: Act) -> date:
    return act.at.astimezone(act.clinic.zone).date()


def _day(act: Act, on: str | None) -> date:
    return _today(act) if on is None else day_named(on)


def _set(act: Act) -> dict[str, Any]:
    """The set of medicines to begin with: the one that was last signed."""
    initial: dict[str, Any] = {}
    for n, one in enumerate(queries.last_set(act)[: DayForm.groups], 1):
        amount = {"amount": plain(one.amount), "unit": one.unit, "times": one.most_times}
        each = {"drug": one.drug, "route": one.route, "trigger": one.trigger, **amount}
        initial |= {f"{part}_{n}": value for part, value in each.items()}
    return initial
