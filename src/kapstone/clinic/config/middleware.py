"""Gives every request its Act, and lets nobody through a route that does not say that they may.

A page that is not for this person answers exactly as a page that does not exist.
"""

import secrets
from collections.abc import Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from kapstone.clinic.config import clock
from kapstone.clinic.config.accounts import ALLAUTH_MAY
from kapstone.clinic.config.checks import declared
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.queries import clinics_of, roles_of, the_clinic
from kapstone.clinic.ground.people.roles import Role
from kapstone.clinic.ground.people.routes import ANYONE, DEMO, SIGNED_IN
from kapstone.clinic.ground.people.who import TABLE, NotAllowed, may

DEVICE = "kapstone_device"
PASSING = frozenset({"display", "crisis", "account_logout"})
"""Routes that staff without a second factor may still open."""

WITHOUT_CLINIC = frozenset({"display", "crisis", "credits", "public_home", "numbers"})
"""Routes that need no clinic."""

KEPT_BY_NOBODY = ("/accounts/", "/link/", "/ask/")
"""Pages that hold an address, a password or a secret before anyone has signed in."""


class ActMiddleware:
    """Stands in front of every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Adds the Act, and remembers the device by a random name that says nothing of the person."""
        device = request.COOKIES.get(DEVICE, "")
        fresh = not (len(device) == 22 and device.replace("-", "").replace("_", "").isalnum())
        if fresh:
            device = secrets.token_urlsafe(16)
        request.act = _act(request, device)  # type: ignore[attr-defined]
        response = self.get_response(request)
        if fresh:
            response.set_cookie(
                DEVICE, device, max_age=365 * 24 * 3600, httponly=True, secure=settings.SECURE, samesite="Lax"
            )
        if request.user.is_authenticated or request.path.startswith(KEPT_BY_NOBODY):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lets the request through, sends it to the sign-in, or answers that there is nothing here."""
        match = request.resolver_match
        name = (match.url_name if match else None) or ""
        who = declared(view, name)
        if request.act is None and name not in WITHOUT_CLINIC:  # type: ignore[attr-defined]
            return no_clinic(request)
        if who == ANYONE or (who == DEMO and settings.DEMO):
            return None
        act: Act | None = request.act  # type: ignore[attr-defined]
        if who is None or who == DEMO or act is None:
            return nothing_here(request)
        if act.actor is None:
            return _to_sign_in(request, who)
        if _needs_second_factor(act, name):
            return redirect("mfa_index")
        if who == SIGNED_IN or may(act, who):
            return None
        return nothing_here(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """A record that is not there, or not for this person, is a page that does not exist."""
        if isinstance(problem, NotThere | NotAllowed):
            return nothing_here(request)
        if isinstance(problem, Refused):
            return render(request, "config/refused.html", {"sentence": str(problem)}, status=409)
        return None


def _needs_second_factor(act: Act, name: str) -> bool:
    """Staff outside the demo get no further than setting up a passkey or a code, until they have one."""
    if settings.DEMO or not act.staff or name in ALLAUTH_MAY or name in PASSING:
        return False
    return not is_mfa_enabled(act.actor)


def no_clinic(request: HttpRequest) -> HttpResponse:
    """Said where the server runs and its database holds no clinic."""
    words = {"title": "No clinic is open here yet", "sentence": "The server runs, but its database holds no clinic."}
    return render(request, "config/sentence.html", words, status=503)


def nothing_here(request: HttpRequest) -> HttpResponse:
    """The one answer for what does not exist and for what is not yours."""
    return render(request, "404.html", status=404)


def _to_sign_in(request: HttpRequest, who: str) -> HttpResponse:
    patients_only = who in TABLE and set(TABLE[who]) == {Role.PATIENT}
    return redirect_to_login(request.get_full_path(), reverse("link_ask") if patients_only else None)


def _act(request: HttpRequest, device: str) -> Act | None:
    at = clock.now()
    user = request.user if request.user.is_authenticated else None
    if user is None:
        clinic = the_clinic()
        return Act(None, clinic, frozenset(), at, device, uuid7(at)) if clinic else None
    clinics = clinics_of(user, at)
    chosen = request.session.get("clinic")
    clinic = next((one for one in clinics if str(one.id) == chosen), clinics[0] if clinics else the_clinic())
    if clinic is None:
        return None
    roles = roles_of(user, clinic, at) if clinics else frozenset()
    return Act(user, clinic, roles, at, device, uuid7(at))
