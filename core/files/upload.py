"""How an upload arrives: on the disk, and never more of it than may be kept."""

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from core.files.store import incoming_folder


class CappedUpload(FileUploadHandler):
    """Throws away what follows once a file is over the limit, and notes how large the request was."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.so_far = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a piece on, or stop keeping the file: the rest of the request is read and forgotten."""
        self.so_far += len(raw_data)
        if self.so_far > settings.UPLOAD_LIMIT:
            noted = self.request.__dict__.setdefault("oversized", {})
            noted[self.field_name] = _size_of(self.request, self.so_far)
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave the file to those after it."""
        return None


class ArrivingFile(TemporaryUploadedFile):
    """A file on the disk whose name has nothing of the given one: a long ending would not fit there."""

    def __init__(self, name: str | None, content_type: str | None, charset: str | None, extra: Any) -> None:
        file = tempfile.NamedTemporaryFile(suffix=".upload", dir=incoming_folder())  # noqa: SIM115 - closed with us
        UploadedFile.__init__(self, file, name, content_type, 0, charset, extra)


class UploadToDisk(TemporaryFileUploadHandler):
    """Writes beside the other files instead of into a temporary folder, which may lie in memory."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Open a file for what arrives."""
        FileUploadHandler.new_file(self, *args, **kwargs)
        self.file = ArrivingFile(self.file_name, self.content_type, self.charset, self.content_type_extra)


def _size_of(request: HttpRequest | None, so_far: int) -> int:
    try:
        return max(int(request.META.get("CONTENT_LENGTH") or 0), so_far) if request else so_far
    except ValueError:
        return so_far


def oversized(request: HttpRequest, field: str) -> int | None:
    """Return how large a file was that was thrown away while it arrived, or None."""
    return request.__dict__.get("oversized", {}).get(field)
