"""Database triggers that refuse to change or delete audit rows; installed after every migration."""

from typing import Any

from django.db import connections

TABLES = ("core_auditevent", "core_auditseal")
MESSAGE = "the audit trail is only added to"


def install(using: str = "default", **_: Any) -> None:
    """Install the triggers that are not there yet."""
    with connections[using].cursor() as cursor:
        for sql in _statements(connections[using].vendor):
            cursor.execute(sql)


def remove(using: str = "default") -> None:
    """Take the triggers off: for the test suite's flush only."""
    with connections[using].cursor() as cursor:
        for table in TABLES:
            for verb in ("update", "delete"):
                on = f" ON {table}" if connections[using].vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{on}")


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        body = f"BEGIN RAISE EXCEPTION '{MESSAGE}'; END"
        function = f"CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
        return [function] + [
            f"CREATE OR REPLACE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
            for table in TABLES
            for verb in ("update", "delete")
        ]
    return [
        f"CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for table in TABLES
        for verb in ("update", "delete")
    ]
