"""Forms for one adverse effect, and for a round of asking."""

from itertools import groupby
from typing import Any

from django import forms

from kapstone.care.session.adverse import ACTIONS, ASKED, GRADES, OUTCOMES, RELATED, SERIOUS, TERMS
from kapstone.care.session.adverse.rounds import ROUND
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import EventForm

CLOCK = {"invalid": "Write hours and minutes, such as 13:05."}


def _terms() -> list[tuple[str, Any]]:
    grouped = groupby(TERMS.values(), key=lambda one: one.group)
    return [("", "Choose"), *((group.words, [(one.code, one.words) for one in found]) for group, found in grouped)]


class EffectForm(EventForm):
    """One effect: what, how bad at its worst, when, whether serious, and what became of it."""

    term = forms.ChoiceField(label="What", choices=_terms, error_messages={"required": "What was it? Choose."})
    grade = forms.ChoiceField(label="At its worst", choices=[("", "Choose"), *GRADES.items()])
    began = forms.TimeField(label="Began at", help_text="blank is now", required=False, error_messages=CLOCK)
    ended = forms.TimeField(label="Gone at", required=False, error_messages=CLOCK)
    outcome = forms.ChoiceField(label="Now", choices=[("", "Choose"), *OUTCOMES.items()])
    related = forms.ChoiceField(label="From the treatment?", choices=[("", "Choose"), *RELATED.items()])
    action = forms.ChoiceField(label="What it changed of the dose", choices=[("", "Choose"), *ACTIONS.items()])
    serious = forms.MultipleChoiceField(
        label="Serious, because", choices=list(SERIOUS.items()), required=False, widget=forms.CheckboxSelectMultiple
    )
    words = forms.CharField(
        label="What was done, in your words", required=False, max_length=1000, widget=forms.Textarea({"rows": 2})
    )


class RoundForm(EventForm):
    """Every effect of the list, each with an answer; nothing is chosen beforehand."""

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        for code in ASKED:
            words = TERMS[code].words
            self.fields[code] = forms.ChoiceField(
                label=words, choices=list(ROUND.items()), widget=forms.RadioSelect,
                error_messages={"required": f"{words}: ask, and choose. “No” is an answer."},
            )  # fmt: skip
            self.fields[code].row = True  # type: ignore[attr-defined]

    def answers(self) -> dict[str, str]:
        """Term to answer, of a valid form."""
        return {code: self.cleaned_data[code] for code in ASKED}
