"""Prices and payments as people type them, in dollars and cents."""

from decimal import Decimal
from typing import Any

from django import forms

from kapstone.clinic.ground.bookings.money.actions import HOWS
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.plan.money.queries import KINDS


def _dollars(label: str, required: bool) -> forms.DecimalField:
    field = forms.DecimalField(
        label=label,
        required=required,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        error_messages={
            "invalid": f"{label}: write dollars as a number, such as 450 or 450.50.",
            "min_value": f"{label}: at least 0 dollars.",
            "max_decimal_places": f"{label}: at most two decimals, for cents.",
        },
    )
    field.unit = "US dollars"  # type: ignore[attr-defined]
    return field


class PricesForm(forms.Form):
    """One price for each kind of visit; blank where the clinic names none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, label in KINDS.items():
            self.fields[key] = _dollars(label, required=False)
        self.fields["cancelling"] = forms.CharField(
            label="When somebody cancels",
            max_length=600,
            widget=forms.Textarea({"rows": 3}),
            help_text="What it costs, until when it is free, and that stopping a dose is never charged.",
        )

    def cents(self) -> dict[str, int]:
        """The prices that were typed, in cents."""
        return {key: int(self.cleaned_data[key] * 100) for key in KINDS if self.cleaned_data[key] is not None}


class PaymentForm(forms.Form):
    """Money that came in or went back. `once` is made with the page, so that sending it twice writes it once."""

    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
    how = forms.ChoiceField(label="How", choices=list(HOWS.items()), widget=forms.RadioSelect)

    def __init__(self, at: Any, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {})
        kwargs["initial"].setdefault("once", uuid7(at))
        super().__init__(*args, **kwargs)
        self.fields["amount"] = _dollars("Amount", required=True)
        self.order_fields(["once", "amount", "how"])

    def clean_amount(self) -> Decimal:
        """More than nothing."""
        amount = Decimal(self.cleaned_data["amount"])
        if amount <= 0:
            raise forms.ValidationError("Amount: more than 0 dollars.")
        return amount
