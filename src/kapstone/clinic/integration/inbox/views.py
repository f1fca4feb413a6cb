"""The inbox of concerns: what waits, the page of one, and the list that keeps itself fresh."""

import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.concerns import actions
from kapstone.clinic.ground.concerns.notices.queries import job_stands_still
from kapstone.clinic.ground.concerns.queries import concern_of, history_of, inbox, settled_items
from kapstone.clinic.ground.concerns.roster.queries import clinicians, on_call, promise
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import contact_of
from kapstone.clinic.integration.inbox.forms import NOT_REACHED, HandForm, OutcomeForm

SHOWN_FOR_S = 15 * 60
"""A page that stays open and shows the same patients has a row in the ledger this often, not at each fresh look."""


def concerns(request: ActRequest) -> HttpResponse:
    """The inbox: the most urgent and oldest first."""
    act, done = request.act, settled_items(request.act)
    context = {**_listed(request), "done": done}
    opened(act, "concerns", *{one.concern.patient_id for one in done})
    return render(request, "integration/concerns.html", context)


def fresh(request: ActRequest) -> HttpResponse:
    """The list alone, for the page that asks for it every few seconds."""
    return render(request, "integration/concern_list.html", _listed(request))


def _listed(request: ActRequest) -> dict[str, Any]:
    act, waiting = request.act, inbox(request.act)
    patients = {one.item.concern.patient_id: one.item.concern.patient for one in waiting}
    return {
        "rows": [(one, contact_of(act, one.item.concern.patient).get("phone", "")) for one in waiting],
        "on_call": on_call(act.clinic, act.at),
        "promise": promise(act.clinic, act.at),
        "still": job_stands_still(act.clinic, act.at),
        "seen": _shown(act, set(patients), request.headers.get("X-Seen", "")),
    }


def _shown(act: Act, patients: set[UUID], before: str) -> str:
    """Writes that these patients were shown; not again where `before` proves that this person just saw them.

    The proof is signed, so that nobody can look without leaving a row.
    """
    names = ",".join(sorted(map(str, [act.person.id, act.clinic.id, *patients])))
    mark = hashlib.sha256(names.encode()).hexdigest()
    try:
        if signing.loads(before, salt="inbox", max_age=SHOWN_FOR_S) == mark:
            return before
    except signing.BadSignature:
        pass
    opened(act, "concerns", *sorted(patients))
    return signing.dumps(mark, salt="inbox")


def concern(request: ActRequest, concern_id: UUID) -> HttpResponse:
    """One concern: take it, call, and write what came of it."""
    act = request.act
    found = concern_of(act, concern_id)
    people = [one for one in clinicians(act.clinic, act.at) if one != act.actor]
    form, hand = OutcomeForm(request.POST if "words" in request.POST else None), HandForm(people)
    if "take" in request.POST:
        actions.take(act, concern_id)
        messages.success(request, "It is yours. Call the patient, then write what you did.")
        return redirect("concern", concern_id=concern_id)
    if "words" in request.POST and run(form, lambda values: _done(act, concern_id, **values)):
        said = "Still open. The next person is told now."
        messages.success(request, said if form.cleaned_data["how"] == NOT_REACHED else "Settled.")
        return redirect("concerns")
    if "to" in request.POST:
        hand = HandForm(people, request.POST)
        if run(hand, lambda values: actions.hand_over(act, concern_id, UUID(values["to"]))):
            messages.success(request, "Handed over. They are told now.")
            return redirect("concerns")
    opened(act, "concern", found.concern.patient_id)
    context = {
        "patient": strip(act, found.concern.patient),
        "found": found,
        "row": next(iter(inbox(act, concern_id)), None),
        "history": history_of(act, concern_id),
        "phone": contact_of(act, found.concern.patient).get("phone", ""),
        "form": form,
        "hand": hand,
        "mine": found.owner is not None and found.owner == act.actor,
    }
    return render(request, "integration/concern.html", context)


def _done(act: Act, concern_id: UUID, how: str, words: str) -> None:
    if how == NOT_REACHED:
        actions.could_not_reach(act, concern_id, words)
    else:
        actions.settle(act, concern_id, words, how)
