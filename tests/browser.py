"""Browsers of Django's test client that share one chain of middleware: loading it takes longer than most pages."""

from typing import Any

from django.test import Client
from django.test.client import ClientHandler

_SHARED = ClientHandler(enforce_csrf_checks=False)


def new_browser(**given: Any) -> Client:
    """Return a browser for a test that leaves the settings as they are."""
    browser = Client(**given)
    browser.handler = _SHARED
    return browser
