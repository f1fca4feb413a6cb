"""Orders as a prescriber types them: for one dose, or for everybody of a day."""

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from kapstone.care.plan.licences import PRN_ROUTES
from kapstone.clinic.ground.people.pages import asked
from kapstone.clinic.plan.ordering.actions import Decided, What
from kapstone.clinic.plan.ordering.prn import Prn, why_not_prn
from kapstone.clinic.plan.ordering.queries import Usual

PARTS = {
    "drug": "the drug",
    "amount": "the amount",
    "route": "how it goes in",
    "trigger": "when to give it",
    "times": "how often",
}
LEAST_MG = Decimal("0.01")
STRONGEST, LARGEST_ML = Decimal(500), Decimal(1000)
"""Beyond these a strength in mg/mL and a bag in mL are typing errors; they are no clinical limits."""

UNITS = [("mg", "mg"), ("mcg", "mcg"), ("mL", "mL")]


class PrnForm(forms.Form):
    """Medicines to give if needed, in numbered groups of fields."""

    groups = 2

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, self.groups + 1):
            self.fields |= {f"{part}_{n}": field for part, field in _prn_fields(n).items()}

    def shown_groups(self) -> list[list[forms.BoundField]]:
        """The fields of each medicine, in the order of the page."""
        names = ("drug", "amount", "unit", "route", "trigger", "times")
        return [[self[f"{part}_{n}"] for part in names] for n in range(1, self.groups + 1)]

    def clean(self) -> dict[str, Any]:
        """A medicine needs all its parts; a line that is begun is never dropped in silence."""
        values = super().clean() or {}
        for n in range(1, self.groups + 1):
            names = {f"{part}_{n}": words for part, words in PARTS.items()}
            begun = any(values.get(name) or name in self.errors for name in names)
            for name, words in names.items():
                if begun and not values.get(name) and name not in self.errors:
                    self.add_error(name, f"If needed {n}: write {words} as well.")
            no = why_not_prn(values.get(f"drug_{n}") or "")
            if no:
                self.add_error(f"drug_{n}", no)
        return values

    def prn(self) -> list[Prn]:
        """The medicines of a valid form."""
        values = self.cleaned_data
        parts = ("drug", "amount", "unit", "trigger", "times", "route")
        every = [[values[f"{part}_{n}"] for part in parts] for n in range(1, self.groups + 1)]
        return [Prn(*one) for one in every if one[0]]


def _prn_fields(n: int) -> dict[str, forms.Field]:
    """The fields of one medicine; the group's heading says that it is optional, so its fields do not."""
    fields: dict[str, forms.Field] = {
        "drug": forms.CharField(label="Drug", required=False, max_length=60),
        "amount": forms.DecimalField(
            label="Amount",
            required=False,
            max_digits=7,
            decimal_places=3,
            min_value=Decimal("0.001"),
            error_messages={
                "invalid": f"If needed {n}: the amount is a number, such as 4.",
                "min_value": f"If needed {n}: the amount is more than 0.",
            },
        ),
        "unit": forms.ChoiceField(label="Unit", choices=UNITS, required=False),
        "route": forms.ChoiceField(label="How", choices=[("", "Choose"), *PRN_ROUTES.items()], required=False),
        "trigger": forms.CharField(
            label="When", required=False, max_length=120, help_text="For example: nausea 5 of 10 or vomiting."
        ),
        "times": forms.IntegerField(
            label="At most, times",
            required=False,
            min_value=1,
            max_value=6,
            help_text="For this dose, with those that were given.",
        ),
    }
    for field in fields.values():
        field.quiet = True  # type: ignore[attr-defined]
    return fields


