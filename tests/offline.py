"""A machine without a network, for as long as something must not need one."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch


class NetworkAsked(Exception):
    """Something wanted to reach an address."""


class _WithinTheMachine(socket.socket):
    """A socket between parts of one process, as an event loop has; there are no others."""

    def __init__(self, family: int = socket.AF_INET, *given: Any, **named: Any) -> None:
        if family != socket.AF_UNIX:
            raise NetworkAsked(family)
        super().__init__(family, *given, **named)


def _refuse(*given: Any, **named: Any) -> Any:
    raise NetworkAsked(given)


@contextmanager
def no_network() -> Iterator[None]:
    """Let nobody open a socket to elsewhere or look up a name."""
    with patch.multiple(socket, socket=_WithinTheMachine, getaddrinfo=_refuse):
        yield
