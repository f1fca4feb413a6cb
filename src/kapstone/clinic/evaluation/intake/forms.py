"""The patient's history as forms. A blank answer is "not answered" and never "no"."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django import forms

from kapstone.care.evaluation import asks
from kapstone.care.evaluation.medicines import nearest, recognise
from kapstone.clinic.evaluation.answering import known, trial, word
from kapstone.clinic.evaluation.intake.themes import Theme
from kapstone.clinic.ground.people.pages import asked

YES_NO = (("yes", "Yes"), ("no", "No"), ("", "Not sure"))
CM_PER_INCH, KG_PER_LB = Decimal("2.54"), Decimal("0.45359237")
"""Exact by definition."""

OTHER_KINDS = {"psychotherapy": "Talking therapy", "tms": "TMS (magnetic pulses)", "ect": "ECT"}
"""Treatments that are no medicine: kind and what the patient ticks."""

MOST = 9999
NO_SIZE = {
    "max_value": "Write a height or a weight that a person can have.",
    "invalid": "Write a number, such as 70.",
}
SPARE = 3
MOST_NAMES = 40


class PartForm(forms.Form):
    """A part of the history, which knows by which of its buttons it was sent."""

    def pressed(self, name: str) -> bool:
        """Whether it was this one."""
        return self.add_prefix(name) in self.data

    def body(self) -> dict[str, object]:
        """What is stored: fields of the intake with their values, None for what was left blank."""
        raise NotImplementedError


class ThemeForm(PartForm):
    """The questions of one theme. Pressed `none` or `rest`, a blank becomes a no, because the button says so."""

    def __init__(self, theme: Theme, *args: Any, told: Mapping[str, object] | None = None, **kwargs: Any) -> None:
        before = {name: word(value) for name, value in (told or {}).items() if isinstance(value, bool)}
        super().__init__(*args, **{"initial": before, **kwargs})
        self.theme = theme
        for name, words in theme.questions.items():
            field = forms.ChoiceField(label=words, choices=YES_NO, required=False, widget=forms.RadioSelect)
            field.initial = "-" if name not in (told or {}) else ""
            self.fields[name] = asked(field)

    def clean(self) -> dict[str, Any]:
        """Refuses answers of which one rules out the other."""
        values = super().clean() or self.cleaned_data
        if values.get("stroke_or_tia_12_months") == "yes" and values.get("stroke_or_tia") == "no":
            self.add_error(
                "stroke_or_tia", "You said no to a stroke ever, and yes to one in the last 12 months. Change one."
            )
        return values

    def body(self) -> dict[str, object]:
        """What is stored."""
        if self.pressed("none"):
            return dict.fromkeys(self.theme.questions, False)
        answers = {name: known(self.cleaned_data[name]) for name in self.theme.questions}
        if self.pressed("rest"):  # “Not sure” was chosen, and a question without a choice was not
            return {name: value if self.add_prefix(name) in self.data else False for name, value in answers.items()}
        return dict(answers)


class NamesForm(PartForm):
    """Names of medicines, one a row. A name that the table lacks is asked about once, and kept if that is wished."""

    def __init__(self, *args: Any, told: Iterable[str] = (), **kwargs: Any) -> None:
        names = list(told)
        super().__init__(*args, **{"initial": {f"name-{n}": name for n, name in enumerate(names)}, **kwargs})
        typed = [key for key in self.data if key.startswith(self.add_prefix("name-"))]
        shown = len(typed) if self.is_bound else len(names) + SPARE
        self.rows = range(min(max(shown, 2 * SPARE), MOST_NAMES))
        for n in self.rows:
            self.fields[f"name-{n}"] = forms.CharField(label=f"Medicine {n + 1}", required=False, max_length=120)
            self.fields[f"name-{n}"].quiet = True  # type: ignore[attr-defined]
            if meant := _meant(str(self.data.get(self.add_prefix(f"name-{n}"), ""))) if self.is_bound else ():
                choices = [*((one, one) for one in meant), ("", "Keep what I wrote")]
                self.fields[f"meant-{n}"] = asked(
                    forms.ChoiceField(
                        label="Did you mean", choices=choices, required=False, widget=forms.RadioSelect, initial="-"
                    ),
                    "wide",
                )

    def clean(self) -> dict[str, Any]:
        """Asks once about a name that the table lacks and that looks like one it has."""
        values = super().clean() or self.cleaned_data
        for n in self.rows:
            if f"meant-{n}" in self.fields and not self.pressed(f"meant-{n}") and not self.pressed("none"):
                self.add_error(
                    f"name-{n}", f"We do not know “{values[f'name-{n}']}”. Choose what you meant, or keep it."
                )
        return values

    def names(self) -> list[str]:
        """What is stored: the names, those that were meant in place of those that were not."""
        if self.pressed("none"):
            return []
        values = self.cleaned_data
        found = [values.get(f"meant-{n}") or values.get(f"name-{n}", "").strip() for n in self.rows]
        return [name for name in dict.fromkeys(found) if name]


def _meant(name: str) -> tuple[str, ...]:
    return () if not name.strip() or recognise(name) else nearest(name)


class MedicinesForm(NamesForm):
    """What the patient takes now."""

    def body(self) -> dict[str, object]:
        """Names alone: a clinician or a pharmacy list adds doses. An empty list is "none" only where it was said."""
        names = self.names()
        if not names and not self.pressed("none"):
            return {"medicines": None}
        return {"medicines": [{"name": name, "daily_mg": None, "checked": None} for name in names]}


class TriedForm(NamesForm):
    """What was tried in this episode of depression."""

    def __init__(self, *args: Any, kinds: Iterable[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kinds"] = asked(
            forms.MultipleChoiceField(
                label="And any of these?",
                choices=list(OTHER_KINDS.items()),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                initial=list(kinds),
            ),
            "wide",
        )

    def body(self) -> dict[str, object]:
        """Names alone: a clinician completes dose, weeks and improvement."""
        if self.pressed("none"):
            return {"trials": []}
        ticked = self.cleaned_data["kinds"]
        kinds = [trial(words, kind=kind) for kind, words in OTHER_KINDS.items() if kind in ticked]
        return {"trials": [*(trial(name) for name in self.names()), *kinds] or None}


class AboutForm(PartForm):
    """Height and weight in the units that the patient knows, and allergies."""

    height_cm = forms.DecimalField(
        label="Height in centimeters", required=False, max_value=MOST, error_messages=NO_SIZE
    )
    feet = forms.IntegerField(label="or in feet", required=False, min_value=1, max_value=8)
    inches = forms.DecimalField(label="and inches", required=False, min_value=0, max_value=Decimal("11.99"))
    weight = forms.DecimalField(label="Weight", required=False, max_value=MOST, error_messages=NO_SIZE)
    unit = asked(
        forms.ChoiceField(
            label="Weight is in",
            choices=(("lb", "Pounds"), ("kg", "Kilograms")),
            required=False,
            widget=forms.RadioSelect,
        ),
        "wide",
    )
    allergies = forms.CharField(
        label="Allergies", help_text="Write “none” if you have none.", required=False, max_length=200
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, unit in (("height_cm", "cm"), ("feet", "ft"), ("inches", "in")):
            self.fields[name].unit = unit  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.quiet = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turns both into cm and kg; refuses two heights, a weight without its unit, and what nobody measures."""
        values = super().clean() or self.cleaned_data
        in_feet = values.get("feet") is not None
        if in_feet and values.get("height_cm") is not None:
            self.add_error("height_cm", "Height: fill in centimeters, or feet and inches, not both.")
        if values.get("inches") is not None and not in_feet:
            self.add_error("feet", "Height: inches need feet beside them, such as 5 feet 6 inches.")
        if in_feet:
            inches = values["feet"] * 12 + (values.get("inches") or 0)
            values["height"] = (inches * CM_PER_INCH).quantize(Decimal("0.1"))
        else:
            values["height"] = values.get("height_cm")
        if values.get("weight") is not None and not values.get("unit"):
            self.add_error("unit", "Weight is in: choose pounds or kilograms.")
        per = KG_PER_LB if values.get("unit") == "lb" else Decimal(1)
        weight = values.get("weight")
        values["weight_kg"] = None if weight is None else (weight * per).quantize(Decimal("0.1"))
        self._within("height", "height_cm", "Height")
        self._within("weight_kg", "weight", "Weight")
        return values

    def _within(self, name: str, field: str, words: str) -> None:
        ask = asks()["height_cm" if name == "height" else "weight_kg"]
        value = self.cleaned_data.get(name)
        if value is not None and not ask.low <= value <= ask.high:
            here = field if name != "height" or self.cleaned_data.get("feet") is None else "feet"
            self.add_error(here, f"{words}: this makes {value} {ask.unit}; it must be from {ask.low} to {ask.high}.")

    def body(self) -> dict[str, object]:
        """What is stored, in cm and kg."""
        values = self.cleaned_data
        return {
            "height_cm": None if values["height"] is None else float(values["height"]),
            "weight_kg": None if values["weight_kg"] is None else float(values["weight_kg"]),
            "allergies": values["allergies"],
        }
