"""What is too large is refused before it is read."""

import pytest
from django.conf import settings
from django.test import Client

from core.people.models import User


@pytest.mark.django_db
def test_a_body_beyond_the_limit_is_refused_unread(client: Client, ada: User) -> None:
    client.force_login(ada)
    body = b'{"call": "' + b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'

    response = client.post("/api/v1/my/applications/", body, content_type="application/json")

    assert response.status_code == 413
    assert response.json()["detail"].startswith("This is more than one request may carry.")
