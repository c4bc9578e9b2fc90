"""A small mail server of the suite's own, that a test lets refuse, give up or take what comes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

HANG_UP = ""
"""Instead of an answer: the server ends the connection."""


@dataclass
class Server:
    """What it answers to each command, and the messages that it took."""

    port: int
    answers: dict[str, str] = field(default_factory=dict)
    taken: list[str] = field(default_factory=list)

    @property
    def mailers(self) -> dict[str, Any]:
        """The setting by which the product sends to it."""
        options = {"host": "127.0.0.1", "port": self.port, "timeout": 5}
        return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}


@contextmanager
def running() -> Iterator[Server]:
    """Run it for the length of a block."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = Server(listening.getsockname()[1])
        threading.Thread(target=_listen, args=(listening, server), daemon=True).start()
        yield server


def _listen(listening: socket.socket, server: Server) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection, connection.makefile("rwb") as stream:
            _talk(stream, server)


def _talk(stream: Any, server: Server) -> None:
    _say(stream, "220 here")
    while line := stream.readline().decode():
        command = line[:4].upper().strip()
        if command == "DATA" and "DATA" not in server.answers:
            _say(stream, "354 go on")
            text = _read(stream)
            answer = server.answers.get("END", "250 taken")
            if answer.startswith("250"):
                server.taken.append(text)
        else:
            answer = server.answers.get(command, "221 bye" if command == "QUIT" else "250 ok")
        if answer == HANG_UP:
            return
        _say(stream, answer)
        if command == "QUIT":
            return


def _read(stream: Any) -> str:
    lines = []
    while (line := stream.readline()) not in (b".\r\n", b""):
        lines.append(line)
    return b"".join(lines).decode()


def _say(stream: Any, answer: str) -> None:
    stream.write(answer.encode() + b"\r\n")
    stream.flush()
