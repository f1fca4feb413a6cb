"""A questionnaire as a form. A blank answer is "not answered" and never "no"."""

from typing import Any
from uuid import uuid4

from django import forms

from kapstone.care.evaluation import Instrument


class InstrumentForm(forms.Form):
    """One questionnaire with its exact wording. Every item may be left out; the score says so."""

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.fields["once"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
        choices = [(str(option.value), option.text) for option in instrument.options]
        for number, item in enumerate(instrument.items, 1):
            self.fields[f"q{number}"] = forms.ChoiceField(
                label=f"{number}. {item.text}", choices=choices, required=False, widget=forms.RadioSelect
            )
            self.fields[f"q{number}"].quiet = True  # type: ignore[attr-defined]

    def answers(self) -> dict[str, int | None]:
        """Points by link id; None for an item that was left out."""
        given = [self.cleaned_data[f"q{number}"] for number in range(1, len(self.instrument.items) + 1)]
        return {
            item.link_id: int(value) if value else None
            for item, value in zip(self.instrument.items, given, strict=True)
        }


class QuestionForm(forms.Form):
    """One question of a questionnaire, alone on its page."""

    sitting = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, instrument: Instrument, number: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"] = forms.ChoiceField(
            label=instrument.items[number - 1].text,
            choices=[(str(option.value), option.text) for option in instrument.options],
            required="skip" not in self.data,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose an answer, or press “Leave this one out”."},
        )

    def points(self) -> int | None:
        """The points of the answer; None when the question is left out."""
        return None if "skip" in self.data else int(self.cleaned_data["answer"])
