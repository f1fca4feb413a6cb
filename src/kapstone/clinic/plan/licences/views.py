"""The licences of the staff, and who may give what by them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.evidence import Policy
from kapstone.care.plan import FORMATS
from kapstone.care.plan.licences import PRN_ROUTES, Licence, covering
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, posted_id, run
from kapstone.clinic.ground.people.queries import policy_in_force
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.licences import actions, queries
from kapstone.clinic.plan.licences.forms import LicenceForm


def licences(request: ActRequest) -> HttpResponse:
    """Everybody's licences with a form for one more, and the clinic's table of who may give what."""
    act = request.act
    if request.method == "POST" and "ended" in request.POST:
        actions.end_licence(act, posted_id(request, "ended"))
        messages.success(request, "Ended. It counts no more.")
        return redirect("licences")
    people = [(str(one.id), one.name) for one in queries.clinical_staff(act)]
    form = LicenceForm(people, request.POST or None, initial={"state": act.clinic.state})

    def save(values: dict[str, Any]) -> None:
        person = UUID(values.pop("person"))
        actions.hold_licence(act, actions.NewLicence(person_id=person, **values))

    if request.method == "POST" and run(form, save):
        messages.success(request, "Written down.")
        return redirect("licences")
    opened(act, "licences")
    policy, _ = policy_in_force(act.clinic)
    today = act.at.astimezone(act.clinic.zone).date()
    context = {
        "found": [(one, Licence(one.licence).words, one.until < today) for one in queries.on_record(act)],
        "table": _table(policy, act.clinic.state),
        "form": form,
        "keeps": may(act, "licence.keep"),
    }
    return render(request, "plan/licences.html", context)


def _table(policy: Policy, state: str) -> list[tuple[str, str]]:
    """Each route with the licences that cover it, by the policy in force."""
    routes = {one.id: one.name for one in FORMATS.values()} | {
        key: f"A medicine if needed, {words}" for key, words in PRN_ROUTES.items()
    }
    return [
        (words, ", ".join(one.words for one in covering(route, state, policy))) for route, words in routes.items()
    ]
