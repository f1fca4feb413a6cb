"""What was done about a concern, to whom it is handed, and a line of the roster."""

from typing import Any

from django import forms

from kapstone.clinic.ground.concerns.roster.actions import RANKS
from kapstone.clinic.ground.people.pages import asked

NOT_REACHED = "none"
HOW = (("phone", "By phone"), ("person", "In person"), (NOT_REACHED, "Could not reach"))
WEEKDAYS = tuple(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")))


class OutcomeForm(forms.Form):
    """How the patient was reached, and what was done. Not reached keeps the concern open."""

    how = forms.ChoiceField(label="How did you reach the patient?", choices=HOW, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What you did",
        help_text="What was said, what was agreed, and who follows up. If you did not reach them: what you tried.",
        widget=forms.Textarea({"rows": 4}),
        max_length=4000,
    )


class HandForm(forms.Form):
    """Who has it from now on."""

    to = forms.ChoiceField(label="Hand over to")

    def __init__(self, people: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = [(str(one.id), one.name) for one in people]  # type: ignore[attr-defined]


class LineForm(forms.Form):
    """Somebody on call."""

    person = forms.ChoiceField(label="Who")
    rank = forms.TypedChoiceField(
        label="On call as", choices=[(rank, word.capitalize()) for rank, word in RANKS.items()], coerce=int
    )
    weekdays = asked(
        forms.TypedMultipleChoiceField(
            label="Days on which it begins", choices=WEEKDAYS, coerce=int, widget=forms.CheckboxSelectMultiple
        ),
        "wide",
    )
    starts = forms.TimeField(
        label="From",
        help_text="Such as 08:00.",
        error_messages={"invalid": "From: write hours and minutes, such as 08:00."},
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    ends = forms.TimeField(
        label="To",
        help_text="At or before the start, it ends on the next day.",
        error_messages={"invalid": "To: write hours and minutes, such as 17:00."},
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
    )
    first_day = forms.DateField(
        label="First day",
        error_messages={"invalid": "First day: write year, month, day, such as 2026-12-01."},
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    last_day = forms.DateField(
        label="Last day",
        help_text="Blank: until you end it. The same as the first day: a single shift.",
        required=False,
        error_messages={"invalid": "Last day: write year, month, day, such as 2026-12-01."},
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, people: list[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Choose"), *((str(one.id), one.name) for one in people)]  # type: ignore[attr-defined]
