"""The audit trail is only added to, and what is changed behind its back shows."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from core import audit, clock
from core.audit import triggers
from core.audit.models import AuditEvent, AuditSeal
from core.audit.seal import faults, seal_waiting
from tests import factories


@pytest.fixture
def events(db):
    helena = factories.make_user("Helena", "administrator")
    return [audit.record(f"test:{number}", by=helena, subject=helena, number=number) for number in range(3)]


def _tamper(sql, *parameters):
    triggers.remove()
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
    finally:
        triggers.install()


@pytest.mark.parametrize("verb", ["update", "delete"])
@pytest.mark.parametrize("model", [AuditEvent, AuditSeal])
def test_the_database_refuses_to_change_or_delete_a_row(events, model, verb):
    seal_waiting()
    row = model.objects.filter(pk=model.objects.values("pk")[:1])
    sql = f"UPDATE {model._meta.db_table} SET id = id" if verb == "update" else f"DELETE FROM {model._meta.db_table}"
    assert row.exists()
    with (
        pytest.raises(DatabaseError, match="the audit trail is only added to"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


def test_sealed_rows_form_a_whole_chain(events):
    assert seal_waiting() == AuditEvent.objects.count()
    assert seal_waiting() == 0
    assert list(faults()) == []
    out = StringIO()
    call_command("verify_audit", stdout=out)
    assert out.getvalue().startswith("The audit trail is whole: ")


def test_a_changed_row_is_named(events):
    seal_waiting()
    _tamper("UPDATE core_auditevent SET code = 'test:other' WHERE id = %s", events[1].pk)
    assert list(faults()) == [f"Event {events[1].pk} does not match its seal {events[1].seal.position}."]


def test_a_missing_row_is_named(events):
    seal_waiting()
    position = events[1].seal.position
    _tamper("DELETE FROM core_auditseal WHERE event_id = %s", events[1].pk)
    _tamper("DELETE FROM core_auditevent WHERE id = %s", events[1].pk)
    assert f"Seals {position} to {position} are missing." in list(faults())


def test_a_long_unsealed_row_is_an_error(events):
    with clock.at(clock.now() + timedelta(hours=2)), pytest.raises(CommandError, match="faults"):
        call_command("verify_audit", stdout=StringIO())


@transaction.atomic
def _act_and_fail(user):
    audit.record("test:lost", by=user, subject=user)
    raise RuntimeError


def test_a_rolled_back_action_leaves_no_row(db):
    helena = factories.make_user("Helena", "administrator")
    before = AuditEvent.objects.count()
    with pytest.raises(RuntimeError):
        _act_and_fail(helena)
    assert AuditEvent.objects.count() == before
