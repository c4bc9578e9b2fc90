"""Takes a file apart in a process of its own, with limits: whatever a hostile file does, it does it to nobody else.

`python -m core.files.apart check` reads the file from standard input and writes what it is, or why it is refused, as
JSON. Nothing here imports Django, so that the process starts at once and holds no secret and no connection.
"""

import json
import resource
import sys
from typing import Any, BinaryIO

from core.files import office, table_text
from core.files.kinds import Kind, Refused
from core.files.magic import HEAD, family_of

MEMORY = 1536 * 2**20
SECONDS = 10
LOCKED = "EncryptedPackage".encode("utf-16-le")


def limit(seconds: int, output: int) -> None:
    """Take from this process what it has no use for: memory, time, files, a core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def check(source: BinaryIO) -> dict[str, Any]:
    """Return the kind of a file with its number of pages and a note, or the code of its refusal with its values."""
    data = source.read()
    try:
        family = family_of(data[:HEAD])
        if family == "pdf":
            return {"kind": Kind.PDF, **_pdf(data)}
        if family == "zip":
            return office.check(data)
        return {"kind": Kind.CSV, **table_text.check(data)}
    except Refused as refusal:
        code = "office-locked" if refusal.code == "old-office" and LOCKED in data else refusal.code
        return {"refused": code, "values": refusal.values}
    except (MemoryError, RecursionError):
        return {"refused": "bomb", "values": {}}


def _pdf(data: bytes) -> dict[str, Any]:
    from core.files import pdf  # noqa: PLC0415 - its library takes longer to load than a spreadsheet to check

    return pdf.check(data)


def main() -> None:
    """Do what the first argument says."""
    limit(SECONDS, 2**20)
    json.dump(check(sys.stdin.buffer), sys.stdout)


if __name__ == "__main__":
    main()
