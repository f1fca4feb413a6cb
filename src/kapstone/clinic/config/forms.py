"""Small forms of the roof: a sign-in link, display, policy."""

from django import forms


class LinkForm(forms.Form):
    """Where the link goes."""

    email = forms.EmailField(
        label="Your email",
        error_messages={"invalid": "Email: write it like name@example.com."},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
