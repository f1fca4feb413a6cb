"""Checks the ledger and the chain of every session record.

A chain holds when no line was changed, removed or added in between. The first one that does not is named.

Who owns the database can cut the end of the ledger and write its head anew, and nothing inside it shows that. So
print this each day and keep the heads somewhere else; --expect with a head that was kept says whether it still
stands there.
"""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from kapstone.cli.answer import DONE, REFUSED, Answer, BadInput
from kapstone.cli.home import add_home, enter, start_django

if TYPE_CHECKING:
    from kapstone.clinic.ground.ledger.queries import Head

EXAMPLE = "kapstone verify-ledger --home .kapstone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    add_home(parser)
    parser.add_argument(
        "--expect",
        action="append",
        default=[],
        metavar="CLINIC:NUMBER:HASH",
        help="a head printed earlier and kept elsewhere; fails where it no longer stands in the chain (repeatable)",
    )


def run(args: argparse.Namespace) -> Answer:
    """Walks every chain of the clinic in the home folder."""
    home, expected = enter(args), [_head(text) for text in args.expect]
    if not (home / "kapstone.toml").exists():
        raise BadInput(
            f"There is no clinic in {home}; give its folder with --home, or make one with `kapstone demo`."
        )
    start_django()
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite" and not (home / "clinic.sqlite3").exists():
        raise BadInput(
            f"There is no database in {home}; `kapstone demo` makes one, `kapstone restore` brings one back."
        )
    try:
        return verified(expected)
    except DatabaseError as problem:
        raise BadInput(f"The database of {home} cannot be read: {problem}.") from None


def verified(expected: Sequence[tuple[UUID, int, str]] = ()) -> Answer:
    """The answer for the database that is open. `expected` are heads that were kept elsewhere."""
    from django.db import connection, transaction

    alone = not connection.in_atomic_block
    with transaction.atomic():
        if alone and connection.vendor == "postgresql":
            # One view of everything, so that what is saved while this walks does not look like tampering.
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        return _verified(expected)


def _verified(expected: Sequence[tuple[UUID, int, str]]) -> Answer:
    from kapstone.clinic.ground.ledger.queries import heads, verify

    ledger, kept = verify(), heads()
    first_bad = ledger.first_bad or _first_gone(expected) or _first_bad_session()
    document = {
        "ok": first_bad is None,
        "rows": ledger.rows,
        "first_bad": first_bad,
        "heads": [{"clinic": str(one.clinic), "number": one.number, "hash": one.hash} for one in kept],
    }
    if first_bad is not None:
        return Answer(document, f"A chain does not hold. First: {first_bad}. Keep this database as it is.", REFUSED)
    said = f"Every chain holds: {ledger.rows} rows in the ledger, and every session record."
    return Answer(document, "\n".join([said, *_to_keep(kept)]), DONE)


def _to_keep(heads: "Sequence[Head]") -> list[str]:
    """The heads as --expect takes them."""
    if not heads:
        return []
    return ["Keep outside this machine:", *(f"  {one.clinic}:{one.number}:{one.hash}" for one in heads)]


def _head(text: str) -> tuple[UUID, int, str]:
    """A head as it was printed. BadInput for anything else."""
    parts = text.split(":")
    try:
        clinic, number, hashed = parts
        if int(number) < 1 or len(bytes.fromhex(hashed)) != 32:
            raise ValueError
        return UUID(clinic), int(number), hashed.lower()
    except ValueError:
        raise BadInput(
            f"--expect is “{text}”; give CLINIC:NUMBER:HASH as this verb prints it, the hash with 64 hex digits."
        ) from None


def _first_gone(expected: Sequence[tuple[UUID, int, str]]) -> str | None:
    """The first head that was kept elsewhere and no longer stands in its chain."""
    from kapstone.clinic.ground.ledger.queries import Head, holds

    for clinic, number, hashed in expected:
        if not holds(Head(clinic, number, hashed)):
            return f"clinic {clinic}, row {number}: it no longer has the hash that was kept"
    return None


def _first_bad_session() -> str | None:
    """The first session whose chain does not hold, or does not end where the ledger says that it ended."""
    from kapstone.care.session import GENESIS
    from kapstone.clinic.ground.ledger.queries import last_heads
    from kapstone.clinic.session.queries import broken_records
    from kapstone.clinic.session.register.queries import broken_lines

    try:
        wrong = next(iter(broken_records()), None) or next(broken_lines(), None)
    except (TypeError, ValueError):
        return "a session record that cannot be read: its stored bytes are none"
    if wrong is not None:
        return wrong
    told, found = last_heads(), _session_heads()
    for session in sorted(told.keys() | found.keys()):
        if session not in found:
            return f"session {session}: it is gone, and the ledger knows it"
        if told.get(session, GENESIS) != found[session]:
            return f"session {session}: its newest line is not the one that the ledger names"
    return None


def _session_heads() -> dict[UUID, str]:
    """The hash of the newest line of every session record."""
    from kapstone.clinic.config import clock
    from kapstone.clinic.ground.people.act import Act
    from kapstone.clinic.ground.people.ids import uuid7
    from kapstone.clinic.ground.people.queries import all_clinics, patients
    from kapstone.clinic.ground.people.roles import STAFF
    from kapstone.clinic.session.queries import sessions
    from kapstone.clinic.session.record import head

    at = clock.now()
    readers = [Act(None, clinic, STAFF, at, "verify-ledger", uuid7(at)) for clinic in all_clinics()]
    return {one.id: head(one) for act in readers for who in patients(act) for one in sessions(act, who)}
