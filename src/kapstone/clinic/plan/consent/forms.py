"""One question of the consent, the name under it, and the clinic's words on cost."""

from typing import Any

from django import forms

from kapstone.care.plan.consent import Question
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import EventForm
from kapstone.clinic.plan.consent.actions import LONGEST_COST, NOT_SURE


class QuestionForm(forms.Form):
    """One question, one answer. Nobody is asked to guess."""

    chosen = forms.ChoiceField(
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the answers. “I am not sure” is one of them."},
    )

    def __init__(self, question: Question, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["chosen"].label = question.ask
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            *((one.key, one.words) for one in question.options),
            (NOT_SURE, "I am not sure"),
        ]


class SignForm(EventForm):
    """The patient's name under the text. The id keeps a second click from telling the team twice."""

    signed_name = forms.CharField(
        label="Type your full name to sign",
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
        error_messages={"required": "Type your full name to sign. Or choose to talk first."},
    )

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)


class WordForm(EventForm):
    """A word that is not a yes needs no name."""


class CostForm(forms.Form):
    """What the clinic tells patients about cost."""

    words = forms.CharField(
        label="What a patient pays",
        help_text="Short sentences, one a line: the price of a dose, what is in it, what is not, refunds.",
        max_length=LONGEST_COST,
        widget=forms.Textarea({"rows": 6}),
    )
