"""Time-out, readings, observations, medicines and notes. Every form carries the id of the line it writes."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from kapstone.care.plan import Format
from kapstone.care.session import MET, NOT_YET, OBSERVED, SIGNALS, questions
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import EventForm, asked

PRESSURE = {"invalid": "Pressure: write whole mmHg, such as 128."}


def _number(
    label: str, unit: str, low: int, high: int, places: int = 0, required: bool = False
) -> forms.DecimalField:
    words = unit.replace("%", "percent")  # a percent sign would be read as a gap to fill in
    field = forms.DecimalField(
        label=label,
        required=required,
        min_value=low,
        max_value=high,
        max_digits=6,
        decimal_places=places,
        error_messages={
            "invalid": f"{label}: write a number, such as {(low + high) // 2}.",
            "min_value": f"{label}: at least {low} {words}.",
            "max_value": f"{label}: at most {high} {words}.",
            "required": f"{label}: write the value in {words}.",
            "max_decimal_places": f"{label}: at most {places} decimals.",
        },
        widget=forms.NumberInput({"autocomplete": "off"}),
    )
    field.unit = unit  # type: ignore[attr-defined]
    return field


class TimeoutForm(EventForm):
    """The time-out: each question answered yes by a person, and today's weight and pressure."""

    def __init__(self, act: Act, format_: Format, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        for ask in questions(format_):
            self.fields[ask.key] = asked(
                forms.ChoiceField(
                    label=ask.words, choices=(("yes", "Yes"), ("no", "No")), required=False, widget=forms.RadioSelect
                )
            )
        self.fields["weight_kg"] = _number("Weight today", "kg", 20, 350, places=1)
        self.fields["weight_confirmed"] = forms.BooleanField(
            label="This weight is right, though it differs much from the plan's", required=False
        )
        self.fields["sbp"] = _number("Systolic pressure", "mmHg", 40, 300)
        self.fields["dbp"] = _number("Diastolic pressure", "mmHg", 20, 200)
        self.fields["pressure_time"] = forms.TimeField(
            label="Pressure measured at",
            help_text="Leave blank for now. For example 13:05.",
            required=False,
            error_messages={"invalid": "Pressure measured at: write hours and minutes, such as 13:05."},
        )
        for name in ("weight_kg", "sbp", "dbp"):
            self.fields[name].quiet = True  # type: ignore[attr-defined]
        self.format = format_

    def answers(self) -> dict[str, bool | None]:
        """True, False, or None for a question that was not answered."""
        told = {"yes": True, "no": False}
        return {ask.key: told.get(self.cleaned_data[ask.key]) for ask in questions(self.format)}


class StartForm(EventForm):
    """The start of a dose under the order that was read. Where kits for this patient are here, one is named."""

    def __init__(self, act: Act, kits: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.fields["order"] = forms.UUIDField(widget=forms.HiddenInput, required=False)
        self.fields["kit"] = forms.TypedChoiceField(
            label="Kit",
            choices=[*kits, ("", "None of these: from the clinic’s stock")],
            coerce=UUID,
            empty_value=None,
            required=False,
            widget=forms.RadioSelect if kits else forms.HiddenInput,
            help_text="Sent for this patient. It goes to nobody else." if kits else "",
        )


class ReadingForm(EventForm):
    """One set of readings. A blank is "not measured"; a value beyond belief is kept and shown as such."""

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        for key in ("sbp", "dbp", "hr", "spo2", "rr"):
            signal = SIGNALS[key]
            self.fields[key] = _number(signal.words, signal.unit, 0, 400)
        self.fields["taken_at"] = forms.TimeField(
            label="Taken at",
            help_text="blank is now",
            required=False,
            error_messages={"invalid": "Taken at: write hours and minutes, such as 13:05."},
        )

    def clean(self) -> dict[str, Any]:
        """At least one value, and both pressures or neither."""
        values = super().clean() or {}
        given = self.values(values)
        if not given and not self.errors:
            raise forms.ValidationError("Write at least one reading; what was not measured stays blank.")
        if ("sbp" in given) != ("dbp" in given) and not self.errors:
            missing = "dbp" if "sbp" in given else "sbp"
            self.add_error(missing, f"{SIGNALS[missing].words}: a pressure has two numbers; write both.")
        if "sbp" in given and "dbp" in given and given["sbp"] <= given["dbp"]:
            self.add_error("sbp", "Systolic pressure: it is the higher of the two; perhaps they are swapped.")
        return values

    def values(self, cleaned: dict[str, Any] | None = None) -> dict[str, Decimal]:
        """Signal to value, of those that were measured."""
        source = self.cleaned_data if cleaned is None else cleaned
        return {key: source[key] for key in SIGNALS if source.get(key) is not None}


class ObservationForm(EventForm):
    """What a person saw before release."""

    what = forms.ChoiceField(label="What", choices=[(key, words) for key, words in OBSERVED.items()])
    finding = forms.ChoiceField(
        label="Is it so?",
        choices=[(MET, "Yes"), (NOT_YET, "Not yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Is it so? Choose Yes or Not yet."},
    )
    words = forms.CharField(label="In your own words", required=False, max_length=600)


class MedicineForm(EventForm):
    """A medicine under a signed order."""

    order = forms.ChoiceField(label="Order", error_messages={"required": "Order: choose the medicine that you gave."})

    def __init__(self, act: Act, orders: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.fields["order"].choices = [("", "Choose"), *orders]  # type: ignore[attr-defined]


class WordsForm(EventForm):
    """A note, or why a dose was stopped."""

    words = forms.CharField(label="Note", widget=forms.Textarea({"rows": 2}), max_length=4000)


class SettingForm(EventForm):
    """The room."""

    eye_mask = forms.ChoiceField(
        label="Eye mask", choices=[("", "Not asked"), ("on", "On"), ("off", "Off")], required=False
    )
    music = forms.CharField(label="Music (without lyrics)", required=False, max_length=80)
    light = forms.ChoiceField(
        label="Light", choices=[("", "Not noted"), ("dim", "Dim"), ("low", "Low"), ("day", "Day")], required=False
    )
    therapist = forms.ChoiceField(
        label="Therapist",
        choices=[("", "Not noted"), ("whole", "Whole time"), ("landing", "For the landing"), ("none", "None")],
        required=False,
    )
