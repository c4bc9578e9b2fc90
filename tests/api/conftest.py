"""Programs that ask the interface: signed in by session or by token, speaking JSON."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from core.people.models import User
from tests.access.conftest import world
from tests.browser import new_browser

__all__ = ["world"]


class Program:
    """Speaks JSON with the interface on behalf of one person."""

    def __init__(self, person: User | None, **headers: str) -> None:
        self.client = new_browser(headers=headers)
        if person is not None:
            self.client.force_login(person)

    def __call__(self, method: str, path: str, body: Any = None, *, raw: str | None = None) -> Any:
        """Send a request and return the answer, with its content as `data`."""
        text = raw if raw is not None else "" if body is None else json.dumps(body)
        response = self.client.generic(method, f"/api/v1/{path}", text, content_type="application/json")
        response.data = response.json() if response.content else None
        return response

    def get(self, path: str, **filters: Any) -> Any:
        """Read the content at an address."""
        query = "&".join(f"{name}={value}" for name, value in filters.items())
        response = self("GET", f"{path}?{query}" if query else path)
        assert response.status_code == 200, response.content
        return response.data

    def rows(self, path: str, **filters: Any) -> list[dict[str, Any]]:
        """Read all rows of a list."""
        return list(self.get(path, page_size=200, **filters)["results"])


@pytest.fixture
def speaking_for() -> Callable[[User], Program]:
    """Return a maker of programs that speak for a person."""
    return Program
