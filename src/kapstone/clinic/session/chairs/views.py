"""All chairs at once, for whoever looks after several."""

from django.http import HttpResponse
from django.shortcuts import render

from kapstone.clinic.ground.people.doing import opened
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.session import fresh
from kapstone.clinic.session.chairs import queries
from kapstone.clinic.session.queries import mark_of_chairs


def every_chair(request: ActRequest) -> HttpResponse:
    """Every chair in its place: who sits there, since when, what is due, what waits."""
    act = request.act
    found = queries.seats(act)
    if not fresh.is_again(request, "chairs"):
        opened(act, "chairs", *(one.now.session.patient_id for one in found if one.now))
    context = {"seats": found, "burdens": list(queries.burdens(found)), "mark": mark_of_chairs(act)}
    return render(request, "session/chairs.html", context)


def changed(request: ActRequest) -> HttpResponse:
    """A mark that is another one once any session that runs has moved on."""
    return HttpResponse(mark_of_chairs(request.act), content_type="text/plain")
