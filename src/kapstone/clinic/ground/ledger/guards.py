"""Database triggers that refuse to change or remove signed rows. A speed bump beside the chain, not the proof."""

from collections.abc import Callable

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Step = Callable[[object, BaseDatabaseSchemaEditor], None]


def guard(*tables: str) -> tuple[Step, Step]:
    """A pair of functions for RunPython: put the guards on these tables, take them off again.

    SQLite makes a table anew when a column is added, and the new one has no guards: a migration that alters a guarded
    table puts them on again.
    """

    def put(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        take(apps, editor)
        for table in tables:
            for statement in _statements(editor.connection.vendor, table):
                editor.execute(statement, params=None)

    def take(apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for table in tables:
            for name in ("update", "delete", "truncate"):
                suffix = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
                editor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{name}{suffix}", params=None)

    return put, take


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            for verb in ("update", "delete")
        ]
    return [
        "CREATE OR REPLACE FUNCTION kapstone_append_only() RETURNS trigger AS $$ "
        "BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$ LANGUAGE plpgsql",
        *(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION kapstone_append_only()"
            for verb in ("update", "delete", "truncate")
        ),
    ]
