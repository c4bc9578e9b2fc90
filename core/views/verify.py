"""Whether a letter is valid, for anybody who has it before them: by its code, or by the file itself.

What is said stands on the letter too; nothing of whom it is to, what it is about or what it says is shown.
"""

import hashlib

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.documents.models import IssuedLetter, IssuedLetterQuerySet
from core.files.field import UploadField
from core.language import lazy
from core.letters import as_code
from core.web.limits import rate_limited

PDF = b"%PDF-"
HEAD = len(PDF)


class CodeForm(forms.Form):
    """The code that stands on a letter."""

    mark_optional = False
    code = forms.CharField(
        label=lazy("The code on the letter"), max_length=40,
        help_text=lazy("Eight signs, such as 7KQ4-M2XD. It stands at the foot of each page."),
    )  # fmt: skip

    def clean_code(self) -> str:
        """Return the code as the register has it."""
        if code := as_code(self.cleaned_data["code"]):
            return code
        raise ValidationError(_("A code has eight letters and digits. Look at the foot of the letter again."))


class FileForm(forms.Form):
    """The letter itself."""

    mark_optional = False
    file = UploadField(
        label=lazy("The letter as PDF"), widget=forms.FileInput(attrs={"accept": ".pdf"}),
        help_text=lazy("It is compared with what was issued, and not kept."),
        error_messages={"empty": lazy("This file is empty. Choose the letter as you received it.")},
    )  # fmt: skip

    def clean_file(self) -> UploadedFile:
        """Refuse what is no PDF.

        It is not taken apart as what is kept is: its hash alone says all, and anybody can send files here.
        """
        file: UploadedFile = self.cleaned_data["file"]
        if file.read(HEAD) != PDF:
            raise ValidationError(_("Letters are PDF files. Choose the letter as you received it."))
        return file


@never_cache
@rate_limited("verify")
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a file, and say what became of the letter that a file is."""
    by_code = CodeForm(request.GET if "code" in request.GET else None)
    if by_code.is_valid():
        return redirect("verify:letter", by_code.cleaned_data["code"])
    if request.method != "POST":
        return _page(request, by_code=by_code)
    by_file = FileForm(request.POST, request.FILES)
    if not by_file.is_valid():
        return _page(request, by_file=by_file, status=422)
    found = _issued().filter(sha256=_digest_of(by_file.cleaned_data["file"])).first()
    return _page(request, found=found, is_unknown=found is None, is_file=True)


@never_cache
@rate_limited("verify", methods=("GET", "HEAD"))
@require_safe
def letter(request: HttpRequest, code: str) -> HttpResponse:
    """Say whether the letter with this code is valid, was replaced or was withdrawn."""
    wanted = as_code(code)
    found = _issued().filter(code=wanted).first() if wanted else None
    return _page(request, found=found, is_unknown=found is None, status=200 if found else 404)


def _issued() -> IssuedLetterQuerySet:
    """Return what somebody may have in their hands: what is still being made has never left."""
    return IssuedLetter.objects.exclude(sha256="").filter(state__in=IssuedLetter.OUT)


def _page(
    request: HttpRequest,
    *,
    by_code: CodeForm | None = None,
    by_file: FileForm | None = None,
    status: int = 200,
    **shown: object,
) -> HttpResponse:
    context = {"by_code": by_code or CodeForm(), "by_file": by_file or FileForm(), **shown}
    return render(request, "core/verify/check.html", context, status=status)


def _digest_of(file: UploadedFile) -> str:
    found = hashlib.sha256()
    for part in file.chunks():
        found.update(part)
    return found.hexdigest()
