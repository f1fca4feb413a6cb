"""An authorisation as the desk types it."""

from django import forms

from kapstone.care.plan.consent import Drug

DAY = {"invalid": "write year, month and day, such as 2026-12-12.", "required": "write the day."}


class AuthorisationForm(forms.Form):
    """What the payer's letter says."""

    drug = forms.TypedChoiceField(
        label="For", choices=[(one.value, one.words) for one in Drug], coerce=Drug, widget=forms.RadioSelect
    )
    units = forms.IntegerField(
        label="Units",
        min_value=1,
        max_value=200,
        help_text="One unit is one dose. If the letter counts milligrams or devices, write the doses they make.",
    )
    since = forms.DateField(label="First day", error_messages=DAY)
    until = forms.DateField(label="Last day", error_messages=DAY)
    number = forms.CharField(label="The payer's number", required=False, max_length=60)
