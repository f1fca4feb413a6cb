"""A second person at the same screen: a colleague who says who they are, and acts under their own name.

They type their password into a form of somebody else's session. Nobody is signed in or out by it; the one act that
follows is theirs, in the record and in the ledger. Who signs in by a passkey alone acts from a device of their own.
"""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django import forms
from django.core.exceptions import ValidationError

from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.doing import Refused
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.pages import ActRequest, EventForm
from kapstone.clinic.ground.people.queries import colleagues, roles_of


class SecondForm(EventForm):
    """A form that a second person sends: the one who is signed in, unless they were the first, or a colleague."""

    def __init__(self, act: Act, verb: str, first: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(act, *args, **kwargs)
        self.act, self.verb = act, verb
        self.may_be_me = act.actor is not None and str(act.actor.id) != first
        people = [(str(one.id), one.name) for one in colleagues(act, verb) if str(one.id) != first]
        mine = [("", f"I am the second person: {act.person.name}")] if self.may_be_me else [("", "Choose")]
        self.fields["colleague"] = forms.ChoiceField(
            label="Who is the second person?", choices=[*mine, *people], required=not self.may_be_me,
            error_messages={"required": "Who is the second person? Choose a colleague."},
        )  # fmt: skip
        self.fields["password"] = forms.CharField(
            label="Their password",
            required=False,
            strip=False,
            widget=forms.PasswordInput({"autocomplete": "off"}),
            help_text="Only where a colleague is chosen above. It signs nobody in.",
        )
        for name in ("colleague", "password"):
            self.fields[name].quiet = True  # type: ignore[attr-defined]

    def order_last(self) -> None:
        """Puts who acts at the end of the form, after what they read."""
        names = [name for name in self.fields if name not in ("colleague", "password")]
        self.order_fields([*names, "colleague", "password"])

    def second(self, request: ActRequest) -> Act:
        """The act of the second person. Refused where the password is not theirs."""
        chosen = self.cleaned_data["colleague"]
        return _acting(request, UUID(chosen), self.cleaned_data["password"]) if chosen else self.act


def _acting(request: ActRequest, user_id: UUID, password: str) -> Act:
    act = request.act
    person = next((one for one in colleagues(act) if one.id == user_id), None)
    if person is None:
        raise Refused("Choose a colleague of this clinic.", "colleague")
    try:
        known = (
            get_adapter(request).authenticate(request, email=person.email, password=password) if password else None
        )
    except ValidationError:
        raise Refused("Too many wrong passwords. Wait some minutes, or act from a device of your own.", "password")
    if known is None or known.pk != person.pk:
        raise Refused(f"This is not the password of {person.name}.", "password")
    return Act(person, act.clinic, roles_of(person, act.clinic, act.at), act.at, act.device, uuid7(act.at))
