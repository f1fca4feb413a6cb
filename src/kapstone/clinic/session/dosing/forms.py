"""Time-out, start, medicines. Every form carries the id of the line that it writes."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms

from kapstone.care.plan import FORMATS, Format
from kapstone.care.session import questions
from kapstone.care.session.checking import Read
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import EventForm, asked
from kapstone.clinic.ground.people.second import SecondForm
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session.fields import number


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
        self.fields["weight_kg"] = number("Weight today", "kg", 20, 350, places=1)
        self.fields["weight_confirmed"] = forms.BooleanField(
            label="This weight is right, though it differs much from the plan's", required=False
        )
        self.fields["sbp"] = number("Systolic pressure", "mmHg", 40, 300)
        self.fields["dbp"] = number("Diastolic pressure", "mmHg", 20, 200)
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


def right_patient(who: str) -> forms.BooleanField:
    """Asked at each step of a dose: the one in the chair is the one on the screen."""
    return forms.BooleanField(
        label=f"Asked and read: this is {who}",
        error_messages={"required": "Look at the patient, ask name and date of birth, then tick that it is they."},
    )


class DoseStepForm(EventForm):
    """One step of a dose, for the patient who was asked."""

    def __init__(self, act: Act, who: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.fields["right_patient"] = right_patient(who)


class AgainForm(DoseStepForm):
    """More of a dose under a new order, confirmed on its own."""

    order = forms.UUIDField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(
        label="One more dose is given, beside the one on record",
        required=False,
    )


class RateForm(DoseStepForm):
    """Another rate of a running infusion."""

    def __init__(self, act: Act, who: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, who, *args, **kwargs)
        self.fields["ml_per_h"] = number("New rate", "mL/h", 0, 2000, places=1, required=True)
        self.fields["ml_per_h"].help_text = "0 is paused."
        self.fields["words"] = forms.CharField(label="Why", required=False, max_length=300)


class ClearForm(SecondForm):
    """A prescriber clears what a time-out stopped at, on their own device or at the nurse's screen."""

    words = forms.CharField(
        label="What you found, and why the dose may go on",
        max_length=600,
        error_messages={"required": "Write in a few words what you found and why the dose may go on."},
    )

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        first = "" if may(act, "session.sign_off") else str(act.person.id)
        super().__init__(act, "session.sign_off", first, *args, **kwargs)
        self.fields["colleague"].label = "Which prescriber clears it?"
        if not self.may_be_me:
            self.fields["colleague"].error_messages["required"] = "Which prescriber clears it? Choose one."
        self.order_last()


class CheckForm(SecondForm):
    """What the second person reads. Nothing stands in it that must be read off vial, syringe or pump."""

    def __init__(self, act: Act, first: str, names: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, "session.chart", first, *args, **kwargs)
        drugs = dict.fromkeys(one.drug for one in FORMATS.values())
        self.fields["drug"] = forms.ChoiceField(
            label="Drug, as the label says", choices=[("", "Choose"), *((one, one.capitalize()) for one in drugs)],
            error_messages={"required": "Drug: read it off the label and choose it."},
        )  # fmt: skip
        for name in names:
            self.fields[name] = READ[name]()
        self.order_last()

    def read(self) -> Read:
        """What was read, of a valid form."""
        told = {name: self.cleaned_data[name] for name in READ if name in self.fields}
        return Read(self.cleaned_data["drug"], **told)


def _devices() -> forms.Field:
    return forms.IntegerField(
        label="Devices laid out",
        min_value=1,
        max_value=3,
        error_messages={"required": "Devices laid out: count them.", "invalid": "Devices laid out: 1, 2 or 3."},
    )


READ: dict[str, Callable[[], forms.Field]] = {
    "strength": lambda: number("Strength on the vial", "mg/mL", 0, 500, places=1, required=True),
    "ml": lambda: number("Volume in the syringe", "mL", 0, 100, places=2, required=True),
    "mg": lambda: number("Dose, worked out by yourself", "mg", 0, 2000, places=2, required=True),
    "rate": lambda: number("Rate on the pump", "mL/h", 0, 2000, places=1, required=True),
    "devices": _devices,
}
"""The fields of what may be read, by its name in `Read`."""


class StartForm(DoseStepForm):
    """The start of a dose under the order that was read. Where kits for this patient are here, one is named."""

    def __init__(self, act: Act, who: str, kits: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, who, *args, **kwargs)
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


class MedicineForm(DoseStepForm):
    """A medicine under a signed order."""

    order = forms.ChoiceField(label="Order", error_messages={"required": "Order: choose the medicine that you gave."})

    def __init__(self, act: Act, who: str, orders: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, who, *args, **kwargs)
        self.fields["order"].choices = [("", "Choose"), *orders]  # type: ignore[attr-defined]
