"""A course, and the end of one."""

from datetime import datetime
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from django import forms

from kapstone.care.evidence import Policy, default_policy
from kapstone.care.plan import FORMATS, TherapyForm
from kapstone.care.plan.dose import Entered, Sex, Unit, WeightBasis, entered, weights
from kapstone.care.plan.therapy import WORDS
from kapstone.care.quantities import Cm, Instant, Kg, MgPerMl
from kapstone.care.quantities.moments import instant
from kapstone.clinic.ground.bookings.solving.problem import Presence

HALF_HOURS = [(f"{hour:02}:{minute:02}", f"{hour:02}:{minute:02}") for hour in range(8, 17) for minute in (0, 30)]
PRESENCES = [("none", "Not"), ("landing", "For the landing"), ("whole", "The whole time")]
LEAST_MG = Decimal("0.01")


class WeightForm(forms.Form):
    """A body weight in kilograms, doubted where it may be in pounds."""

    weight_kg = forms.DecimalField(
        label="Weight",
        min_value=20,
        max_value=350,
        max_digits=5,
        decimal_places=1,
        error_messages={
            "invalid": "Weight: write kilograms as a number, such as 70.5.",
            "min_value": "Weight: less than 20 kg; is it in kilograms?",
            "max_value": "Weight: more than 350 kg; is it in kilograms and not in pounds?",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["weight_kg"].unit = "kg"  # type: ignore[attr-defined]


class DoseForm(WeightForm):
    """A dose in total and the weight it is for."""

    mg = forms.DecimalField(
        label="Dose, in total",
        help_text="Milligrams of base, not of salt.",
        min_value=LEAST_MG,
        max_digits=6,
        decimal_places=2,
        error_messages={
            "invalid": "Dose: write milligrams as a number, such as 35.",
            "min_value": "Dose, in total: more than 0 mg.",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mg"].unit = "mg"  # type: ignore[attr-defined]


UNITS = [(Unit.MG.value, "mg in total"), (Unit.MG_PER_KG.value, "mg/kg"), (Unit.ML.value, "mL of the vial")]
BASES = [("", "Actual, and nothing to pick"), *((one.value, one.words) for one in WeightBasis)]
SEXES = [("", "Not asked"), (Sex.FEMALE.value, "Women's formula"), (Sex.MALE.value, "Men's formula")]


class TypedDoseForm(WeightForm):
    """A dose as it is typed, in one of three units, as base or salt, and the weight that it goes by.

    After it is clean, `mg` holds the base, `said` the dose in every way, `three` the weights side by side and
    `dosing_kg` the one that was picked.
    """

    amount = forms.DecimalField(
        label="Dose",
        min_value=Decimal("0.001"),
        max_digits=8,
        decimal_places=3,
        error_messages={"invalid": "Dose: write a number, such as 35.", "min_value": "Dose: more than 0."},
    )
    unit = forms.ChoiceField(label="Counted in", choices=UNITS, initial=Unit.MG.value, required=False)
    salt = forms.BooleanField(
        label="These milligrams count hydrochloride, not base", required=False, help_text="Labels count base."
    )
    strength = forms.DecimalField(
        label="Strength of the vial",
        required=False,
        min_value=Decimal("0.1"),
        max_value=Decimal(500),
        max_digits=5,
        decimal_places=1,
        help_text="In mg/mL of base. Needed for a dose in mL; else the volume is worked out from it.",
        error_messages={"invalid": "Strength of the vial: write mg/mL as a number, such as 50."},
    )
    height_cm = forms.DecimalField(
        label="Height",
        required=False,
        min_value=100,
        max_value=250,
        max_digits=4,
        decimal_places=1,
        error_messages={"min_value": "Height: less than 100 cm; is it in centimetres?"},
    )
    formula = forms.ChoiceField(
        label="Formula for the ideal weight", choices=SEXES, required=False,
        help_text="Asked for the formula alone. It is from memory and not checked.",
    )  # fmt: skip
    weight_basis = forms.ChoiceField(label="The dose goes by", choices=BASES, required=False)

    def __init__(self, *args: Any, policy: Policy | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy or default_policy()
        self.fields["strength"].unit = "mg/mL"  # type: ignore[attr-defined]
        self.fields["height_cm"].unit = "cm"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The dose in milligrams of base by the weight that was picked; what is missing is said on its field."""
        values = super().clean() or {}
        if values.get("amount") is None or values.get("weight_kg") is None:
            return values
        height = Cm(values["height_cm"]) if values.get("height_cm") else None
        sex = Sex(values["formula"]) if values.get("formula") else None
        actual = Kg(values["weight_kg"])
        values["three"] = three = weights(actual, height, sex, self.policy)
        if three.must_pick and not values.get("weight_basis"):
            self.add_error("weight_basis", str(three.must_pick))
            return values
        try:
            weight = three.by(WeightBasis(values.get("weight_basis") or WeightBasis.ACTUAL)).rounded()
        except ValueError as problem:
            self.add_error("weight_basis", str(problem))
            return values
        return self._entered(values, weight)

    def _entered(self, values: dict[str, Any], weight: Kg) -> dict[str, Any]:
        strength = MgPerMl(values["strength"]) if values.get("strength") else None
        typed = Entered(values["amount"], Unit(values.get("unit") or Unit.MG), strength, bool(values.get("salt")))
        try:
            said = entered(typed, weight)
        except ValueError as problem:
            field = "salt" if "salt" in str(problem) else "strength" if "strength" in str(problem) else "amount"
            self.add_error(field, str(problem))
            return values
        # Rounded down, so that a dose typed exactly at a limit is not above it.
        values["mg"] = said.mg.value.quantize(LEAST_MG, ROUND_FLOOR)
        if not values["mg"]:
            self.add_error("amount", f"Dose: this is less than {LEAST_MG} mg.")
        values["said"] = said
        values["dosing_kg"] = weight.value
        return values


class CourseForm(TypedDoseForm):
    """What a prescriber enters. Nothing is filled in that the prescriber must decide."""

    field_order = (
        "format_id",
        "amount",
        "unit",
        "weight_kg",
        "salt",
        "strength",
        "height_cm",
        "formula",
        "weight_basis",
    )

    format_id = forms.ChoiceField(label="Format")
    doses = forms.IntegerField(
        label="Number of doses",
        min_value=1,
        max_value=12,
        error_messages={"invalid": "Number of doses: write a whole number from 1 to 12."},
    )
    first_day = forms.DateField(
        label="First day",
        help_text="Year, month, day. Doses fall on days with a working day after them.",
        error_messages={"invalid": "First day: write year, month, day, such as 2026-12-01."},
    )
    hour = forms.ChoiceField(label="Not before", choices=HALF_HOURS)
    therapy_form = forms.ChoiceField(
        label="Therapy", choices=[(form.value, words) for form, words in WORDS.items()], widget=forms.RadioSelect
    )
    therapist = forms.ChoiceField(label="Therapist for the visits", required=False)
    preparation = forms.IntegerField(
        label="Preparation visits before the first dose",
        min_value=0,
        max_value=4,
        error_messages={"invalid": "Preparation visits: write a whole number from 0 to 4."},
    )
    presence = forms.TypedChoiceField(
        label="Therapist beside each dose", choices=PRESENCES, coerce=Presence, widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="Reason, where a limit asks for one",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
    )
    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, offered: list[str], therapists: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format_id"].choices = [("", "Choose")] + [  # type: ignore[attr-defined]
            (name, FORMATS[name].name) for name in offered
        ]
        self.fields["therapist"].choices = [("", "None"), *therapists]  # type: ignore[attr-defined]

    def clean_therapy_form(self) -> TherapyForm:
        """The form of therapy as a value."""
        return TherapyForm(self.cleaned_data["therapy_form"])

    def clean_shown(self) -> tuple[Instant, ...]:
        """The starts that the page showed; nothing where it showed none or they cannot be read."""
        try:
            return tuple(instant(datetime.fromisoformat(one)) for one in self.cleaned_data["shown"].split(",") if one)
        except (ValueError, OverflowError):
            return ()


class EndForm(forms.Form):
    """How a course ended, of the ways that it can end now."""

    state = forms.ChoiceField(label="How did it end?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Reason", widget=forms.Textarea({"rows": 3}), max_length=4000)

    def __init__(self, endings: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["state"].choices = endings  # type: ignore[attr-defined]
