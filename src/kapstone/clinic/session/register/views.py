"""The pages of the drug register."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.care.session.register import Use
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import patients, policy_in_force
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session.register import actions, queries
from kapstone.clinic.session.register.actions import OUTCOMES
from kapstone.clinic.session.register.forms import (
    AmountForm,
    CountForm,
    DrawForm,
    ExplainForm,
    ReceiveForm,
    WitnessedForm,
)


def overview(request: ActRequest) -> HttpResponse:
    """What is here, what differs, what is due."""
    act = request.act
    found = queries.register(act)
    here = queries.containers(act, found)
    differs = queries.differences(act, found)
    off = queries.unmatched(act, found) if may(act, "session.see") else []
    named = {one.row.patient_id for one in here if one.row.patient_id}
    named |= {one.now.session.patient_id for one in off}
    opened(act, "drug register", *named)
    context = {
        "totals": [
            (drug, shape.holds(strength), shape.said(amount))
            for (drug, shape, strength), amount in sorted(found.totals().items())
        ],
        "containers": here,
        "differs": [(one, number, abs(one.amount)) for one, number in differs],
        "inventory_due": queries.inventory_due(act, found),
        "ever": bool(found.inventories),
        "off": off,
        "may_use": may(act, "register.use"),
        "lost": [(one, entry) for one, entry in found.explained if entry.outcome in ("lost", "stolen")],
    }
    return render(request, "session/register/overview.html", context)


def lines(request: ActRequest) -> HttpResponse:
    """Every line with its running balance, to read and to print."""
    opened(request.act, "drug register lines", *queries.patients_of_lines(request.act))
    years = policy_in_force(request.act.clinic)[0].number("session.register.keep_years")
    return render(request, "session/register/lines.html", {"rows": queries.rows(request.act), "years": years})


def receive(request: ActRequest) -> HttpResponse:
    """Containers that came, or that were here when the register was opened."""
    act = request.act
    people = [(str(one.id), f"{one.name}, record {one.number}") for one in patients(act)]
    form = ReceiveForm(act, people, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        made = actions.receive(act, form.arrived(), form.signed(request), values["opening"] == "opening")
        numbers = ", ".join(str(one.row.number) for one in made)
        messages.success(request, f"Written. Put this on them: {numbers}.")

    return _page(request, form, "Receive", save, named=people)


def draw(request: ActRequest, container_id: UUID) -> HttpResponse:
    """Draws from a container for a session of now."""
    act = request.act
    here = queries.container_of(act, container_id, "register.use")
    here_now = queries.drawable(act)
    sessions = [(str(one.session.id), f"{one.session.patient.name}, {one.format.name}") for one in here_now]
    form = DrawForm(act, here.unit, sessions, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        back = values["returned"] or values["drawn"] * 0
        use = Use(values["lot"], values["drawn"], values["given"], values["wasted"], back, "", "")
        actions.draw(act, here.row.id, UUID(values["session"]), use, form.signed(request))

    named = [(str(one.session.patient_id), "") for one in here_now]
    return _page(request, form, "Draw", save, here, named=named)


def waste(request: ActRequest, container_id: UUID) -> HttpResponse:
    """Wastes what is in a container, or a part of it."""
    act = request.act
    here = queries.container_of(act, container_id, "register.use")
    form = AmountForm(act, "Wasted", here.unit, "Why", request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.waste(act, here.row.id, values["amount"], form.signed(request))

    return _page(request, form, "Waste", save, here)


def send_back(request: ActRequest, container_id: UUID) -> HttpResponse:
    """Sends unopened units back."""
    act = request.act
    here = queries.container_of(act, container_id, "register.keep")
    form = AmountForm(act, "Sent back unopened", here.unit, "To whom", request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.send_back(act, here.row.id, values["amount"], form.signed(request))

    return _page(request, form, "Send back", save, here)


def count(request: ActRequest) -> HttpResponse:
    """Counts containers, without the register's own numbers in sight."""
    act = request.act
    here = queries.containers(act)
    asked = [(one.row.id.hex, f"{one.row.number}: {one.row.drug}, lot {one.row.lot}", one.unit) for one in here]
    form = CountForm(act, asked, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        differ = actions.count(act, form.counted(), form.signed(request), values["inventory"])
        if differ:
            messages.warning(request, f"{differ} of them differ from the register. Explain each below.")
        else:
            messages.success(request, "Counted. Everything is as the register says.")

    return _page(request, form, "Count", save)


def explain(request: ActRequest, register_line_id: UUID) -> HttpResponse:
    """Explains a difference."""
    act = request.act
    difference = queries.register(act).open.get(str(register_line_id))
    if difference is None:
        raise NotThere("No such difference.")
    here = queries.container_of(act, UUID(difference.container.id))
    form = ExplainForm(act, request.POST or None)

    def save(values: dict[str, Any]) -> None:
        actions.explain(act, str(register_line_id), values["outcome"], form.signed(request))

    return _page(request, form, "Explain the difference", save, here, difference=difference)


def report_loss(request: ActRequest, register_line_id: UUID) -> HttpResponse:
    """The sheet for a report of theft or loss (DEA Form 106), filled with what the register knows."""
    act = request.act
    found = queries.register(act)
    pair = next((one for one in found.explained if one[1].id == str(register_line_id)), None)
    if pair is None or pair[1].outcome not in ("lost", "stolen"):
        raise NotThere("No such loss.")
    opened(act, "report of a loss")
    difference, entry = pair
    context = {
        "difference": difference,
        "entry": entry,
        "amount": abs(difference.amount),
        "mg": abs(difference.amount) * difference.container.made.strength,
        "what": OUTCOMES[entry.outcome],
    }
    return render(request, "session/register/form_106.html", context)


def report_destroyed(request: ActRequest) -> HttpResponse:
    """The sheet for drugs that were destroyed (DEA Form 41), filled with every waste of whole stock."""
    opened(request.act, "report of destroyed drugs")
    found = queries.destroyed(request.act)
    return render(request, "session/register/form_41.html", {"found": found})


def _page(
    request: ActRequest,
    form: WitnessedForm,
    title: str,
    save: Callable[[dict[str, Any]], None],
    here: queries.Here | None = None,
    named: Iterable[tuple[str, str]] = (),
    **more: object,
) -> HttpResponse:
    if request.method == "POST" and run(form, save):
        return redirect("register")
    assigned = [here.row.patient_id] if here and here.row.patient_id else []
    opened(request.act, f"drug register: {title.lower()}", *assigned, *(UUID(one) for one, _ in named))
    return render(request, "session/register/line.html", {"form": form, "title": title, "here": here, **more})
