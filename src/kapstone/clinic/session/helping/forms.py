"""Forms of a call for help."""

from django import forms

from kapstone.clinic.ground.people.pages import EventForm


class EndForm(EventForm):
    """How a call for help ended."""

    words = forms.CharField(label="How it ended", widget=forms.Textarea({"rows": 2}), max_length=1000)


class TransferForm(EventForm):
    """Who took the patient."""

    to = forms.CharField(
        label="Who took the patient",
        help_text="For example: ambulance, unit 7, to the hospital it named.",
        max_length=200,
        error_messages={"required": "Who took the patient? Write it, such as the ambulance and its number."},
    )
    words = forms.CharField(
        label="What was handed over", required=False, widget=forms.Textarea({"rows": 2}), max_length=1000
    )


class LinesForm(forms.Form):
    """What a medical director signs beside a card."""

    words = forms.CharField(
        label="Your clinic's own lines, such as drugs with their doses",
        required=False,
        widget=forms.Textarea({"rows": 4}),
        max_length=2000,
        help_text="They stand on the card under your name and today's date. Empty takes back what stands there.",
    )
