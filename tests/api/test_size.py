"""What is too large is refused before it is read."""

import pytest
from django.conf import settings
from django.test import Client

from core.people.models import User
from fund.models import Call


@pytest.mark.django_db
def test_a_body_beyond_the_limit_is_refused_unread(client: Client, ada: User) -> None:
    client.force_login(ada)
    body = b'{"call": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'

    response = client.post("/api/v1/my/applications/", body, content_type="application/json")

    assert response.status_code == 413
    assert response.json()["detail"].startswith("This is more than one request may carry.")


@pytest.mark.django_db
def test_a_number_beyond_any_key_is_refused_with_words(client: Client, helena: User, open_call: Call) -> None:
    client.force_login(helena)

    response = client.post(
        "/api/v1/decisions/release/", {"call": open_call.slug, "decisions": [10**30]}, content_type="application/json"
    )

    assert response.status_code == 400
    assert list(response.json()) == ["decisions"]
    address = f"/manage/calls/{open_call.slug}/"
    assert client.get(f"{address}decisions/approve/?decision={10**30}").status_code == 200
    assert client.post(f"{address}progress/", {"member": 10**30}).status_code == 302
