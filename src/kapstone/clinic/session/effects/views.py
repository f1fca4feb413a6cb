"""The pages on adverse effects."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.session.adverse import OUTCOMES, TERMS, Effect, due_round, rounds
from kapstone.clinic.evaluation.queries import strip
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.session import queries
from kapstone.clinic.session.effects import actions
from kapstone.clinic.session.effects.forms import EffectForm, RoundForm
from kapstone.clinic.session.pages import line_page, typed_moment
from kapstone.clinic.session.wording import effect_words


def effects(request: ActRequest, session_id: UUID) -> HttpResponse:
    """What was seen so far, a form for one more, and the round that is due."""
    act = request.act
    now = queries.session_of(act, session_id, "session.note")
    about = request.GET.get("about", "")
    known = {str(one.id): one for one in now.state.effects}
    if about and about not in known:
        raise NotThere("No such effect.")
    initial = {name: known[about].payload[name] for name in ("related", "action", "grade")} if about else {}
    initial |= {"term": known[about].payload["effect"]} if about else {}
    form = EffectForm(act, request.POST or None, initial=initial)

    def save(values: dict[str, Any]) -> None:
        began, ended = (
            typed_moment(request, session_id, values[name], name, "session.note") for name in ("began", "ended")
        )
        effect = Effect(
            values["term"], values["grade"], began or act.at, ended, tuple(values["serious"]), values["related"],
            values["action"], values["outcome"],
        )  # fmt: skip
        actions.write_effect(act, session_id, effect, values["words"], about, values["event_id"])

    if request.method == "POST" and run(form, save):
        messages.success(request, "Written.")
        return redirect("effects", session_id=session_id)
    opened(act, "effects", now.session.patient_id)
    continued = {str(one.payload.get("about", "")) for one in now.state.effects}
    context = {
        "patient": strip(act, now.session.patient),
        "now_session": now,
        "form": form,
        "about": TERMS[known[about].payload["effect"]].words if about else "",
        "known": [
            (
                one,
                effect_words(one.payload),
                OUTCOMES.get(str(one.payload["outcome"]), ""),
                str(one.id) not in continued,
            )
            for one in now.state.effects
        ],
        "due": due_round(set(now.state.asked), now.state.clock_zero, now.policy, act.at),
        "asked": sorted(now.state.asked),
        "rounds": rounds(now.policy),
    }
    return render(request, "session/effects/effects.html", context)


def ask(request: ActRequest, session_id: UUID, minute: int) -> HttpResponse:
    """One round of asking."""
    act = request.act
    form = RoundForm(act, request.POST or None)
    return line_page(
        request, session_id, "session.note", form, f"Ask every effect: minute {minute}",
        lambda values: actions.ask_round(act, session_id, minute, form.answers(), values["event_id"]),
    )  # fmt: skip
