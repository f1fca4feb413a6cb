"""Which device, and whether it is the one at this chair."""

from typing import Any

from django import forms

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import EventForm
from kapstone.clinic.session.devices.actions import LAST


class ChooseForm(forms.Form):
    """The device, and the end of the serial number on its label; nothing is chosen beforehand."""

    def __init__(self, devices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["device"] = forms.ChoiceField(
            label="Device", choices=devices, widget=forms.RadioSelect,
            error_messages={"required": "Choose the device at this chair."},
        )  # fmt: skip
        self.fields["typed"] = forms.CharField(
            label=f"The last {LAST} signs of its serial number, off the label", max_length=10,
            widget=forms.TextInput({"autocomplete": "off"}),
        )  # fmt: skip


class ConfirmForm(EventForm):
    """What the person at the chair sees on the monitor."""

    match = forms.UUIDField(widget=forms.HiddenInput)
    same = forms.ChoiceField(
        label="Does the monitor at this chair show the same?",
        choices=[("yes", "Yes, the same"), ("no", "No, something else")],
        widget=forms.RadioSelect,
        error_messages={"required": "Look at the monitor at this chair, and choose."},
    )
    slots = forms.ChoiceField(
        label="Who takes the values?",
        choices=[("no", "A person, each time"), ("yes", "Each set that is due takes them by itself")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose who takes the values."},
    )


class GatewayForm(EventForm):
    """A name for what may send."""

    name = forms.CharField(label="What will send", max_length=60, help_text="Such as: Monitors of room 2.")

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
