"""How an action is done: one permission, one transaction, one row in the ledger.

An action called from inside another joins its transaction and its row, so that a batch is one action.
"""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.db import transaction

from kapstone.care.quantities import Instant
from kapstone.clinic.ground.ledger.actions import append
from kapstone.clinic.ground.people.act import Act
from kapstone.clinic.ground.people.ids import uuid7
from kapstone.clinic.ground.people.who import NotAllowed, check_may

if TYPE_CHECKING:
    from kapstone.clinic.ground.people.models import Clinic

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):
    """A rule says no. `field` names what to mend on the form, or is empty; the text is the whole sentence."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class NotThere(Exception):
    """There is no such record, for this actor."""


@dataclass
class _Doing:
    verb: str
    patients: list[UUID] = field(default_factory=list)
    details: list[dict[str, object]] = field(default_factory=list)


_now: ContextVar[_Doing | None] = ContextVar("doing", default=None)


def action(verb: str) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Act, P], R]]:
    """Marks a function as an action. It must call `sign` for what it did."""

    def mark(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
        @functools.wraps(function)
        def do(act: Act, *args: P.args, **kwargs: P.kwargs) -> R:
            check_may(act, verb)
            with _row(act, verb):
                return function(act, *args, **kwargs)

        return do  # type: ignore[return-value]

    return mark


PROGRAM = "program"
"""The device of what no person does. A browser's device is a random name of another length."""


def by_program(clinic: "Clinic", at: Instant) -> Act:
    """An act of the program itself, such as a job: nobody signed in, and no role."""
    return Act(None, clinic, frozenset(), at, PROGRAM, uuid7(at))


def own_action(verb: str) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Act, P], R]]:
    """Marks an action that only the program does, on time and not on a click. It has its row like any other."""

    def mark(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
        @functools.wraps(function)
        def do(act: Act, *args: P.args, **kwargs: P.kwargs) -> R:
            if act.actor is not None or act.roles or act.device != PROGRAM:
                raise NotAllowed(f"{verb} is done by the program alone.")
            with _row(act, verb):
                return function(act, *args, **kwargs)

        return do  # type: ignore[return-value]

    return mark


def sign(what: str, *patients: UUID, **detail: object) -> None:
    """Says what was done, for the ledger: identifiers, states and hashes; never clinical text."""
    doing = _now.get()
    if doing is None:
        raise RuntimeError("sign() is called from inside an action.")
    doing.patients.extend(one for one in patients if one not in doing.patients)
    doing.details.append({"what": what, **{key: str(value) for key, value in detail.items()}})


@contextmanager
def _row(act: Act, verb: str) -> Iterator[None]:
    if _now.get() is not None:
        yield
        return
    doing = _Doing(verb)
    token = _now.set(doing)
    try:
        with transaction.atomic():
            yield
            if not doing.details:
                raise RuntimeError(f"The action {verb} signed nothing.")
            _write(act, doing)
    finally:
        _now.reset(token)


def _write(act: Act, doing: _Doing) -> None:
    append(
        act.clinic.id,
        uuid7(act.at),
        act.at,
        doing.verb,
        actor_id=act.actor.id if act.actor else None,
        patients=doing.patients,
        detail={
            "did": doing.details,
            "roles": sorted(act.roles),
            "device": act.device,
            "request": str(act.request_id),
            "reason": act.reason,
        },
    )


def opened(act: Act, page: str, *patients: UUID) -> None:
    """Writes that a page was opened, with the patients it names."""
    with transaction.atomic():
        append(
            act.clinic.id,
            uuid7(act.at),
            act.at,
            "opened",
            actor_id=act.actor.id if act.actor else None,
            patients=patients,
            detail={"page": page, "roles": sorted(act.roles), "device": act.device},
        )
