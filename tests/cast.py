"""The cast: the same people mean the same in every test."""

import pytest
from django.test import Client

from applications.models import Application
from core.people.models import Role, User
from fund.models import Call
from tests import factories


@pytest.fixture
def ada(db: None) -> User:
    """An applicant."""
    return factories.make_user("Ada", organisation=factories.make_organisation())


@pytest.fixture
def amir(db: None) -> User:
    """Another applicant, who has nothing to do with Ada."""
    return factories.make_user("Amir", organisation=factories.make_organisation("Nyanza Lakes University", "KE"))


@pytest.fixture
def helena(db: None) -> User:
    """A fund administrator."""
    return factories.make_user("Helena", Role.ADMINISTRATOR)


@pytest.fixture
def oluchi(db: None) -> User:
    """A second fund administrator."""
    return factories.make_user("Oluchi", Role.ADMINISTRATOR)


@pytest.fixture
def felix(db: None) -> User:
    """The finance officer."""
    return factories.make_user("Felix", Role.FINANCE)


@pytest.fixture
def chandra(db: None) -> User:
    """The chair of the panel."""
    return factories.make_user("Chandra", Role.PANEL, Role.CHAIR)


@pytest.fixture
def ruth(db: None) -> User:
    """A reviewer."""
    return factories.make_user("Ruth", Role.PANEL)


@pytest.fixture
def audrey(db: None) -> User:
    """The auditor."""
    return factories.make_user("Audrey", Role.AUDITOR)


@pytest.fixture
def open_call(db: None) -> Call:
    """A call that is open for 30 days more."""
    return factories.make_call()


@pytest.fixture
def draft(open_call: Call, ada: User) -> Application:
    """Ada's draft, ready to submit."""
    return factories.make_draft(open_call, ada)


@pytest.fixture
def submitted(open_call: Call, ada: User) -> Application:
    """Ada's submitted application."""
    return factories.make_submitted(open_call, ada)


@pytest.fixture
def as_ada(client: Client, ada: User) -> Client:
    """A browser in which Ada is signed in."""
    client.force_login(ada)
    return client
