"""Whether a zip is a DOCX or an XLSX that may be kept: its parts are what they say, and nothing in them acts."""

import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import Any

from core.files.apart import run
from core.files.kinds import Kind, Refused
from core.files.office_parts import check_content_types, check_part, check_relationships, kind_of

MOST_PARTS = 3000
MOST_UNPACKED = 150 * 2**20
MOST_UNPACKED_PART = 80 * 2**20
MOST_RATIO = 150
"""Text packs to a hundredth at best; a bomb to a thousandth."""
SMALL = 2 * 2**20
"""Below this many bytes any ratio is harmless."""
STEP = 2**20
END = b"PK\x05\x06"
OTHER_OFFICE = {
    b"application/vnd.oasis.opendocument": "open-document",
    b"application/epub": "archive",
}  # fmt: skip
_UNSAFE = re.compile(r"(^[/\\])|(^[A-Za-z]:)|(^|[/\\])\.\.([/\\]|$)|[\x00-\x1f\\]")


def check(data: bytes) -> dict[str, Any]:
    """Return the kind, or refuse the file."""
    return {"kind": opened(data)[0]}


def opened(data: bytes) -> tuple[Kind, dict[str, bytes]]:
    """Return the kind with every part of the file, or refuse it."""
    _check_edges(data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_entries(entries)
            _check_kind(data, entries)
            parts = _read(archive, entries)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, NotImplementedError):
        raise Refused("office-damaged") from None
    except MemoryError:
        raise Refused("bomb") from None
    return _check_parts(parts), parts


def _check_edges(data: bytes) -> None:
    """Ask that the archive is the whole file: nothing before its first entry, nothing behind its end."""
    end = data.rfind(END)
    if end < 0:
        raise Refused("office-cut")
    if end + 22 > len(data):
        raise Refused("office-cut")
    count, size, offset, comment = struct.unpack("<HIIH", data[end + 10 : end + 22])
    if comment or end + 22 != len(data):
        raise Refused("office-suffix")
    if count > MOST_PARTS:
        raise Refused("office-many", most=MOST_PARTS)
    if not data.startswith(b"PK\x03\x04") or offset + size != end:
        raise Refused("office-damaged")


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    """Look at the list of entries before anything is unpacked."""
    if len(entries) > MOST_PARTS:
        raise Refused("office-many", most=MOST_PARTS)
    names = [entry.filename.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise Refused("office-names")
    for entry in entries:
        if _UNSAFE.search(entry.orig_filename):
            raise Refused("office-names")
        if entry.flag_bits & 0x41:
            raise Refused("office-locked")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Refused("office-damaged")
    _check_overlaps(entries)
    _check_sizes(sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries))


def _check_overlaps(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse entries that share their bytes: the bomb of few bytes and endless content."""
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            raise Refused("bomb")
        end = entry.header_offset + 30 + entry.compress_size


def _check_sizes(unpacked: int, packed: int) -> None:
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked > MOST_RATIO * max(packed, 1)):
        raise Refused("bomb")


def _check_kind(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    """Say what another archive is, since “not a DOCX” helps nobody."""
    names = {entry.filename for entry in entries}
    head = data[:200]
    for mark, code in OTHER_OFFICE.items():
        if b"mimetype" + mark in head:
            raise Refused(code, what="EPUB")
    if "META-INF/MANIFEST.MF" in names:
        raise Refused("program", what="Java")
    if "ppt/presentation.xml" in names:
        raise Refused("presentation")
    if not names:
        raise Refused("archive", what="ZIP")
    if "[Content_Types].xml" not in names:
        raise Refused("archive", what="ZIP")


def _read(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> dict[str, bytes]:
    """Unpack every entry within the limits; what it says of its size is not believed."""
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        if entry.is_dir():
            continue
        content = _unpack(archive, entry)
        total += len(content)
        if total > MOST_UNPACKED:
            raise Refused("bomb")
        parts[entry.filename] = content
    return parts


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    pieces, size = [], 0
    with archive.open(entry) as opened:
        while piece := opened.read(STEP):
            pieces.append(piece)
            size += len(piece)
            if size > MOST_UNPACKED_PART:
                raise Refused("bomb")
            _check_sizes(size, entry.compress_size)
    return b"".join(pieces)


def _check_parts(parts: dict[str, bytes]) -> Kind:
    check_content_types(parts["[Content_Types].xml"])
    for name, content in parts.items():
        if name.lower().endswith(".rels"):
            check_relationships(content)
    kind = kind_of(parts)
    for name, content in parts.items():
        check_part(name, content)
    return kind


if __name__ == "__main__":
    run(check)
