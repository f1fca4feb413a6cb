"""Forms of the drug register. Nothing stands in them that must be read off a vial; each may have a witness."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms

from kapstone.care.session.register import Shape
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.pages import ActRequest
from kapstone.clinic.ground.people.second import SecondForm
from kapstone.clinic.session.fields import number
from kapstone.clinic.session.register.actions import OUTCOMES, Arrived, Signed

SCHEDULES = [("II", "II"), ("III", "III"), ("IV", "IV"), ("V", "V")]
SHAPES = {Shape.VIAL: "Vial, in mL", Shape.DEVICE: "Nasal devices", Shape.TABLET: "Tablets or lozenges"}


class WitnessedForm(SecondForm):
    """A form that a witness may sign. The one who is signed in writes the line; the witness is somebody else."""

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, "register.witness", str(act.person.id), *args, **kwargs)
        colleague = self.fields["colleague"]
        colleague.label = "Witness"
        colleague.required = False
        choices = list(colleague.choices)[1:]  # type: ignore[attr-defined]
        colleague.choices = [("", "Nobody watched"), *choices]  # type: ignore[attr-defined]

    def signed(self, request: ActRequest) -> Signed:
        """The remark, the witness where one watched, and the form's own id."""
        told = self.cleaned_data
        witness = self.second(request) if told["colleague"] else None
        return Signed(told.get("words", ""), witness, told["event_id"])


class ReceiveForm(WitnessedForm):
    """Containers by their labels, all read off by the one who writes."""

    def __init__(self, act: Act, patients: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        need = {"required": "Read it off the label and write it."}
        self.fields["drug"] = forms.CharField(label="Drug, as the label says", max_length=60, error_messages=need)
        self.fields["shape"] = forms.ChoiceField(
            label="What it is", choices=[("", "Choose"), *((one.value, words) for one, words in SHAPES.items())]
        )
        self.fields["strength"] = number(
            "Strength", "mg in one mL, device or tablet", 0, 1000, places=3, required=True
        )
        self.fields["size"] = number(
            "Content by the label", "mL, devices or tablets", 0, 1000, places=2, required=True
        )
        self.fields["ndc"] = forms.CharField(label="NDC", max_length=20, error_messages=need)
        self.fields["lot"] = forms.CharField(label="Lot", max_length=40, error_messages=need)
        self.fields["expiry"] = forms.DateField(
            label="Expires on",
            widget=forms.DateInput({"type": "date"}),
            help_text="Where the label has only a month, its last day.",
        )
        self.fields["schedule"] = forms.ChoiceField(label="Schedule", choices=[("", "Choose"), *SCHEDULES])
        self.fields["multi_dose"] = forms.ChoiceField(
            label="Vial", choices=[("", "Choose"), ("single", "Single-dose, or no vial"), ("multi", "Multi-dose")]
        )
        self.fields["how_many"] = forms.IntegerField(label="How many of them", min_value=1, max_value=200)
        self.fields["patient"] = forms.ChoiceField(
            label="Sent for one patient", choices=[("", "No, for the clinic's stock"), *patients], required=False
        )
        self.fields["opening"] = forms.ChoiceField(
            label="Why it is written",
            choices=[
                ("", "Choose"),
                ("received", "It came today"),
                ("opening", "Opening inventory: it was here before"),
            ],
        )
        self.fields["held"] = number("Content of each now, if opened", "mL or pieces", 0, 1000, places=2)
        self.fields["opened_on"] = forms.DateField(
            label="Opened on, if opened", widget=forms.DateInput({"type": "date"}), required=False
        )
        self.fields["words"] = forms.CharField(
            label="From whom, and the paper's number", required=False, max_length=300
        )
        for name in ("patient", "held", "opened_on", "words"):
            self.fields[name].quiet = True  # type: ignore[attr-defined]
        self.order_last()

    def arrived(self) -> Arrived:
        """What came, of a valid form."""
        told = self.cleaned_data
        patient = UUID(told["patient"]) if told["patient"] else None
        return Arrived(
            told["drug"], Shape(told["shape"]), told["strength"], told["size"], told["ndc"], told["lot"],
            told["expiry"], told["schedule"], told["how_many"], told["multi_dose"] == "multi", patient, told["held"],
            told["opened_on"],
        )  # fmt: skip


class DrawForm(WitnessedForm):
    """What was drawn for a session, and what became of it."""

    def __init__(self, act: Act, unit: str, sessions: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.fields["session"] = forms.ChoiceField(label="For", choices=[("", "Choose"), *sessions])
        self.fields["lot"] = forms.CharField(
            label="Lot, read off the label now",
            max_length=40,
            error_messages={"required": "Lot: read it off the label in your hand."},
        )
        for name, label in (("drawn", "Drawn"), ("given", "Given"), ("wasted", "Wasted")):
            self.fields[name] = number(label, unit, 0, 1000, places=2, required=True)
        self.fields["returned"] = number("Put back unopened", unit, 0, 1000, places=2)
        self.fields["returned"].help_text = "Whole units only; never from a vial."
        self.fields["words"] = forms.CharField(label="Remark", required=False, max_length=300)
        self.order_last()


class AmountForm(WitnessedForm):
    """An amount that leaves a container, and why."""

    def __init__(self, act: Act, label: str, unit: str, why: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.fields["amount"] = number(label, unit, 0, 1000, places=2, required=True)
        self.fields["words"] = forms.CharField(label=why, max_length=300)
        self.order_last()


class CountForm(WitnessedForm):
    """What is truly in each container. The register's own number is not shown, so that it is counted."""

    def __init__(self, act: Act, containers: list[tuple[str, str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        for key, label, unit in containers:
            self.fields[f"n_{key}"] = number(label, unit, 0, 1000, places=2)
            self.fields[f"n_{key}"].quiet = True  # type: ignore[attr-defined]
        self.fields["inventory"] = forms.BooleanField(
            label="This is a full inventory: every container is counted", required=False
        )
        self.fields["words"] = forms.CharField(label="Remark", required=False, max_length=300)
        self.order_last()

    def counted(self) -> dict[UUID, Decimal]:
        """Container to what was found in it."""
        told = self.cleaned_data
        return {
            UUID(name[2:]): told[name] for name in self.fields if name.startswith("n_") and told[name] is not None
        }


class ExplainForm(WitnessedForm):
    """What explains a difference."""

    outcome = forms.ChoiceField(
        label="What explains it",
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "What explains it? Choose."},
    )
    words = forms.CharField(label="What was found out", widget=forms.Textarea({"rows": 3}), max_length=1000)

    def __init__(self, act: Act, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.order_last()
