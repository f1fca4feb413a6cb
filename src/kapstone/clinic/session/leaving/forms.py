"""Forms around the door: when somebody looks again, and a prescriber's signature."""

from typing import Any

from django import forms

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import EventForm
from kapstone.clinic.ground.people.second import SecondForm
from kapstone.clinic.ground.people.who import may
from kapstone.clinic.session.leaving.actions import AGAIN_IN


class AgainForm(EventForm):
    """Not ready: when somebody looks again."""

    in_min = forms.TypedChoiceField(
        label="Look again in", coerce=int, choices=[("", "Choose"), *((one, f"{one} minutes") for one in AGAIN_IN)],
        error_messages={"required": "Look again in: choose the minutes."},
    )  # fmt: skip
    words = forms.CharField(label="What I saw", required=False, max_length=300)


class SignOffForm(SecondForm):
    """A prescriber signs, on their own device or at the nurse's screen with their own password."""

    words = forms.CharField(
        label="What you saw", max_length=600, error_messages={"required": "Write in a few words what you saw."}
    )

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        first = "" if may(act, "session.sign_off") else str(act.person.id)
        super().__init__(act, "session.sign_off", first, *args, **kwargs)
        self.fields["colleague"].label = "Who signs?"
        if not self.may_be_me:
            self.fields["colleague"].error_messages["required"] = "Who signs? Choose a prescriber."
        self.order_last()
