"""How an upload arrives: on the disk, and never more of it than may be kept."""

import tempfile
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, TemporaryFileUploadHandler

from core.files.store import incoming_folder


class CappedUpload(FileUploadHandler):
    """Keeps nothing of a file that is over the limit; in its place arrives one that only says how large it was."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin to count."""
        super().new_file(*args, **kwargs)
        self.so_far = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Pass a piece on; the rest of a file over the limit is counted and forgotten."""
        self.so_far += len(raw_data)
        if self.so_far <= settings.UPLOAD_LIMIT:
            return raw_data
        self._forget()
        return None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """Leave a file to those after it, or give one without content."""
        if self.so_far <= settings.UPLOAD_LIMIT:
            return None
        return UploadedFile(BytesIO(), self.file_name, self.content_type, self.so_far, self.charset)

    def _forget(self) -> None:
        """Give back what those after it have kept so far."""
        for handler in self.request.upload_handlers if self.request else ():
            if kept := getattr(handler, "file", None):
                kept.close()


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
