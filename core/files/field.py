"""The field of every form that takes a file."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from core.files.check import in_megabytes
from core.files.sentences import SENTENCES


class UploadField(forms.FileField):
    """A file within a limit: its own, if it is below that of all files. A larger one gets a sentence with the limit.

    The script of the page says it before such a file is sent.
    """

    default_error_messages = {"too_large": SENTENCES["too-large"]}

    def __init__(self, *, most: int | None = None, **kwargs: Any) -> None:
        self.own_most = most
        super().__init__(**kwargs)

    @property
    def most(self) -> int:
        """How many bytes the file may have."""
        return min(self.own_most or settings.UPLOAD_LIMIT, settings.UPLOAD_LIMIT)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Tell the script how large a file may be."""
        return super().widget_attrs(widget) | {"data-most-bytes": self.most}

    def to_python(self, data: Any) -> UploadedFile | None:
        """Refuse what is too large before anything of it is read."""
        file: UploadedFile | None = super().to_python(data)  # type: ignore[assignment]
        if file is not None and (file.size or 0) > self.most:
            raise ValidationError(
                self.error_messages["too_large"], code="too_large", params=in_megabytes(file.size or 0, self.most)
            )
        return file
