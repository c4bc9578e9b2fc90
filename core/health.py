"""Whether this process lives and can serve, answered on plain HTTP to any host name before every other check."""

import os
from collections.abc import Callable
from pathlib import Path

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.http.response import HttpResponseBase

_migrated = False


def middleware(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Answer `/healthz` and `/readyz`, which load balancers ask by address and without TLS."""
    answers = {"/healthz": healthz, "/readyz": readyz}

    def answer(request: HttpRequest) -> HttpResponseBase:
        return answers.get(request.path_info, get_response)(request)

    return answer


def healthz(request: HttpRequest) -> JsonResponse:
    """Say that the process answers; nothing else is asked."""
    return _json({"status": "alive"}, 200)


def readyz(request: HttpRequest) -> JsonResponse:
    """Say whether pages can be served. The broker is told of only: every page works while it is down."""
    parts = {"database": _database(), "files": _files()}
    ready = parts == {"database": "ready", "files": "writable"}
    return _json(
        {"status": "ready" if ready else "not ready", **parts, "broker": _broker()},
        200 if ready else 503,
    )


def _json(content: dict[str, str], status: int) -> JsonResponse:
    return JsonResponse(content, status=status, headers={"Cache-Control": "no-store"})


def _database() -> str:
    global _migrated  # noqa: PLW0603 - a database that was migrated once stays so; the look costs 50 ms
    try:
        connection.ensure_connection()
        if not _migrated:
            executor = MigrationExecutor(connection)
            _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
        else:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
    except DatabaseError:
        return "unreachable"
    return "ready" if _migrated else "waiting for migrations"


def _files() -> str:
    folder = Path(settings.MEDIA_ROOT)
    existing = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    return "writable" if os.access(existing, os.W_OK | os.X_OK) else "not writable"


def _broker() -> str:
    url = settings.CELERY_BROKER_URL
    if not url.startswith("redis"):
        return "folder"
    with redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1) as client:
        try:
            client.ping()
        except redis.exceptions.RedisError:
            return "unreachable"
    return "reachable"
