"""A zip of stored files, written while it is sent, so that it needs no memory and no temporary file."""

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase

from django.core.files.storage import default_storage
from django.http import StreamingHttpResponse

STEP = 64 * 1024


class _Sink(RawIOBase):
    """Collects what the zip writer writes until it is sent."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: bytes) -> int:  # type: ignore[override]
        self._parts.append(bytes(part))
        return len(part)

    def take(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def zip_of(files: Iterable[tuple[str, str]], *, name: str) -> StreamingHttpResponse:
    """Return an answer that streams the files, given as (name in the zip, path in the storage)."""
    answer = StreamingHttpResponse(_parts(files), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _parts(files: Iterable[tuple[str, str]]) -> Iterator[bytes]:
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for name, path in files:
            with default_storage.open(path) as stored, archive.open(zipfile.ZipInfo(name), "w") as entry:
                while part := stored.read(STEP):
                    entry.write(part)
                    yield sink.take()
            yield sink.take()
    yield sink.take()
