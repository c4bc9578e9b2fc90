"""The two addresses that load balancers ask: by plain HTTP, by any host name, before every other check."""

import pytest
from django.db import OperationalError, connection

from core import health


@pytest.fixture(autouse=True)
def _not_asked_yet(monkeypatch):
    monkeypatch.setattr(health, "_migrated", False)


@pytest.fixture
def strict(settings):
    """Settings under which every other page would redirect or refuse."""
    settings.SECURE_SSL_REDIRECT = True
    settings.ALLOWED_HOSTS = ["fund.example"]


def test_healthz_asks_nothing_else(client, strict):
    """Without the database fixture a query would fail the test."""
    answer = client.get("/healthz", headers={"host": "10.0.0.4"})

    assert (answer.status_code, answer.json(), answer["Cache-Control"]) == (200, {"status": "alive"}, "no-store")


@pytest.mark.django_db
def test_readyz_names_the_parts(client, strict):
    answer = client.get("/readyz", headers={"host": "10.0.0.4"})

    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "database": "ready", "files": "writable", "broker": "folder"}


@pytest.mark.django_db
def test_readyz_costs_one_query_once_the_migrations_are_seen(client, django_assert_num_queries):
    client.get("/readyz")

    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.mark.django_db
def test_readyz_waits_for_migrations(client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'core'")

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["database"]) == (503, "waiting for migrations")


def test_readyz_says_that_the_database_is_away(client, monkeypatch):
    def refuse():
        raise OperationalError

    monkeypatch.setattr(connection, "ensure_connection", refuse)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"], answer.json()["database"]) == (503, "not ready", "unreachable")


@pytest.mark.django_db
def test_readyz_says_that_files_cannot_be_written(client, monkeypatch):
    monkeypatch.setattr("os.access", lambda *_: False)

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["files"]) == (503, "not writable")


@pytest.mark.django_db
def test_a_broker_that_is_away_is_told_of_and_takes_nothing_down(client, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"

    answer = client.get("/readyz")

    assert (answer.status_code, answer.json()["status"], answer.json()["broker"]) == (200, "ready", "unreachable")


@pytest.mark.redis
@pytest.mark.django_db
def test_a_broker_that_answers_is_told_of(client, settings, redis_server):
    settings.CELERY_BROKER_URL = redis_server.url

    assert client.get("/readyz").json()["broker"] == "reachable"
