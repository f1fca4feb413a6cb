"""Says when something was committed to the database, by whatever process: without a broker, on either database.

SQLite counts the commits of others for each connection; asking costs some microseconds, so it is asked often. On
PostgreSQL the tables announce their new rows (migration session.0009), and this waits for the announcement.
"""

from collections.abc import Iterator
from time import monotonic, sleep

from django.db import connection

CHANNEL = "kapstone_lines"
EVERY_S = 0.1
"""So often SQLite is asked."""

TOGETHER_S = 0.02
"""Announcements so close to each other are one."""

AT_LEAST_S = 1.0
"""So often it is said that nothing was committed, so that whoever listens can stop."""


def committed() -> Iterator[bool]:
    """True after a commit, False where there was none for a second. Asks on this thread's own connection."""
    return _sqlite() if connection.vendor == "sqlite" else _postgres()


def _sqlite() -> Iterator[bool]:
    last, said = -1, monotonic()
    while True:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA data_version")
            version: int = cursor.fetchone()[0]
        if version != last or monotonic() - said > AT_LEAST_S:
            said = monotonic()
            yield version != last
            last = version
        sleep(EVERY_S)


def _postgres() -> Iterator[bool]:
    import psycopg

    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as listening:
        listening.execute(f"LISTEN {CHANNEL}")
        yield True
        while True:
            heard = any(True for _ in listening.notifies(timeout=AT_LEAST_S, stop_after=1))
            if heard:
                sleep(TOGETHER_S)
                list(listening.notifies(timeout=0))
            yield heard
