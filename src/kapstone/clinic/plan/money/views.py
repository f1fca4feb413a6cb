"""The clinic's prices, and one patient's money."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.clinic.ground.bookings.money import actions, queries
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import patient_of
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.plan.consent.queries import under_the_drug
from kapstone.clinic.plan.money.actions import take_payment
from kapstone.clinic.plan.money.forms import PaymentForm, PricesForm
from kapstone.clinic.plan.money.queries import KINDS, money_of


def prices(request: ActRequest) -> HttpResponse:
    """What each kind of visit costs."""
    act = request.act
    known = queries.prices(act.clinic)
    initial = {key: f"{cents / 100:.2f}" for key, cents in known.cents.items()} if known else {}
    form = PricesForm(request.POST or None, initial=initial | ({"cancelling": known.cancelling} if known else {}))
    if request.method == "POST" and run(
        form, lambda values: actions.state_prices(act, form.cents(), values["cancelling"])
    ):
        messages.success(request, "Saved. Patients see it before they book, from now on.")
        return redirect("prices")
    opened(act, "prices")
    return render(request, "plan/money/prices.html", {"form": form, "known": known, "kinds": KINDS})


def money(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """What a patient paid, owes, and will owe next; and a payment to write down."""
    act = request.act
    patient = patient_of(act, patient_id, "money.see")
    form = PaymentForm(act.at, request.POST or None)
    if request.method == "POST" and run(
        form,
        lambda values: take_payment(act, patient.id, int(values["amount"] * 100), values["how"], values["once"]),
    ):
        messages.success(request, "Written down.")
        return redirect("money", patient_id=patient.id)
    opened(act, "money", patient.id)
    context = {
        "name": patient.name,
        "money": money_of(act, patient),
        "payments": [(one, actions.HOWS[one.how]) for one in queries.payments(act, patient)],
        "form": form,
        "keeps": may(act, "money.keep"),
        "wait": under_the_drug(act, patient),
    }
    return render(request, "plan/money/money.html", context)
