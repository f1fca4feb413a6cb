"""Swaps in an SQLite without the WAL-reset fault, and refuses database settings that can lose what was saved.

SQLite before 3.51.3 can corrupt a WAL database under several connections, and the one that comes with Python is
often older; `pysqlite3` brings its own build. See docs/decisions/0003-database.md.
"""

import sys
from typing import Any

LEAST = (3, 51, 3)


def use_safe_build() -> None:
    """Puts pysqlite3 in the place of Python's sqlite3. Call before Django opens a database."""
    import pysqlite3
    from pysqlite3 import dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2


def unsafe(connection: Any) -> list[str]:
    """A sentence for each setting of this open database that could lose or corrupt what was saved."""
    return _unsafe_sqlite(connection) if connection.vendor == "sqlite" else _unsafe_postgres(connection)


def _unsafe_sqlite(connection: Any) -> list[str]:
    version = tuple(connection.Database.sqlite_version_info)
    asked = {
        "journal_mode": ("wal", "journal_mode must be WAL"),
        "synchronous": (2, "synchronous must be FULL, or a power cut can lose saved readings"),
        "recursive_triggers": (1, "recursive_triggers must be ON, or a signed row can be replaced"),
        "foreign_keys": (1, "foreign_keys must be ON"),
    }
    found = []
    if version < LEAST:
        found.append(
            f"SQLite {'.'.join(map(str, version))} can corrupt a database in WAL mode; 3.51.3 or newer is needed."
        )
    with connection.cursor() as cursor:
        for name, (right, words) in asked.items():
            cursor.execute(f"PRAGMA {name}")
            value = cursor.fetchone()[0]
            if value != right:
                found.append(f"SQLite: {words}; it is {value}.")
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        found.append("SQLite: transaction_mode must be IMMEDIATE, or two people saving at once can fail late.")
    return found


def _unsafe_postgres(connection: Any) -> list[str]:
    found = []
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute(f"SHOW {name}")
            value = cursor.fetchone()[0]
            if value != "on":
                found.append(f"PostgreSQL: {name} must be on, or a power cut can lose saved readings; it is {value}.")
    return found
