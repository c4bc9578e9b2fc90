"""Asks ClamAV about a file, over the socket of its daemon, by its INSTREAM command."""

import socket
import struct
from typing import Any, Protocol

STEP = 64 * 1024
PATIENCE = 60.0


class Readable(Protocol):
    """What can be read piece by piece: a file of Python or of Django."""

    def read(self, size: int, /) -> Any:
        """Return the next bytes."""


class ScannerAway(Exception):
    """The scanner did not answer, or not in a way that says whether the file is clean."""


def scan(file: Readable, *, address: str) -> str | None:
    """Return the name of what was found, or None if nothing was.

    `address` is the path of a socket, or a host and a port such as `clamav:3310`.
    """
    try:
        with _connect(address) as connection:
            reply = _ask(connection, file)
    except (OSError, ValueError) as error:
        raise ScannerAway(f"The virus scanner at {address} did not answer: {error}") from error
    if reply == "stream: OK":
        return None
    if reply.startswith("stream: ") and reply.endswith(" FOUND"):
        return reply.removeprefix("stream: ").removesuffix(" FOUND")
    raise ScannerAway(f"The virus scanner answered “{reply[:200]}”.")


def _connect(address: str) -> socket.socket:
    if address.startswith("/"):
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(PATIENCE)
        try:
            connection.connect(address)
        except OSError:
            connection.close()
            raise
        return connection
    host, _, port = address.removeprefix("tcp://").rpartition(":")
    return socket.create_connection((host, int(port)), timeout=PATIENCE)


def _ask(connection: socket.socket, file: Readable) -> str:
    connection.sendall(b"zINSTREAM\0")
    while piece := file.read(STEP):
        connection.sendall(struct.pack("!L", len(piece)) + piece)
    connection.sendall(struct.pack("!L", 0))
    reply = b""
    while not reply.endswith(b"\0") and (piece := connection.recv(4096)):
        reply += piece
    return reply.rstrip(b"\0\n").decode("utf-8", "replace")
