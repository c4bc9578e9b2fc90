"""The form by which a file is attached. It draws and reads; the action saves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files.check import MEGABYTE, refusal
from core.files.kinds import ACCEPT
from core.files.sentences import SENTENCES


def _limits() -> str:
    return _("PDF, DOCX, XLSX or CSV, at most %(each)s MB; all files together at most %(together)s MB.") % {
        "each": settings.UPLOAD_LIMIT // MEGABYTE,
        "together": settings.UPLOAD_LIMIT_TOGETHER // MEGABYTE,
    }


class UploadForm(forms.Form):
    """A file, and what the person attests of it."""

    file = forms.FileField(
        label=gettext_lazy("Choose a file"), help_text=lazy(_limits, str)(),
        widget=forms.FileInput(
            attrs={"accept": ACCEPT, "data-most-bytes": settings.UPLOAD_LIMIT}
        ),
        error_messages={
            "required": gettext_lazy("Choose a file first."),
            "empty": SENTENCES["empty"],
            "missing": gettext_lazy("No file came with the request. Choose it again."),
        },
    )  # fmt: skip
    attested = forms.BooleanField(
        label=gettext_lazy("This file has no image or video of abuse."),
        help_text=gettext_lazy(
            "Such material must never be uploaded, not even as evidence. Take it to a hotline or the police."
        ),
        error_messages={"required": gettext_lazy("Confirm that this file has no image or video of abuse.")},
    )
    use_required_attribute = False

    def __init__(self, question: str, *args: Any, size: int | None = None, **kwargs: Any) -> None:
        """`size` is that of a file so large that nothing of it was kept while it arrived."""
        super().__init__(*args, **{"auto_id": f"{question}_%s"} | kwargs)
        self.question = question
        self.oversize = size

    def clean(self) -> dict[str, Any]:
        """Say how large a file was that did not arrive whole."""
        if self.oversize is not None:
            self.errors.pop("file", None)
            limit = settings.UPLOAD_LIMIT // MEGABYTE
            self.add_error("file", refusal("too-large", has=round(self.oversize / MEGABYTE), limit=limit))
        return self.cleaned_data
