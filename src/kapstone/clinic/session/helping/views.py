"""The pages of a call for help: the cards, the one that runs, its end, the sheet, and what a director signs."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from kapstone.care.session.cards import cards
from kapstone.clinic.evaluation.queries import allergies
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session import queries
from kapstone.clinic.session.chairs.queries import chair_of
from kapstone.clinic.session.helping import actions
from kapstone.clinic.session.helping import queries as read
from kapstone.clinic.session.helping.forms import EndForm, LinesForm, TransferForm
from kapstone.clinic.session.pages import line_page


def help_page(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The cards to choose from; the one that runs with its steps."""
    act = request.act
    now = queries.session_of(act, session_id, "session.note")
    opened(act, "help", now.session.patient_id)
    context = {
        "now_session": now,
        "chair": chair_of(act.clinic, now),
        "allergies": allergies(act, now.session.patient),
        "running": read.running_help(act, now),
        "cards": cards().values(),
        "may_chart": may(act, "session.chart"),
        "address": act.clinic.place,
    }
    return render(request, "session/help.html", context)


@require_POST
def call_help(request: ActRequest, session_id: UUID, card: str) -> HttpResponse:
    """Takes a card: help is called from this moment."""
    actions.call_help(request.act, session_id, card)
    return redirect("help", session_id=session_id)


@require_POST
def help_step(request: ActRequest, session_id: UUID, card: str, step: str) -> HttpResponse:
    """A step was done."""
    actions.help_step(request.act, session_id, card, step)
    return redirect("help", session_id=session_id)


def end_help(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The call is over."""
    form = EndForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.end_help(request.act, session_id, values["words"], values["event_id"])

    return line_page(request, session_id, "session.chart", form, "The emergency is over", save)


def transfer(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The patient is handed over to others."""
    form = TransferForm(request.act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.transfer(request.act, session_id, values["to"], values["words"], values["event_id"])

    means = "The session is over with this. Print the sheet first, so that it goes with the patient."
    return line_page(request, session_id, "session.chart", form, "Handed over to others", save, means=means)


def sheet(request: ActRequest, session_id: UUID) -> HttpResponse:
    """The sheet that goes with the patient, to print."""
    act = request.act
    now = queries.session_of(act, session_id, "session.note")
    opened(act, "handover sheet", now.session.patient_id)
    context = {"now_session": now, "allergies": allergies(act, now.session.patient), **read.sheet(act, now)}
    return render(request, "session/sheet.html", context)


def every_card(request: ActRequest) -> HttpResponse:
    """All cards with what is signed beside them, to read in quiet times."""
    act = request.act
    shown = [(card, read.signed_lines(act, card.id)) for card in cards().values()]
    return render(request, "session/cards.html", {"shown": shown, "may_sign": may(act, "policy.sign")})


def card_lines(request: ActRequest, card: str) -> HttpResponse:
    """A director signs what stands beside a card."""
    found = cards().get(card)
    if found is None:
        raise NotThere("No such card.")
    standing = read.signed_lines(request.act, card)
    form = LinesForm(request.POST or None, initial={"words": standing.words if standing else ""})
    if request.method == "POST" and run(form, lambda v: actions.sign_card_lines(request.act, card, v["words"])):
        messages.success(request, "Signed.")
        return redirect("emergency_cards")
    return render(request, "session/card_lines.html", {"card": found, "form": form, "standing": standing})
