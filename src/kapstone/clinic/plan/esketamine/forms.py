"""The certificate, a step of an enrolment, and kits, as people type them."""

from typing import Any

from django import forms

from kapstone.clinic.plan.esketamine.actions import KIT_WORDS, STEP_WORDS

DAY = {"invalid": "write year, month and day, such as 2026-12-01.", "required": "write the day."}


class CertificateForm(forms.Form):
    """From when, and perhaps until when, the setting is certified."""

    since = forms.DateField(label="Certified from", error_messages=DAY)
    until = forms.DateField(label="Until", required=False, help_text="Blank where it has no end.", error_messages=DAY)


class StepForm(forms.Form):
    """The next step of an enrolment; only what can follow is offered."""

    step = forms.ChoiceField(label="What happened", widget=forms.RadioSelect)
    on = forms.DateField(label="Day", error_messages=DAY)

    def __init__(self, steps: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [(one, STEP_WORDS[one]) for one in steps]  # type: ignore[attr-defined]


class KitForm(forms.Form):
    """A kit that a pharmacy sends."""

    mg = forms.DecimalField(label="Kit", max_digits=5, decimal_places=1, help_text="28 mg in each device.")
    expected_on = forms.DateField(
        label="Expected on",
        required=False,
        help_text="Blank where the pharmacy named no day.",
        error_messages=DAY,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mg"].unit = "mg"  # type: ignore[attr-defined]


class KitStepForm(forms.Form):
    """What became of a kit."""

    kit_step = forms.ChoiceField(label="What became of it", widget=forms.RadioSelect)
    kit_on = forms.DateField(label="Day", error_messages=DAY)

    def __init__(self, steps: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kit_step"].choices = [(one, KIT_WORDS[one]) for one in steps]  # type: ignore[attr-defined]
