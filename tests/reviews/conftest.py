"""A panel, and its meeting with all three there."""

import pytest

from core.people.models import User
from reviews.models import Meeting
from tests.reviews.room import Panel, hold, make_panel


@pytest.fixture
def three(ruth: User) -> Panel:
    return make_panel(ruth)


@pytest.fixture
def meeting(three: Panel) -> Meeting:
    return hold(three)
