"""A person's own account: profile and personal tokens."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.people import actions, orcid
from core.people.forms import ProfileForm, TokenForm
from core.people.register import suggestions
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """Show and change the person's own profile."""
    connection = orcid.connection_of(request.user)
    form = ProfileForm(request.POST or None, initial=actions.profile_of(request.user), has_orcid=connection is not None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_profile(user=request.user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Your profile is saved. Drafts that you start from now on take it over."))
            return redirect("people:profile")
    context = {"form": form, "person": request.user, "connection": connection}
    return render(request, "core/people/profile.html", context)


@login_required
@require_safe
def organisations(request: SignedInRequest) -> HttpResponse:
    """Suggest organisations of our register for what was typed so far, as options of a list."""
    text = request.GET.get("organisation_name") or request.GET.get("q", "")
    return render(request, "core/people/organisations.html", {"organisations": suggestions(text)})


@login_required
@never_cache
@rate_limited("token", per="user")
@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: SignedInRequest) -> HttpResponse:
    """List the person's tokens, and make one; its secret is on this one answer and nowhere else."""
    form = TokenForm(request.POST or None)
    secret = None
    if request.method == "POST" and form.is_valid():
        __, secret = actions.make_token(user=request.user, **form.cleaned_data)
        form = TokenForm()
    context = {"form": form, "secret": secret, "tokens": request.user.tokens.order_by("-made_at")[:50]}
    return render(request, "core/people/tokens.html", context)


@login_required
@require_POST
def revoke_token(request: SignedInRequest, pk: int) -> HttpResponse:
    """Close one of the person's tokens."""
    token = get_object_or_404(request.user.tokens, pk=pk)
    actions.revoke_token(token=token, by=request.user)
    messages.success(
        request, _("The token “%(token)s” is revoked. Nothing can use it any more.") % {"token": token.name}
    )
    return redirect("people:tokens")
