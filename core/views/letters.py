"""The register of letters: for administrators, who mend, replace and withdraw, and for auditors to read."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core import letters
from core.documents.models import IssuedLetter
from core.language import counted, lazy
from core.letters.filters import LetterFilter
from core.web.forms import LinesField, take_errors
from core.web.pagination import paginate
from core.web.requests import SignedInRequest

SEE, RUN = "core.see_letters", "core.run_letters"
State = IssuedLetter.State


class BecauseForm(forms.Form):
    """Why a letter is replaced or withdrawn."""

    because = LinesField(
        label=lazy("Why"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=lazy("The reason stays in the register."),
        error_messages={"required": lazy("Say why. The reason stays in the register.")},
    )  # fmt: skip
    use_required_attribute = False


class VoidForm(BecauseForm):
    """Why a letter is withdrawn: whoever got it reads that, so who writes it is told so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].help_text = _("Whoever got the letter is sent the reason. It stays in the register.")


@login_required
@permission_required(SEE, raise_exception=True)
@require_safe
def register(request: SignedInRequest) -> HttpResponse:
    """List all letters with their numbers, the newest first."""
    visible = IssuedLetter.objects.visible_to_fund(request.user)
    found = LetterFilter(request.GET, visible.select_related("document").order_by("-pk"))
    context = {
        "filter": found, "page": paginate(request, found.qs), "held": visible.filter(state=State.HELD).count(),
        "may_run": request.user.has_perm(RUN),
    }  # fmt: skip
    return render(request, "core/letters/register.html", context)


@login_required
@permission_required(SEE, raise_exception=True)
@require_safe
def letter(request: SignedInRequest, pk: int) -> HttpResponse:
    """Show one letter: its file and hash, what became of it and why, and its other versions."""
    return _show(request, _found(request, pk))


def _found(request: SignedInRequest, pk: int) -> IssuedLetter:
    rows = IssuedLetter.objects.visible_to_fund(request.user).select_related("document", "entered_by")
    return get_object_or_404(rows, pk=pk)


def _show(
    request: SignedInRequest, found: IssuedLetter, *, again: BecauseForm | None = None, void: VoidForm | None = None
) -> HttpResponse:
    versions = list(IssuedLetter.objects.versions_of(found).select_related("document").order_by("version"))
    context = {
        "letter": found, "versions": versions, "bound": again or void,
        "is_alone": not any(each.is_in_the_making for each in versions if each.pk != found.pk),
        "may_be_followed": found.may_be_followed(versions),
        "may_run": request.user.has_perm(RUN, found), "address": request.build_absolute_uri(_address_of(found)),
        "again": again or BecauseForm(auto_id="again_%s"), "void": void or VoidForm(auto_id="void_%s"),
    }  # fmt: skip
    return render(request, "core/letters/letter.html", context, status=422 if again or void else 200)


def _address_of(found: IssuedLetter) -> str:
    return reverse("verify:letter", args=[found.code])


def _to_run(request: SignedInRequest, pk: int) -> IssuedLetter:
    found = _found(request, pk)
    if not request.user.has_perm(RUN, found):
        raise PermissionDenied(_("Administrators run the register of letters; auditors read it."))
    return found


@login_required
@permission_required(SEE, raise_exception=True)
@require_POST
def mend(request: SignedInRequest, pk: int) -> HttpResponse:
    """Let a held letter be made once more."""
    found = letters.mend(letter=_to_run(request, pk), by=request.user)
    messages.success(request, _("%(number)s is being made again.") % {"number": found.number})
    return redirect(found)


@login_required
@permission_required(SEE, raise_exception=True)
@require_POST
def mend_held(request: SignedInRequest) -> HttpResponse:
    """Let every held letter be made once more that the person may run."""
    if not request.user.has_perm(RUN):
        raise PermissionDenied(_("Administrators run the register of letters; auditors read it."))
    number = letters.mend_all(by=request.user)
    words = counted("%(number)s letter is being made again.", "%(number)s letters are being made again.", number)
    messages.success(request, words)
    return redirect("letters:register")


@login_required
@permission_required(SEE, raise_exception=True)
@require_POST
def replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Order the next version of a letter."""
    found, form = _to_run(request, pk), BecauseForm(request.POST, auto_id="again_%s")
    if form.is_valid():
        try:
            made = letters.replace(letter=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            said = _("Version %(version)s is being made.") % {"version": made.version}
            if found.state == IssuedLetter.State.ISSUED:
                said += " " + _("Version %(before)s stands until then.") % {"before": found.version}
            messages.success(request, said)
            return redirect(made)
    return _show(request, found, again=form)


@login_required
@permission_required(SEE, raise_exception=True)
@require_POST
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Declare a letter void."""
    found, form = _to_run(request, pk), VoidForm(request.POST, auto_id="void_%s")
    if form.is_valid():
        try:
            letters.withdraw(letter=found, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(
                request, _("%(number)s is withdrawn. Its number stays in the register.") % {"number": found}
            )
            return redirect(found)
    return _show(request, found, void=form)
