"""Pages that see every room: home, the patient's Today, the board, the patient list and the chart; and what belongs
to nobody: display, crisis help, credits."""

import json
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST

from kapstone.care.evidence import Policy
from kapstone.care.quantities import Instant, elapsed_min
from kapstone.care.session import Phase
from kapstone.clinic.config import queries
from kapstone.clinic.config.context import THEMES
from kapstone.clinic.evaluation import queries as evaluation
from kapstone.clinic.ground.bookings.queries import bookings
from kapstone.clinic.ground.concerns.queries import open_items
from kapstone.clinic.ground.concerns.roster.queries import promise
from kapstone.clinic.ground.ledger.queries import rows_of
from kapstone.clinic.ground.people import actions as people
from kapstone.clinic.ground.people.doing import PROGRAM, Refused, opened
from kapstone.clinic.ground.people.pages import ActRequest, posted_id
from kapstone.clinic.ground.people.queries import (
    contact_of,
    me,
    names_of,
    patient_of,
    patients,
    policy_in_force,
    policy_of,
    policy_versions,
)
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.integration import queries as integration
from kapstone.clinic.outcomes import queries as outcomes
from kapstone.clinic.outcomes.forms import NAMES
from kapstone.clinic.outcomes.views import chart as score_chart
from kapstone.clinic.plan import queries as plan
from kapstone.clinic.plan.authorisation import queries as authorisation
from kapstone.clinic.plan.consent.queries import to_sign
from kapstone.clinic.plan.esketamine import queries as rems
from kapstone.clinic.plan.touched import queries as touched
from kapstone.clinic.session import queries as session
from kapstone.clinic.session.burden.queries import compare
from kapstone.clinic.session.fresh.looks import is_again
from kapstone.clinic.session.going_home.queries import newest_session

COLUMNS = (
    ("Expected", (Phase.PLANNED,)),
    ("Arrived", (Phase.ARRIVED, Phase.READY)),
    ("Dosing", (Phase.DOSING,)),
    ("Observing", (Phase.OBSERVING,)),
    ("Left", (Phase.RELEASED, Phase.TRANSFERRED, Phase.CANCELLED)),
)

WEEKLY_MIN = 6 * 24 * 60
"""A check-in is due again after six days, so that a weekly habit does not slip by an hour."""


def home(request: ActRequest) -> HttpResponse:
    """Where signing in leads: the board for staff, Today for patients."""
    return redirect("board" if request.act.staff else "today" if request.act.is_patient else "public_home")


def today(request: ActRequest) -> HttpResponse:
    """The patient's page: the next thing, what is due, how it goes."""
    act, patient = request.act, me(request.act)
    decided = evaluation.latest_decision(act, patient)
    found = outcomes.outcomes(act, patient)
    opened(act, "today", patient.id)
    context = {
        "me": patient,
        "next": bookings(act, patient.id).filter(ends_at__gte=act.at).first(),
        "tasks": _tasks(request, decided),
        "decided": decided,
        "dosing_day": newest_session(act, patient) is not None,
        "line": found.trajectory,
        "next_act": integration.next_act(act, patient),
        **score_chart(act, found),
    }
    return render(request, "config/today.html", context)


def _tasks(request: ActRequest, decided: evaluation.Decided | None) -> list[dict[str, str]]:
    act, patient = request.act, me(request.act)
    tasks = []
    if evaluation.intake_sent(act, patient) is None:
        tasks.append(
            {"title": "Answer our questions", "url": reverse("intake"), "hint": "About 7 minutes", "state": "todo"}
        )
    if to_sign(act, patient):
        tasks.append(
            {
                "title": "Read and sign the consent",
                "url": reverse("consent"),
                "hint": "About 4 minutes",
                "state": "todo",
            }
        )
    latest = evaluation.latest_measure(act, patient)
    if latest and elapsed_min(Instant(latest.answered_at), act.at) >= WEEKLY_MIN:
        tasks.append(
            {"title": "How I feel this week", "url": reverse("check_in"), "hint": "About 2 minutes", "state": "todo"}
        )
    return tasks


