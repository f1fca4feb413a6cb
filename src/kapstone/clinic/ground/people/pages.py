"""Small helps for views: running an action from a form, and the moment typed on a form in the clinic's zone."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, QueryDict

from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import NotThere, Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.models import Clinic


class ActRequest(HttpRequest):
    """A request that has its Act, as every view gets it."""

    act: Act


def run(form: forms.Form, do: Callable[[dict[str, Any]], object]) -> bool:
    """Runs an action with a valid form's values. A refusal becomes an error on its field; what was typed stays."""
    if not form.is_valid():
        return False
    try:
        do(form.cleaned_data)
    except Refused as no:
        form.add_error(no.field if no.field in form.fields else None, str(no))
        return False
    return True


def posted_id(request: HttpRequest, name: str) -> UUID:
    """An identifier from a form's button. NotThere when it is missing or none."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise NotThere("No such record.") from None


YEARS = range(2000, 2101)
"""Years that a page of a day is shown for, and in which a day may be typed."""


def day_named(text: str) -> date:
    """The day of an address. NotThere for what is no day, or so far away that nothing can be on it."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise NotThere("No such day.") from None
    if found.year not in YEARS:
        raise NotThere("No such day.")
    return found


def asked(field: forms.Field, width: str = "short") -> forms.Field:
    """Marks a question that a person puts: answers side by side, and no "optional" beside it.

    `width` is "short" for Yes and No, "wide" for answers of one longer word.
    """
    field.quiet, field.row = True, width  # type: ignore[attr-defined]
    return field


def fresh(request: ActRequest) -> QueryDict | None:
    """What was sent, None where nothing was; a copy, so that the page shown again may carry an id of its own."""
    return request.POST.copy() if request.method == "POST" else None


class EventForm(forms.Form):
    """A form that writes one line. Its id is made when the page is, so that sending it twice writes one line."""

    event_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("event_id", uuid7(act.at))
        super().__init__(*args, **kwargs)

    def renew(self, act: Act) -> None:
        """Gives the page that is shown again another id, where what was sent is on record and this would be more."""
        if isinstance(self.data, QueryDict):
            self.data["event_id"] = str(uuid7(act.at))


NOON = 12
CLOCKS_DIFFER = timedelta(minutes=5)
"""A clock on the wall may be this far ahead of ours."""


def local_moment(clinic: Clinic, at: Instant, clock: time | None, not_before: Instant, field: str) -> Instant | None:
    """A clock time typed on a form, as a moment; None where nothing was typed.

    A time a few minutes ahead is now. A later one is yesterday's where that is not before `not_before`, as shortly
    after midnight; else it is refused, because a reading filed under the wrong day reminds of nothing. So is a time
    before `not_before`: five past one in the afternoon is 13:05. Of an hour that comes twice the later counts.
    """
    if clock is None:
        return None
    zone = clinic.zone
    today = at.astimezone(zone).date()
    known = [
        instant(datetime.combine(day, clock.replace(fold=fold), tzinfo=zone))
        for day in (today, today - timedelta(days=1))
        for fold in (1, 0)
    ]
    if any(at < moment <= at + CLOCKS_DIFFER for moment in known):
        return at
    past = [moment for moment in known if moment <= at]
    if past and past[0] >= not_before:
        return past[0]
    if clock.hour < NOON and (later := _or_none(clinic, at, clock.replace(hour=clock.hour + NOON), not_before)):
        meant = f"{later.astimezone(zone):%H:%M}"
        raise Refused(
            f"{clock:%H:%M} is at night. In the afternoon it is {meant}; write that, if you mean it.", field
        )
    if known[1] > at:
        raise Refused(f"{clock:%H:%M} has not come yet. Write the time it was, or leave it blank for now.", field)
    begins = f"{not_before.astimezone(zone):%H:%M}"
    raise Refused(
        f"{clock:%H:%M} is before {begins}, when this could begin. Write hours from 0 to 24, or leave it blank for "
        "now.",
        field,
    )


def _or_none(clinic: Clinic, at: Instant, clock: time, not_before: Instant) -> Instant | None:
    """The same where it can be placed; None where it cannot."""
    try:
        return local_moment(clinic, at, clock, not_before, "")
    except Refused:
        return None
