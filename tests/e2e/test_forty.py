"""The forty decisions of the sample that are ready, released in one go. By hand: `make soak TESTS=tests/e2e`."""

from collections.abc import Callable, Iterator

import pytest

from tests.e2e.conftest import set_stage
from tests.e2e.letters import release_and_read_letters
from tests.e2e.site import Site, Visitor

pytestmark = [pytest.mark.soak, pytest.mark.usefixtures("at_work")]


@pytest.fixture(scope="module")
def site(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """Run the product on the sample as the demonstration has it."""
    stage = tmp_path_factory.mktemp("whole") / "stage"
    set_stage(stage, "--whole")
    with Site.on_copy_of(stage, tmp_path_factory.mktemp("site")) as running:
        yield running


def test_forty_decisions_make_forty_letters(visitor: Callable[..., Visitor]) -> None:
    release_and_read_letters(visitor("administrator"), 40)
