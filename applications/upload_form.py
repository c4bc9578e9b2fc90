"""The form by which a file is attached. It draws and reads; the action saves."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files.check import MEGABYTE
from core.files.field import UploadField
from core.files.kinds import ACCEPT
from core.files.sentences import SENTENCES


def _limits() -> str:
    return _("PDF, DOCX, XLSX or CSV, at most %(each)s MB; all files together at most %(together)s MB.") % {
        "each": settings.UPLOAD_LIMIT // MEGABYTE,
        "together": settings.UPLOAD_LIMIT_TOGETHER // MEGABYTE,
    }


class UploadForm(forms.Form):
    """A file, and what the person attests of it."""

    file = UploadField(
        label=gettext_lazy("Choose a file"), help_text=lazy(_limits, str)(),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
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

    def __init__(self, question: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{question}_%s"} | kwargs)
        self.question = question
