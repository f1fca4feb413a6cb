"""All chairs at once, for whoever looks after several."""

from django.http import HttpResponse
from django.shortcuts import render

from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.session.chairs import queries


def every_chair(request: ActRequest) -> HttpResponse:
    """Every chair in its place: who sits there, since when, what is due, what waits."""
    act = request.act
    found = queries.seats(act)
    opened(act, "chairs", *(one.now.session.patient_id for one in found if one.now))
    context = {"seats": found, "burdens": list(queries.burdens(found))}
    return render(request, "session/chairs.html", context)