def board(request: ActRequest) -> HttpResponse:
    """Who is here, at which stage, and what waits."""
    act = request.act
    mark, cards = queries.board_mark(act), session.board(act)
    waiting = evaluation.waiting_for_decision(act)
    seconds, again = evaluation.waiting_for_second(act), evaluation.due_again(act)
    since = evaluation.answered_since(act)
    unread, ending = evaluation.unread_results(act), evaluation.ending_before_dose(act)
    concerns = open_items(act)
    cannot_stay = touched.cannot_stay(act) if may(act, "booking.keep") else touched.CannotStay()
    lacking = rems.lacking(act) if may(act, "rems.see") else []
    short = authorisation.running_short(act) if may(act, "payer.see") else []
    looks = queries.looks(act) if may(act, "nextstep.choose") else []
    next_days = bookings(act).filter(starts_at__gt=session.day_of(act)[1])[:8]
    named = (
        *{one.booking.patient_id for one in cards},
        *{one.id for one in waiting},
        *{one.patient_id for one in (*seconds, *again, *since)},
        *{one.asked.patient_id for one in unread},
        *{one.patient.id for one in ending},
        *{one.concern.patient_id for one in concerns},
        *{one.patient_id for one in next_days},
        *{one.course.patient_id for one in cannot_stay.alone},
        *{one.booking.patient_id for one in cannot_stay.touched},
        *{one.dose.course.patient_id for one in lacking},
        *{one.record.patient_id for one in short},
        *{patient.id for patient, _ in looks},
    )
    if not is_again(request, "board"):
        opened(act, "board", *named)
    columns = [(title, [card for card in cards if card.phase in phases]) for title, phases in COLUMNS]
    _, version = policy_in_force(act.clinic)
    context = {
        "columns": columns,
        "before": (Phase.PLANNED, Phase.CANCELLED),
        "any": bool(cards),
        "waiting": waiting,
        "seconds": seconds,
        "again": again,
        "since": since,
        "unread": unread,
        "ending": ending,
        "concerns": concerns,
        "unwatched": may(act, "roster.see") and promise(act.clinic, act.at) is None,
        "version": version,
        "mark": mark,
        "may_session": may(act, "session.see"),
        "may_arrive": may(act, "session.arrive"),
        "may_order": may(act, "order.sign"),
        "next_days": next_days,
        "alone": cannot_stay.alone,
        "touched": cannot_stay.touched,
        "unread_calendar": cannot_stay.unread,
        "lacking": lacking,
        "short": short,
        "looks": looks,
        "status": queries.status(act, cards),
    }
    return render(request, "config/board.html", context)


def board_changed(request: ActRequest) -> HttpResponse:
    """What the open board would be told: a mark of everything on it that changes by the minute."""
    told = [{"chairs": queries.board_mark(request.act)}]
    return JsonResponse({"now": request.act.at.isoformat(), "told": told})


def patient_list(request: ActRequest) -> HttpResponse:
    """Patients by name."""
    act = request.act
    wanted = request.GET.get("name", "").strip()
    found = patients(act)
    if wanted:
        found = found.filter(name__icontains=wanted)
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    opened(act, "patients", *(one.id for one in page))
    context = {
        "page": page,
        "query": urlencode({"name": wanted}) if wanted else "",
        "wanted": wanted,
        "desk": may(act, "money.keep"),
        "may_chart": may(act, "patient.open_chart"),
    }
    return render(request, "config/patients.html", context)


