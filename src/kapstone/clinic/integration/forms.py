"""Journal and visit."""

from django import forms

from kapstone.care.integration import MODALITIES, MOODS
from kapstone.clinic.ground.people.pages import asked


class EntryForm(forms.Form):
    """A journal entry: words, a mood, or both. `once` is made with the page, so sending it twice saves one entry."""

    once = forms.UUIDField(required=False, widget=forms.HiddenInput)

    mood = asked(
        forms.ChoiceField(
            label="How is it?",
            choices=[("", "Not said"), *((mood, mood.capitalize()) for mood in MOODS)],
            required=False,
            widget=forms.RadioSelect,
        ),
        "wide",
    )
    words = forms.CharField(label="Write", required=False, widget=forms.Textarea({"rows": 8}), max_length=20000)
    share = forms.BooleanField(
        label="Share this entry with my therapist",
        help_text="Shared, it becomes part of your health record. You can stop sharing it here at any time.",
        required=False,
    )


class VisitForm(forms.Form):
    """The progress note of a kept visit."""

    modality = forms.ChoiceField(
        label="Worked with", choices=[(one.id, one.name) for one in MODALITIES.values()], widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Progress note",
        help_text="Part of the chart: symptoms, plan, progress. Not the content of the conversation.",
        widget=forms.Textarea({"rows": 5}),
        max_length=20000,
    )
    next_act = forms.CharField(
        label="One small act until next time",
        help_text="The patient reads this.",
        required=False,
        max_length=300,
    )


class MissedForm(forms.Form):
    """Why the visit was missed, if it is known."""

    note = forms.CharField(label="What is known", required=False, widget=forms.Textarea({"rows": 2}), max_length=2000)
