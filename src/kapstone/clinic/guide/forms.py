"""The enquiry and its answer."""

from django import forms


class EnquiryForm(forms.Form):
    """What anyone may send us. Little is asked, and nothing about health."""

    name = forms.CharField(label="Your name", max_length=120, widget=forms.TextInput({"autocomplete": "name"}))
    email = forms.EmailField(
        label="Email",
        error_messages={"invalid": "Email: write it like name@example.com."},
        widget=forms.EmailInput({"autocomplete": "email"}),
    )
    phone = forms.CharField(
        label="Phone (you may leave this out)",
        max_length=40,
        required=False,
        widget=forms.TextInput({"autocomplete": "tel", "inputmode": "tel"}),
    )
    message = forms.CharField(
        label="What would you like to ask?",
        help_text="Please leave out details about your health. You can tell us later, in private.",
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
    )


class InviteForm(forms.Form):
    """The front desk checks the name and date of birth by phone, then invites."""

    name = forms.CharField(label="Name", max_length=120)
    email = forms.EmailField(label="Email", error_messages={"invalid": "Email: write it like name@example.com."})
    birth_date = forms.DateField(
        label="Date of birth",
        help_text="For example 1984-03-27.",
        error_messages={"invalid": "Date of birth: write year, month, day, such as 1984-03-27."},
    )
