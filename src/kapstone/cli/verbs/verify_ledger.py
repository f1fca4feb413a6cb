"""Checks the ledger and the chain of every session record.

A chain holds when no line was changed, removed or added in between. The first one that does not is named.
"""

import argparse

from kapstone.cli.answer import DONE, REFUSED, Answer, BadInput
from kapstone.cli.home import add_home, enter, start_django

EXAMPLE = "kapstone verify-ledger --home .kapstone"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The verb's arguments."""
    add_home(parser)


def run(args: argparse.Namespace) -> Answer:
    """Walks every chain of the clinic in the home folder."""
    home = enter(args)
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
        return verified()
    except DatabaseError as problem:
        raise BadInput(f"The database of {home} cannot be read: {problem}.") from None


def verified() -> Answer:
    """The answer for the database that is open."""
    from kapstone.clinic.ground.ledger.queries import verify
    from kapstone.clinic.session.queries import broken_records

    ledger = verify()
    first_bad = ledger.first_bad or next(iter(broken_records()), None)
    document = {"ok": first_bad is None, "rows": ledger.rows, "first_bad": first_bad}
    if first_bad is None:
        return Answer(
            document, f"Every chain holds: {ledger.rows} rows in the ledger, and every session record.", DONE
        )
    return Answer(document, f"A chain does not hold. First: {first_bad}. Keep this database as it is.", REFUSED)
