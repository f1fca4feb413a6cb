"""Ways into the demo clinic: a button for every person, and the mail that the demo would have sent.

Its routes answer only where `kapstone.toml` says demo = true.
"""

import email
from email.message import EmailMessage
from email.policy import default

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render

from kapstone.clinic.config.links import BACKEND
from kapstone.clinic.ground.people.doing import NotThere
from kapstone.clinic.ground.people.pages import ActRequest, posted_id
from kapstone.clinic.ground.people.queries import everybody, user_by_id


def door(request: ActRequest) -> HttpResponse:
    """Everybody in the demo clinic, with a button to be that person."""
    if request.method == "POST":
        user = user_by_id(posted_id(request, "user"))
        if user is None:
            raise NotThere("No such person.")
        login(request, user, backend=BACKEND)
        return redirect("home")
    staff, patients = everybody(request.act.clinic, request.act.at)
    return render(request, "config/demo.html", {"staff": staff, "patients": patients})


def mail(request: ActRequest) -> HttpResponse:
    """The newest messages that the demo would have sent."""
    files = sorted(settings.MAIL_FOLDER.glob("*.log"), reverse=True)[:20] if settings.MAIL_FOLDER.exists() else []
    found = [email.message_from_bytes(file.read_bytes(), policy=default) for file in files]
    shown = [{"to": one["To"], "subject": one["Subject"], "text": _text(one)} for one in found]
    return render(request, "config/demo_mail.html", {"mail": shown})


def _text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return body.get_content().split("\n-------")[0] if body else ""
