"""Uploading a questionnaire, filling one in, retiring one. A refused file is shown as text, so nothing is lost."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from kapstone.clinic.evaluation.licensed.expressions import Tried, tried
from kapstone.clinic.evaluation.licensed.items import BadQuestionnaire
from kapstone.clinic.evaluation.licensed.queries import Answered
from kapstone.clinic.evaluation.licensed.reading import MOST_CHARACTERS, Questionnaire

HOW = (
    ("aloud", "Read aloud to the patient"),
    ("paper", "Copied from paper"),
    ("rated", "Rated by a clinician"),
)
NO_TEXT = "The file is not UTF-8 text. Save the questionnaire as JSON in UTF-8 and choose it again."
TOO_LARGE = f"The file is too large. A questionnaire has at most {MOST_CHARACTERS:,} characters."


class UploadForm(forms.Form):
    """A FHIR Questionnaire as a file or as text, and the licence it is used under."""

    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text="A FHIR R4 Questionnaire as JSON. If it is refused, its text is shown below.",
        widget=forms.FileInput({"accept": ".json,application/json"}),
    )
    text = forms.CharField(
        label="Or its text", required=False, strip=False, widget=forms.Textarea({"rows": 10, "spellcheck": "false"})
    )
    licence = forms.CharField(
        label="Your licence",
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Who gave it, on which day, and what it allows. Nobody but you can know this.",
        error_messages={"required": "Write who gave you the licence and what it allows."},
    )
    found: Tried | None = None

    @classmethod
    def of(cls, data: QueryDict, given: UploadedFile | None) -> "UploadForm":
        """The form that was sent, with the text of the file in the place of the text."""
        held, problem = data.copy(), ""
        if given is not None:
            body = b"" if (given.size or 0) > 4 * MOST_CHARACTERS else given.read()
            problem = TOO_LARGE if not body and given.size else ""
            try:
                held["text"] = body.decode("utf-8-sig") if body else data.get("text", "")
            except UnicodeDecodeError:
                problem = NO_TEXT
        form = cls(held)
        form.problem = problem
        return form

    problem = ""

    def clean(self) -> dict[str, Any]:
        """Reads the questionnaire and tries its expressions; says in one sentence what is wrong with it."""
        values = super().clean() or self.cleaned_data
        if self.problem:
            self.add_error("file", self.problem)
            return values
        text = values.get("text", "").replace("\r\n", "\n")
        if not text.strip():
            self.add_error("file", "Choose a file, or paste the text of the questionnaire.")
            return values
        try:
            self.found = tried(text)
        except BadQuestionnaire as no:
            self.add_error("text", str(no))
        return values


class FillForm(forms.Form):
    """One uploaded questionnaire. Every question may be left out; its own expression says what that means."""

    def __init__(self, paper: Questionnaire, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.paper = paper
        for number, one in enumerate(paper.asked, 1):
            self.fields[f"q{number}"] = _field(f"{number}. {one.text}", [words for words, _ in one.options])
            self.fields[f"q{number}"].quiet = True  # type: ignore[attr-defined]
            if one.condition:
                self.fields[f"q{number}"].help_text = "Asked only after some answers. Leave it out where it was not."

    def answers(self) -> Answered:
        """What was answered, by link id, as FHIR writes it."""
        found: dict[str, Any] = {}
        for number, one in enumerate(self.paper.asked, 1):
            value = self.cleaned_data[f"q{number}"]
            if value not in (None, ""):
                found[one.link_id] = one.options[int(value)][1] if one.options else {"valueInteger": value}
        return found


class KeepForm(FillForm):
    """The same for a patient, with how the answers came."""

    def __init__(self, paper: Questionnaire, *args: Any, **kwargs: Any) -> None:
        super().__init__(paper, *args, **kwargs)
        self.fields["mode"] = forms.ChoiceField(
            label="How the answers came",
            choices=HOW,
            widget=forms.RadioSelect,
            error_messages={"required": "Choose how the answers came."},
        )
        self.fields["once"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class RetireForm(forms.Form):
    """Why a version is no longer handed out."""

    why = forms.CharField(
        label="Why it is retired",
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Write why it is retired."},
    )


def _field(label: str, options: list[str]) -> forms.Field:
    if not options:
        return forms.IntegerField(label=label, required=False, min_value=-1_000_000, max_value=1_000_000)
    choices = [(str(at), words) for at, words in enumerate(options)]
    return forms.ChoiceField(label=label, choices=choices, required=False, widget=forms.RadioSelect)
