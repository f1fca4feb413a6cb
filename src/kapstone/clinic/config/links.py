"""Signing in by a link from an email, for patients: asked for, opened, used once."""

from typing import TYPE_CHECKING

from django.contrib.auth import login
from django.core.mail import send_mail
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from kapstone.clinic.config.forms import LinkForm
from kapstone.clinic.ground.people.actions import make_link, use_link
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.queries import roles_of, user_by_email

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def ask(request: ActRequest) -> HttpResponse:
    """Asks for a link. The answer is the same whether we know the address or not."""
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = user_by_email(form.cleaned_data["email"])
        # Staff have a second factor; a link in a mailbox alone must not open a clinician's door.
        if user and not any(role != "patient" for role in roles_of(user, request.act.clinic)):
            send_link(request, user)
        return redirect("link_sent")
    return render(request, "config/link_ask.html", {"form": form})


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


def sent(request: ActRequest) -> HttpResponse:
    """Look into your mailbox."""
    return render(request, "config/link_sent.html")


@never_cache
def open_link(request: ActRequest, secret: str) -> HttpResponse:
    """The page behind the link. Only the button uses it up, because mail programs open links by themselves."""
    if request.method == "POST":
        user = use_link(secret, request.act.at)
        if user is None:
            return render(request, "config/link_old.html", status=410)
        login(request, user, backend=BACKEND)
        return redirect("home")
    return render(request, "config/link_open.html")
