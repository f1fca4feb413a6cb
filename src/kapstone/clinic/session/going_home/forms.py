"""One name."""

from django import forms


class CompanionForm(forms.Form):
    """Who takes the patient home."""

    name = forms.CharField(
        label="Who takes you home?",
        max_length=80,
        help_text="A name is enough. They need no account.",
        error_messages={"required": "Write the name of who takes you home."},
    )
