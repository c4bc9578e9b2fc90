"""The page on which the grantee of an award gets its address, and who signs for it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web.forms import take_errors
from core.web.requests import SignedInRequest
from fund.actions import signing
from fund.models import Award
from fund.signing_forms import GranteeForm
from fund.views.staff import see_awards


@login_required
@see_awards
@require_http_methods(["GET", "POST"])
def grantee(request: SignedInRequest, number: str) -> HttpResponse:
    """Show the grantee's address and signatory, and write them down."""
    award = get_object_or_404(Award.objects.visible_to_fund(request.user), number=number)
    if not request.user.has_perm("fund.run_award", award):
        raise PermissionDenied(_("You are not allowed to run this award."))
    begun = {"address": award.grantee_address, "signatory": award.signatory}
    form = GranteeForm(request.POST or None, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            signing.name_grantee(award=award, by=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("It is written down. A letter that is held can be tried again."))
            return redirect("manage_fund:award", number)
    context = {
        "award": award, "action": "grantee", "label": _("Change address and signatory"), "form": form,
        "effect": _("The award letter and the grant agreement go to this address. Letters that are out stay as they are."),
    }  # fmt: skip
    return render(request, "fund/staff/award_step.html", context)
