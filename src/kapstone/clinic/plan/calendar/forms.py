"""Hours, absences and a patient's own times, as people type them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms

from kapstone.care.quantities import Instant
from kapstone.care.quantities.moments import instant
from kapstone.clinic.ground.bookings.calendar.queries import Times
from kapstone.clinic.ground.people.pages import YEARS
from kapstone.clinic.ground.ui.templatetags.ui import date_in, time_in

WEEKDAYS = list(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))
KINDS = [("work", "Works"), ("break", "Break"), ("calls", "Visits by video only")]
ZONES = sorted(one for one in available_timezones() if one.startswith(("America/", "Pacific/", "US/")))
TIME = {"invalid": "write a time of day, such as 08:00."}


class HoursForm(forms.Form):
    """One line of hours."""

    person = forms.ChoiceField(label="Who")
    kind = forms.ChoiceField(label="What", choices=KINDS, widget=forms.RadioSelect)
    weekdays = forms.TypedMultipleChoiceField(
        label="Weekdays", choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(label="From", error_messages=TIME, help_text="Such as 08:00.")
    ends = forms.TimeField(label="To", error_messages=TIME)
    first_day = forms.DateField(label="First day", help_text="Year, month, day.")
    last_day = forms.DateField(label="Last day", required=False, help_text="Blank where it goes on.")

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]


class SkillForm(forms.Form):
    """What somebody can do that a patient may need."""

    person = forms.ChoiceField(label="Who")
    skill = forms.CharField(label="Skill", max_length=40, help_text="Such as Spanish, or EMDR.")

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *people]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """Somebody is away, or a room or the clinic is closed."""

    person = forms.ChoiceField(label="Who is away", required=False)
    room = forms.ChoiceField(label="Or which room is closed", required=False)
    starts = forms.DateTimeField(label="From", help_text="Year-month-day and time, such as 2026-12-01 08:00.")
    ends = forms.DateTimeField(label="Until", help_text="Such as 2026-12-03 18:00.")

    def __init__(
        self, people: list[tuple[str, str]], rooms: list[tuple[str, str]], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        nobody = ("", "Nobody: the whole clinic or a room")
        self.fields["person"].choices = [nobody, *people]  # type: ignore[attr-defined]
        self.fields["room"].choices = [("", "No room"), *rooms]  # type: ignore[attr-defined]
        for name in ("starts", "ends"):
            self.fields[name].error_messages["invalid"] = "write a day and a time, such as 2026-12-01 08:00."
            self.fields[name].validators.append(_in_years)


def _in_years(moment: datetime) -> None:
    if moment.year not in YEARS:
        raise forms.ValidationError(f"write a year from {YEARS[0]} to {YEARS[-1]}.")


def in_zone(zone: ZoneInfo, typed: datetime) -> Instant:
    """A wall-clock time as it was typed, on the clinic's clock."""
    return instant(typed.replace(tzinfo=zone))


class ShownForm(forms.Form):
    """The starts that a page showed, and why they are wanted."""

    shown = forms.CharField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why", required=False, max_length=120, help_text="A few words that name no illness."
    )

    def clean_shown(self) -> tuple[Instant, ...]:
        """The moments; nothing where they cannot be read."""
        return read_starts(self.cleaned_data["shown"])


class WhyForm(forms.Form):
    """Why everybody moves whom something touches."""

    reason = forms.CharField(
        label="Why", required=False, max_length=120, help_text="A few words that name no illness."
    )


class AloneForm(WhyForm):
    """One of the times at which a visit may be by itself."""

    def __init__(self, found: Sequence[Times], zone: ZoneInfo, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"] = forms.TypedChoiceField(
            label="When",
            choices=[(one.starts_at.isoformat(), _said(one, zone)) for one in found[:MOST_SHOWN]],
            coerce=lambda text: instant(datetime.fromisoformat(text)),
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": "This time has gone meanwhile; choose another."},
        )
        self.order_fields(["start", "reason"])


MOST_SHOWN = 8
"""So many times are offered for one visit."""


def _said(one: Times, zone: ZoneInfo) -> str:
    where = one.room.name if one.room else "by video"
    return f"{date_in(one.starts_at, zone)}, {time_in(one.starts_at, zone)}, {', '.join(one.people)}, {where}"


def read_starts(text: str) -> tuple[Instant, ...]:
    """Moments as a page wrote them, joined by commas."""
    try:
        return tuple(instant(datetime.fromisoformat(one)) for one in text.split(",") if one)
    except (ValueError, OverflowError):
        return ()


class TimesForm(forms.Form):
    """When a patient can come, and when somebody can fetch them."""

    zone = forms.ChoiceField(label="Where you are", choices=[(one, one.replace("_", " ")) for one in ZONES])
    weekdays = forms.TypedMultipleChoiceField(
        label="Days on which you can come",
        choices=WEEKDAYS,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="None ticked means any day.",
    )
    starts = forms.TimeField(label="Not before", required=False, error_messages=TIME)
    ends = forms.TimeField(label="Not after", required=False, error_messages=TIME)
    companion_starts = forms.TimeField(label="You can be fetched from", required=False, error_messages=TIME)
    companion_ends = forms.TimeField(label="You can be fetched until", required=False, error_messages=TIME)

    def weekly(self) -> list[dict[str, Any]]:
        """The patient's own hours, as they are stored; none where nothing was said."""
        values = self.cleaned_data
        if not (values["weekdays"] or values["starts"] or values["ends"]):
            return []
        return [self._line(values["weekdays"], values["starts"], values["ends"])]

    def companion(self) -> list[dict[str, Any]]:
        """When they can be fetched."""
        values = self.cleaned_data
        if not (values["companion_starts"] or values["companion_ends"]):
            return []
        return [self._line([], values["companion_starts"], values["companion_ends"])]

    @staticmethod
    def _line(weekdays: list[int], starts: Any, ends: Any) -> dict[str, Any]:
        days = {"weekdays": sorted(weekdays)} if weekdays else {}
        return {**days, "from": f"{starts:%H:%M}" if starts else "00:00", "to": f"{ends:%H:%M}" if ends else "23:59"}


class PatientTimesForm(TimesForm):
    """The same as staff type it, and what a stand-in for the patient's own therapist must be able to do."""

    OF_THEM = {
        "zone": "Where they are",
        "weekdays": "Days on which they can come",
        "companion_starts": "They can be fetched from",
        "companion_ends": "They can be fetched until",
    }

    needs = forms.CharField(
        label="What a therapist must be able to do",
        required=False,
        max_length=200,
        help_text="Skills as they stand with the hours, parted by commas, such as Spanish, EMDR.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in self.OF_THEM.items():
            self.fields[name].label = label

    def skills(self) -> list[str]:
        """The skills, each once."""
        return list(dict.fromkeys(one.strip() for one in self.cleaned_data["needs"].split(",") if one.strip()))


def known_times(weekly: list[dict[str, Any]], companion: list[dict[str, Any]]) -> dict[str, Any]:
    """What a times form begins with, from the lines that are stored."""
    found: dict[str, Any] = {}
    for prefix, lines in (("", weekly), ("companion_", companion)):
        if lines:
            found |= {f"{prefix}starts": lines[0]["from"], f"{prefix}ends": lines[0]["to"]}
    if weekly:
        found["weekdays"] = weekly[0].get("weekdays", [])
    return found