def chart(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """One patient: each room's card."""
    act = request.act
    patient = patient_of(act, patient_id, "patient.open_chart")
    opened(act, "chart", patient.id)
    outcome = outcomes.card(act, patient.id)
    context = {
        "patient": evaluation.strip(act, patient),
        "id": patient.id,
        "evaluation": evaluation.card(act, patient.id) if may(act, "evaluation.read") else None,
        "plan": plan.card(act, patient.id),
        "may_consent": may(act, "consent.review"),
        "may_photo": may(act, "photo.keep"),
        "session": session.card(act, patient.id) if may(act, "session.see") else None,
        "integration": integration.card(act, patient.id) if may(act, "visit.see") else None,
        "line": outcome["outcomes"].trajectory,  # type: ignore[attr-defined]
        "chosen": outcome["chosen"],
        "chosen_name": NAMES[outcome["chosen"].step.option] if outcome["chosen"] else "",  # type: ignore[attr-defined]
        "contact": contact_of(act, patient),
        "concerns": open_items(act, patient.id),
        "may_decide": may(act, "evaluation.decide"),
        "may_plan": may(act, "course.plan"),
        "may_forecast": may(act, "forecast.see"),
        "may_order": may(act, "order.sign"),
        "may_rems": may(act, "rems.see"),
        "may_payer": may(act, "payer.see"),
        **score_chart(act, outcome["outcomes"]),  # type: ignore[arg-type]
    }
    return render(request, "config/chart.html", context)


def policy(request: ActRequest) -> HttpResponse:
    """The clinic's policy: what is in force, what waits for a signature, every line with how it is known."""
    act = request.act
    in_force, version = policy_in_force(act.clinic)
    newest = policy_versions(act).first()
    shown = policy_of(newest) if newest else in_force
    if request.method == "POST" and "turn" in request.POST:
        return _turn(request, shown)
    if request.method == "POST":
        people.sign_policy(act, posted_id(request, "version"))
        messages.success(request, "Signed. The policy is in force for sessions that begin from now on.")
        return redirect("policy")
    opened(act, "policy")
    may_sign = may(act, "policy.sign") and newest is not None and newest != version
    before, after, compared = compare(act, in_force, shown) if may_sign else (None, None, [])
    context = {
        "before": before,
        "after": after,
        "compared": compared,
        "version": version,
        "newest": newest,
        "lines": shown.lines.values(),
        "switches": shown.switches if may(act, "policy.sign") else (),
        "may_sign": may_sign,
        "versions": policy_versions(act),
    }
    return render(request, "config/policy.html", context)


def _turn(request: ActRequest, shown: Policy) -> HttpResponse:
    """Proposes the policy with one switch turned; it waits for a signature like any other version."""
    key = request.POST["turn"]
    if key not in {line.key for line in shown.switches}:
        raise Refused("There is no such switch in the policy.")
    word = "off" if shown.on(key) else "on"
    made = people.propose_policy(request.act, shown.changed({key: not shown.on(key)}), f"{key} turned {word}")
    messages.success(
        request, f"Version {made.number} is proposed, with {key} {word}. It is in force once it is signed."
    )
    return redirect("policy")


def ledger(request: ActRequest) -> HttpResponse:
    """The newest rows of the ledger; opening it names the patients it shows."""
    act = request.act
    rows = list(rows_of(act.clinic.id))
    names = names_of({row.actor_id for row in rows if row.actor_id})
    known = {str(one.id): one for one in patients(act)}
    named = {one for row in rows for one in row.patient_ids if one in known}
    opened(act, "ledger", *sorted(known[one].id for one in named))
    shown = [
        {
            "row": row,
            "who": names.get(row.actor_id, "public") if row.actor_id else _nobody(row.stored),
            "about": ", ".join(known[one].name for one in row.patient_ids if one in known),
            "what": json.loads(bytes(row.stored))["detail"].get("page", ""),
        }
        for row in rows
    ]
    return render(request, "config/ledger.html", {"rows": shown})


def _nobody(stored: "bytes | memoryview") -> str:
    """Whose row it is where nobody was signed in: the program's own, or the public's."""
    return "the program" if json.loads(bytes(stored))["detail"].get("device") == PROGRAM else "public"


@require_POST
def display(request: ActRequest) -> HttpResponse:
    """Light, dark, dim, or as the device has it. Kept in a cookie of this device."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme", "")
    if theme in THEMES:
        response.set_cookie("kapstone_theme", theme, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    else:
        response.delete_cookie("kapstone_theme", samesite="Lax")
    return response


def crisis(request: ActRequest) -> HttpResponse:
    """The static crisis page, exactly as it is on disk, so that it works when nothing else does."""
    found = finders.find("ui/crisis.html")
    response = HttpResponse(Path(str(found)).read_text("utf-8"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


def credits_page(request: ActRequest) -> HttpResponse:
    """Fonts and icons, with their licences."""
    found = finders.find("ui/built/credits.json")
    return render(request, "config/credits.html", {"credits": json.loads(Path(str(found)).read_text("utf-8"))})
