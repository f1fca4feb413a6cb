"""The roster's page: the week as it is, and lines to add and to end."""

from datetime import time
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kapstone.clinic.ground.concerns.notices.queries import job_stands_still
from kapstone.clinic.ground.concerns.roster import actions, queries
from kapstone.clinic.ground.concerns.roster.actions import RANKS, NewLine
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.integration.inbox.forms import WEEKDAYS, LineForm

SHORT = {number: name[:3] for number, name in WEEKDAYS}


def roster(request: ActRequest) -> HttpResponse:
    """Who is on call this week, and every line that counts. Whoever keeps it may add one."""
    act = request.act
    people = queries.clinicians(act.clinic, act.at)
    first = {"first_day": act.at.astimezone(act.clinic.zone).date(), "weekdays": [], "rank": 1}
    form = LineForm(people, request.POST or None, initial=first)
    if request.method == "POST" and run(form, lambda values: _add(act, values)):
        messages.success(request, "On the roster.")
        return redirect("roster")
    opened(act, "roster")
    context = {
        "week": queries.week(act),
        "lines": [
            (one, _days(one.weekdays), f"{hour(one.starts)} to {hour(one.ends)}", RANKS[one.rank])
            for one in queries.lines(act)
        ],
        "promise": queries.promise(act.clinic, act.at),
        "on_call": queries.on_call(act.clinic, act.at),
        "still": job_stands_still(act.clinic, act.at),
        "ranks": RANKS,
        "form": form,
        "keeps": may(act, "roster.keep"),
    }
    return render(request, "integration/roster.html", context)


def _add(act: Act, values: dict[str, Any]) -> None:
    actions.add_line(
        act,
        NewLine(
            person_id=UUID(values["person"]),
            rank=values["rank"],
            weekdays=frozenset(values["weekdays"]),
            starts=values["starts"],
            ends=values["ends"],
            first_day=values["first_day"],
            last_day=values["last_day"],
        ),
    )


def hour(clock: time) -> str:
    """A wall-clock time as the other pages write it: 8:00 am."""
    return f"{clock:%I:%M %p}".lstrip("0").lower()


def _days(weekdays: str) -> str:
    return "every day" if len(weekdays) == len(WEEKDAYS) else ", ".join(SHORT[int(one)] for one in weekdays)


@require_POST
def end_line(request: ActRequest, line_id: UUID) -> HttpResponse:
    """Ends a line now."""
    actions.end_line(request.act, line_id)
    messages.success(request, "Ended. It counts no more from now on.")
    return redirect("roster")