class OrdersForm(PrnForm):
    """The dose for one day, how it is drawn up, and up to two medicines to give if needed."""

    mg = forms.DecimalField(
        label="Dose today",
        min_value=LEAST_MG,
        max_digits=6,
        decimal_places=2,
        error_messages={
            "invalid": "Dose today: write milligrams as a number, such as 35.",
            "min_value": "Dose today: more than 0 mg.",
        },
    )
    strength = forms.DecimalField(
        label="Strength of the vial", required=False, min_value=Decimal("0.1"), max_value=STRONGEST,
        max_digits=5, decimal_places=1, help_text="In mg/mL of base. Then the volume stands on the order.",
        error_messages={"invalid": "Strength of the vial: write mg/mL as a number, such as 50."},
    )  # fmt: skip
    bag_ml = forms.DecimalField(
        label="Whole volume of the bag", required=False, min_value=Decimal("0.1"), max_value=LARGEST_ML,
        max_digits=6, decimal_places=1, help_text="Where it is thinned.",
        error_messages={"invalid": "Whole volume of the bag: write millilitres as a number, such as 100."},
    )  # fmt: skip
    over_min = forms.DecimalField(
        label="Given over", required=False, min_value=Decimal(1), max_digits=4, decimal_places=0,
        help_text="Blank where it is as the policy says.",
    )  # fmt: skip
    reason = forms.CharField(
        label="Reason, where a limit asks for one",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        max_length=2000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, unit in (("mg", "mg"), ("strength", "mg/mL"), ("bag_ml", "mL"), ("over_min", "min")):
            self.fields[name].unit = unit  # type: ignore[attr-defined]


class AgainForm(forms.Form):
    """More of a dose that has begun, how it is drawn up, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {
            name: deepcopy(OrdersForm.base_fields[name]) for name in ("mg", "strength", "bag_ml", "over_min")
        }
        self.fields["mg"].label = "More of the dose"
        self.fields["reason"] = forms.CharField(label="Why more is given", widget=forms.Textarea({"rows": 2}))


class HoldForm(forms.Form):
    """Why a dose is held."""

    why = forms.CharField(label="Why it is held", max_length=500)


class MoreForm(PrnForm):
    """One more medicine to give if needed, beside what is ordered."""

    groups = 1


@dataclass(frozen=True, slots=True)
class DayRow:
    """One dose of the day's list: what “same” would give."""

    dose_id: UUID
    name: str
    same: Usual

    def named(self, part: str) -> str:
        """The name of one of its fields. It names the dose, so that a list that changes mixes up nobody."""
        return f"{part}_{self.dose_id.hex}"


class DayForm(PrnForm):
    """Same, step or hold for each dose of a day, and one set of medicines to give if needed."""

    groups = 3

    def __init__(self, rows: Sequence[DayRow], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows
        for row in rows:
            self.fields[row.named("what")] = asked(
                forms.ChoiceField(
                    label=f"Today, {row.name}",
                    choices=[(one.value, one.words) for one in What],
                    required=False,
                    widget=forms.RadioSelect,
                ),
                "wide",
            )
            self.fields[row.named("mg")] = forms.DecimalField(
                label="Step to",
                required=False,
                min_value=LEAST_MG,
                max_digits=6,
                decimal_places=2,
                error_messages={"invalid": "Step to: write milligrams as a number, such as 40."},
                help_text="Only where you step.",
            )
            self.fields[row.named("mg")].unit = "mg"  # type: ignore[attr-defined]
            self.fields[row.named("reason")] = forms.CharField(
                label="Reason", required=False, max_length=500, help_text="For a hold, or where a limit asks for one."
            )

    def shown_rows(self) -> list[tuple[DayRow, list[forms.BoundField]]]:
        """Each dose with its fields."""
        return [(row, [self[row.named(part)] for part in ("what", "mg", "reason")]) for row in self.rows]

    def clean(self) -> dict[str, Any]:
        """A step names its amount, a hold its reason; what is typed without a choice is asked about."""
        values = super().clean()
        chosen = [name for name, value in self.data.items() if name.startswith("what_") and value]
        if gone := [name for name in chosen if name not in self.fields]:
            self.add_error(None, f"{CHANGED[len(gone) > 1]} Read the list again. Nothing is signed yet.")
        for row in self.rows:
            what, mg = values.get(row.named("what")), values.get(row.named("mg"))
            if mg is not None and what != What.STEP:
                self.add_error(row.named("what"), f"{row.name}: an amount is typed; choose “Step” or clear it.")
            if what == What.STEP and mg is None and row.named("mg") not in self.errors:
                self.add_error(row.named("mg"), f"{row.name}: write the milligrams of this step.")
        if not chosen and not self.errors:
            self.add_error(None, "Choose same, step or hold for at least one dose.")
        return values

    def decided(self) -> list[Decided]:
        """What was decided for each dose; a dose without a choice is left for later."""
        values = self.cleaned_data
        return [
            Decided(row.dose_id, What(what), values[row.named("mg")], values[row.named("reason")])
            for row in self.rows
            if (what := values[row.named("what")])
        ]


CHANGED = {
    False: "A dose for which you chose is signed, begun or gone since you opened this list.",
    True: "Doses for which you chose are signed, begun or gone since you opened this list.",
}
