"""Database triggers that refuse to change or delete rows of what is only added to; installed after every migration."""

from typing import Any

from django.db import connections

_tables = {"core_auditevent": "the audit trail", "core_auditseal": "the audit trail"}


def protect(table: str, name: str) -> None:
    """Name another table that is only added to; call it when the app is made ready."""
    _tables[table] = name


def install(using: str = "default", **_: Any) -> None:
    """Install the triggers that are not there yet."""
    with connections[using].cursor() as cursor:
        there = set(connections[using].introspection.table_names(cursor))
        for table in there & _tables.keys():
            for sql in _statements(table, connections[using].vendor):
                cursor.execute(sql)


def remove(using: str = "default") -> None:
    """Take the triggers off: for the test suite's flush only."""
    with connections[using].cursor() as cursor:
        for table in _tables:
            for verb in ("update", "delete"):
                on = f" ON {table}" if connections[using].vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def _statements(table: str, vendor: str) -> list[str]:
    message = f"{_tables[table]} is only added to"
    if vendor == "postgresql":
        body = f"BEGIN RAISE EXCEPTION '{message}'; END"
        return [
            f"CREATE OR REPLACE FUNCTION refuse_change_of_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
            *(
                f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"FOR EACH ROW EXECUTE FUNCTION refuse_change_of_{table}()"
                for verb in ("update", "delete")
            ),
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        for verb in ("update", "delete")
    ]
