"""Half-typed sets of readings, kept for each session while somebody is signed in.

They are no record: they live with the sign-in and end with it. So a nurse who goes to another chair in the middle of
a set finds it again when she comes back.
"""

from uuid import UUID

from django.http import HttpRequest

KEPT = ("event_id", "sbp", "dbp", "hr", "spo2", "rr", "moaas", "nausea", "distress", "taken_at")
LONGEST = 36
"""As many characters as an identifier has; no number is longer."""


def keep(request: HttpRequest, session_id: UUID) -> None:
    """Keeps what the form holds now; a form with nothing typed is forgotten."""
    told = {name: request.POST[name][:LONGEST] for name in KEPT if request.POST.get(name)}
    if told.keys() - {"event_id"}:
        request.session[_name(session_id)] = told
    else:
        forget(request, session_id)


def kept(request: HttpRequest, session_id: UUID) -> dict[str, str]:
    """What was half typed in this session; empty where nothing was."""
    found = request.session.get(_name(session_id), {})
    return {str(name): str(value) for name, value in found.items()}


def forget(request: HttpRequest, session_id: UUID) -> None:
    """Forgets it, once it is saved."""
    request.session.pop(_name(session_id), None)


def _name(session_id: UUID) -> str:
    return f"typing {session_id}"
