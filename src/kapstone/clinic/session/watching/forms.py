"""Readings, what is seen, notes, the room. Every form carries the id of the line that it writes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict

from kapstone.care.evidence import Policy
from kapstone.care.session import MET, NOT_YET, OBSERVED, SIGNALS
from kapstone.care.session.parts import SETTINGS
from kapstone.care.session.readings import Standing, judge
from kapstone.care.session.slots import REASONS
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import EventForm
from kapstone.clinic.ground.people.second import SecondForm
from kapstone.clinic.session.fields import number

ODD = (Standing.LOST, Standing.IMPLAUSIBLE)

SET = ("sbp", "dbp", "hr", "spo2", "rr")
SCORES = ("moaas", "nausea", "distress")
"""What a set holds, in the order of the pad: numbers off the bedside, then what a person sees."""


class ReadingForm(EventForm):
    """One set of readings. A blank is "not measured"; a value beyond belief is asked about once and then kept."""

    sure = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, act: Act, policy: Policy, data: QueryDict | None = None, **kwargs: Any) -> None:
        # A copy, because what was asked about once is remembered in it.
        super().__init__(act, data.copy() if data else None, **kwargs)
        self.policy = policy
        for key in (*SET, *SCORES):
            signal = SIGNALS[key]
            self.fields[key] = number(signal.words, signal.unit, 0, 400)
            # The tablet goes to the next field once no further digit could make a value that may be true.
            self.fields[key].most = policy.number(f"session.plausible.{key}_high")  # type: ignore[attr-defined]
        self.fields["taken_at"] = forms.TimeField(
            label="Taken at",
            help_text="blank is now",
            required=False,
            error_messages={"invalid": "Taken at: write hours and minutes, such as 13:05."},
        )

    def clean(self) -> dict[str, Any]:
        """At least one value, both pressures or neither, and nothing beyond belief by a slip."""
        values = super().clean() or {}
        given = self.values(values)
        if not given and not self.errors:
            raise forms.ValidationError("Write at least one reading; what was not measured stays blank.")
        if ("sbp" in given) != ("dbp" in given) and not self.errors:
            missing = "dbp" if "sbp" in given else "sbp"
            self.add_error(missing, f"{SIGNALS[missing].words}: a pressure has two numbers; write both.")
        if "sbp" in given and "dbp" in given and given["sbp"] <= given["dbp"]:
            self.add_error("sbp", "Systolic pressure: it is the higher of the two; perhaps they are swapped.")
        if not self.errors:
            self._ask_once(given, values.get("sure", ""))
        return values

    def _ask_once(self, given: dict[str, Decimal], sure: str) -> None:
        odd = {key: one for key, one in judge(given, self.policy, typed=True).items() if one.standing in ODD}
        told = " ".join(f"{key}={one.value}" for key, one in odd.items())
        self.data["sure"] = told  # type: ignore[index]
        if sure != told:
            for key, one in odd.items():
                self.add_error(
                    key,
                    f"{SIGNALS[key].words}: {one.value:f} cannot be true. Correct it, or save again to keep it as it "
                    "is: it is shown and not used.",
                )

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


class SettingForm(EventForm):
    """The room, and how it is set."""

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        for name, (words, choices) in SETTINGS.items():
            field = forms.ChoiceField(label=words, choices=[("", "Not noted"), *choices.items()], required=False)
            field.quiet = True  # type: ignore[attr-defined]
            self.fields[name] = field


class SlotForm(EventForm):
    """Why a set of readings was not taken."""

    minute = forms.TypedChoiceField(label="Set of minute", coerce=int, error_messages={"required": "Choose the set."})
    why = forms.ChoiceField(
        label="Not done because",
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Not done because: choose the reason."},
    )
    words = forms.CharField(label="In words", required=False, max_length=300)

    def __init__(self, act: Act, minutes: list[int], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.fields["minute"].choices = [(one, f"minute {one}") for one in minutes]  # type: ignore[attr-defined]


class TakeOverForm(SecondForm):
    """A new owner, who has read back."""

    read_back = forms.BooleanField(
        label="I have read this back aloud, and it is right",
        required=False,
    )
    words = forms.CharField(
        label="What was added", required=False, max_length=600, widget=forms.Textarea({"rows": 2})
    )

    def __init__(self, act: Act, owner: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, "session.chart", owner, *args, **kwargs)
        self.fields["colleague"].label = "Who takes over?"
        mine = self.fields["colleague"].choices[0]  # type: ignore[attr-defined]
        if self.may_be_me:
            self.fields["colleague"].choices = [  # type: ignore[attr-defined]
                (mine[0], f"I do: {act.person.name}"),
                *self.fields["colleague"].choices[1:],  # type: ignore[attr-defined]
            ]
        self.order_last()


class SeatForm(EventForm):
    """Another chair."""

    chair = forms.TypedChoiceField(label="Chair", coerce=int, error_messages={"required": "Choose a chair."})

    def __init__(self, act: Act, free: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.fields["chair"].choices = free  # type: ignore[attr-defined]
