"""The public pages, and the front desk's list of enquiries."""

from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kapstone.care.evidence import claims
from kapstone.care.guide import HOME, mechanism, statement
from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.ui import svg
from kapstone.clinic.guide import actions, queries
from kapstone.clinic.guide.forms import EnquiryForm, InviteForm

CARDS = (
    {
        "kind": "routine",
        "title": "Talk to a clinician if:",
        "lines": (
            "two or more depression medicines have not helped enough",
            "you want to know if this could be safe for you",
        ),
        "after": "A clinician asks about your heart, your blood pressure, your medicines and your past.",
    },
    {
        "kind": "urgent",
        "title": "Call or text 988 now if:",
        "lines": ("you are thinking about ending your life", "you feel you cannot keep yourself safe"),
        "after": "The 988 Lifeline is free and open 24 hours a day.",
    },
)


def home(request: ActRequest) -> HttpResponse:
    """The guide's first page: what it is, whether it may fit, where to get help now."""
    said = {name: [statement(slug) for slug in slugs] for name, slugs in HOME.items()}
    return render(request, "guide/home.html", {"said": said, "cards": CARDS})


def numbers(request: ActRequest) -> HttpResponse:
    """Every claim with its source and how we know it."""
    return render(request, "guide/numbers.html", {"claims": claims().values()})


def how_it_works(request: ActRequest) -> HttpResponse:
    """The mechanism in plain words, with three fixed examples: never a field to type a dose into."""
    context = {
        "known": [statement(slug) for slug in mechanism.KNOWN],
        "likely": [statement(slug) for slug in mechanism.LIKELY],
        "not_known": [statement(slug) for slug in mechanism.NOT_KNOWN],
        "examples": [_example(one) for one in mechanism.examples()],
    }
    return render(request, "guide/how_it_works.html", context)


def _example(one: mechanism.Example) -> dict[str, object]:
    band, (middle, low, high) = one.forecast.parent.band, one.receptors_of_ten
    picture = svg.Picture(
        title=f"{one.forecast.parent.id.capitalize()} in {one.forecast.parent.site} blood",
        unit="ng/mL",
        minutes=one.forecast.times_min.tolist(),
        band=svg.Spread(*band.percentiles),
        hatched=one.forecast.parent.hatched,
        typical_peak=(one.peak_min, float(one.forecast.summaries[one.forecast.parent.id].cmax_ng_per_ml.typical)),
        says=[f"{one.forecast.model.title}, for somebody of 70 kg"],
        edges=[svg.Edge(each.why, each.low.tolist(), each.high.tolist()) for each in one.forecast.parent.outer],
    )
    return {
        "example": one,
        "chart": svg.forecast_chart(picture, uid=one.id),
        "columns": svg.forecast_columns(picture),
        "rows": svg.forecast_table(picture, every_min=20),
        "swatches": svg.swatches(picture),
        "dots": round(middle),
        "receptors": f"about {middle:.0f} of 10 NMDA receptors occupied at most, between {low:.0f} and {high:.0f}",
        "notes": one.forecast.parent.notes,
    }


@never_cache
def enquire(request: ActRequest) -> HttpResponse:
    """The enquiry form."""
    form = EnquiryForm(request.POST or None)
    if request.method == "POST" and run(form, lambda values: actions.enquire(request.act, **values)):
        return redirect("enquiry_sent")
    return render(request, "guide/enquire.html", {"form": form})


def enquiry_sent(request: ActRequest) -> HttpResponse:
    """Thanks, and what happens now."""
    return render(request, "guide/enquiry_sent.html")


def enquiries(request: ActRequest) -> HttpResponse:
    """Enquiries, those that wait first."""
    asked = queries.enquiries(request.act)
    opened(request.act, "enquiries", *(one.patient_id for one in asked if one.patient_id))
    return render(request, "guide/enquiries.html", {"asked": asked})


def enquiry(request: ActRequest, enquiry_id: UUID) -> HttpResponse:
    """One enquiry: read it, invite the person, or close it."""
    asked = queries.enquiry_of(request.act, enquiry_id)
    opened(request.act, "enquiry", *([asked.patient_id] if asked.patient_id else []))
    form = InviteForm(request.POST or None, initial={"name": asked.name, "email": asked.email})
    if "close" in request.POST:
        actions.close(request.act, enquiry_id)
        messages.success(request, "Closed.")
        return redirect("enquiries")
    if request.method == "POST" and run(form, lambda values: _invite(request, enquiry_id, values)):
        messages.success(request, f"{form.cleaned_data['name']} is invited. The email is on its way.")
        return redirect("enquiries")
    return render(request, "guide/enquiry.html", {"asked": asked, "form": form})


def _invite(request: ActRequest, enquiry_id: UUID, values: dict[str, object]) -> None:
    patient = actions.invite(request.act, enquiry_id, **values)  # type: ignore[arg-type]
    address = request.build_absolute_uri(reverse("link_ask"))
    send_mail(
        f"A message from {request.act.clinic.name}",
        f"Hello {patient.name},\n\nyou wrote to us. When you are ready, sign in here and answer our questions. "
        f"You can stop and come back at any time.\n\n{address}\n\n"
        "This mailbox is not read. If you need help now, call or text 988. In danger, call 911.\n",
        None,
        [patient.user.email],
    )
