"""The page where a photo is taken, and the picture."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from kapstone.clinic.evaluation.photos import actions, queries
from kapstone.clinic.ground.people.doing import NotThere, opened
from kapstone.clinic.ground.people.pages import ActRequest, run
from kapstone.clinic.ground.people.queries import patient_of


class PhotoForm(forms.Form):
    """One picture, taken now or chosen."""

    photo = forms.FileField(
        label="Photo of the face",
        widget=forms.ClearableFileInput({"accept": "image/jpeg,image/png", "capture": "user"}),
        help_text="JPEG or PNG. Only a small square of it is kept.",
        error_messages={"required": "Take a photo, or choose one.", "empty": "The file is empty. Take it again."},
    )


def photo(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """Takes a photo, and takes it away."""
    act = request.act
    patient = patient_of(act, patient_id, "photo.keep")
    if request.method == "POST" and "remove" in request.POST:
        actions.remove_photo(act, patient_id)
        messages.success(request, "The photo is gone.")
        return redirect("photo", patient_id=patient_id)
    form = PhotoForm(request.POST or None, request.FILES or None)

    def save(values: dict[str, Any]) -> None:
        actions.keep_photo(act, patient_id, values["photo"].read())

    if request.method == "POST" and run(form, save):
        messages.success(request, "Saved. It stands beside the name in the session.")
        return redirect("photo", patient_id=patient_id)
    opened(act, "photo", patient.id)
    url = queries.photo_url(act, patient.id)
    context = {"name": patient.name, "id": patient.id, "form": form, "photo": url}
    return render(request, "evaluation/photo.html", context)


@never_cache
def photo_file(request: ActRequest, patient_id: UUID) -> HttpResponse:
    """The picture, as part of a page that is in the ledger already."""
    found = queries.photo_of(request.act, patient_of(request.act, patient_id, "patient.see"))
    if found is None:
        raise NotThere("No photo.")
    return HttpResponse(queries.picture(found), content_type="image/jpeg")
