"""Where the patient is, and somebody's video room."""

from django import forms


class WhereForm(forms.Form):
    """Asked at each visit by video."""

    place = forms.CharField(label="Street and town", max_length=200)
    state = forms.CharField(label="State", max_length=2, help_text="Two letters, such as CT.")
    callback = forms.CharField(
        label="Number to call back",
        max_length=40,
        help_text="If the picture fails, we call this number.",
        widget=forms.TextInput({"type": "tel", "autocomplete": "tel"}),
    )


class RoomForm(forms.Form):
    """The address of one's own video room."""

    address = forms.CharField(
        label="Address of my video room",
        required=False,
        max_length=300,
        help_text="It begins with https://. Blank ends it.",
    )
