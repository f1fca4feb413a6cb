"""What every page's frame needs: the clinic, the theme, and the doors that are open to this person."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from kapstone.clinic.ground.concerns.queries import open_counts
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session.calling.queries import called

THEMES = ("light", "dark", "dim")

PUBLIC_DOORS = (
    ("Guide", "public_home"),
    ("Numbers and sources", "numbers"),
    ("Ask us", "enquire"),
    ("Patients: sign in", "link_ask"),
    ("Staff: sign in", "account_login"),
)
PATIENT_DOORS = (
    ("Today", "today"),
    ("Journal", "journal"),
    ("My scores", "my_scores"),
    ("My plan", "my_plan"),
    ("Sign out", "account_logout"),
)
FOOT = (("Crisis help", "crisis"), ("Numbers and sources", "numbers"), ("Credits", "credits"))
STAFF_DOORS = (
    ("Board", "board", "staff.board"),
    ("Chairs", "chairs", "session.see"),
    ("Orders", "orders_today", "order.sign"),
    ("Calendar", "calendar", "booking.see"),
    ("Patients", "patients", "patient.see"),
    ("Enquiries", "enquiries", "enquiry.see"),
    ("Concerns", "concerns", "concern.see"),
    ("Roster", "roster", "roster.see"),
    ("Visits", "visits", "visit.see"),
    ("Questionnaires", "questionnaires", "questionnaire.keep"),
    ("Drug register", "register", "register.see"),
    ("Devices", "devices", "device.see"),
    ("Emergency cards", "emergency_cards", "session.see"),
    ("REMS", "rems", "rems.see"),
    ("Licences", "licences", "licence.see"),
    ("Prices", "prices", "price.keep"),
    ("Costs", "consent_cost", "cost.state"),
    ("Policy", "policy", "policy.see"),
    ("Ledger", "ledger", "ledger.see"),
)


def page(request: HttpRequest) -> dict[str, Any]:
    """Added to every template's context."""
    act: Act | None = getattr(request, "act", None)
    theme = request.COOKIES.get("kapstone_theme", "")
    return {
        "act": act,
        "clinic": act.clinic if act else None,
        "theme": theme if theme in THEMES else "",
        "nav": _nav(request, act),
        "now": act.at if act else None,
        "zone": act.clinic.zone if act else None,
        "clinic_phone": act.clinic.phone if act else "",
        "who": act.actor.name if act and act.actor and act.staff else "",
        "footer_nav": [_door(label, name) for label, name in FOOT],
        # Asked for by the pages of the staff alone.
        "open_counts": lambda: open_counts(act) if act and act.staff else {},
        "called": lambda: called(act) if act and act.staff else [],
        "demo": settings.DEMO,
    }


def _nav(request: HttpRequest, act: Act | None) -> list[dict[str, Any]]:
    if act is not None and act.is_patient and not act.staff:
        doors = [(label, name) for label, name in PATIENT_DOORS]
    elif act is not None and act.staff:
        doors = [(label, name) for label, name, verb in STAFF_DOORS if may(act, verb)]
        doors += [("Security", "mfa_index"), ("Sign out", "account_logout")]
    else:
        doors = [(label, name) for label, name in PUBLIC_DOORS]
    here = request.resolver_match.url_name if request.resolver_match else ""
    return [{**_door(label, name), "current": name == here} for label, name in doors]


def _door(label: str, name: str) -> dict[str, Any]:
    return {"label": label, "url": reverse(name), "current": False}
