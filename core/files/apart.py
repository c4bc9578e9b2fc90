"""Runs a check in a process of its own, with limits: whatever a hostile file does, it does it to nobody else.

Each check (`pdf`, `office`, `table_text`, `cells`) is started as `python -m`, reads the file from standard input and writes as
JSON what it is, or why it is refused. None imports Django: they start at once and hold no secret and no connection.
"""

import json
import resource
import sys
from collections.abc import Callable
from typing import Any

from core.files.kinds import Refused

MEMORY = 1536 * 2**20
SECONDS = 15


def limit(*, seconds: int = SECONDS, output: int = 2**20) -> None:
    """Take from this process what it has no use for: memory, time, files, a core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(check: Callable[[bytes], dict[str, Any]]) -> None:
    """Check what comes in within the limits, and write the answer."""
    limit()
    json.dump(answer(check, sys.stdin.buffer.read()), sys.stdout)


def answer(check: Callable[[bytes], dict[str, Any]], data: bytes) -> dict[str, Any]:
    """Return what a file is, or the code of its refusal with its values."""
    try:
        return check(data)
    except Refused as refusal:
        return {"refused": refusal.code, "values": refusal.values}
    except (MemoryError, RecursionError):
        return {"refused": "bomb", "values": {}}
