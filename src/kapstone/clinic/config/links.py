"""Signing in by a link from an email, for patients: asked for, opened, used once."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kapstone.care.quantities import Instant
from kapstone.clinic.config.forms import LinkForm
from kapstone.clinic.ground.people.actions import make_link, use_link
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.queries import links_since, user_by_email, works_anywhere

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import User

MOST_AN_HOUR = 5
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@never_cache
def ask(request: ActRequest) -> HttpResponse:
    """Asks for a link. The answer is the same whether we know the address or not."""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = user_by_email(form.cleaned_data["email"])
        if user and _may_have_link(request, user):
            send_link(request, user)
        return redirect("link_sent")
    return render(request, "config/link_ask.html", {"form": form})


def _may_have_link(request: ActRequest, user: "User") -> bool:
    """Patients only, and a few an hour: staff have a second factor that a link in a mailbox must not go around."""
    lately = links_since(user, Instant(request.act.at - timedelta(hours=1)))
    return not works_anywhere(user, request.act.at) and lately < MOST_AN_HOUR


def send_link(request: ActRequest, user: "User") -> str:
    """Makes a link and mails it; returns its address."""
    address = request.build_absolute_uri(reverse("link_open", args=[make_link(user, request.act.at)]))
    send_mail(
        "Your link",
        f"Hello {user.name},\n\nhere is your link. It works once, for 20 minutes.\n\n{address}\n\n"
        "If you did not ask for it, you need do nothing.\n",
        None,
        [user.email],
    )
    return address


@never_cache
def sent(request: ActRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "config/link_sent.html")


@never_cache
def open_link(request: ActRequest, secret: str) -> HttpResponse:
    """The page behind the link. Only the button uses it up, because mail programs open links by themselves."""
    if request.method == "POST":
        user = use_link(secret, request.act.at)
        if user is None or works_anywhere(user, request.act.at):
            return render(request, "config/link_old.html", status=410)
        login(request, user, backend=BACKEND)
        return redirect("home")
    return render(request, "config/link_open.html")
