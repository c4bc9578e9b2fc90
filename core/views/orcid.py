"""Signing in, signing up and connecting through ORCID; nothing is at these addresses where that is not set up."""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.views import SignupView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.people import orcid
from core.states import WrongState
from core.web.requests import SignedInRequest

type View = Callable[..., HttpResponse]


def where_offered(view: View) -> View:
    """Answer 404 where the deployment has no credentials for ORCID."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if not orcid.is_offered():
            raise Http404
        return view(request)

    return answer


class _SignUp(SignupView):
    def get_authenticated_redirect_url(self) -> str:
        return reverse("people:profile")


_start = OAuth2LoginView.adapter_view(orcid.OrcidAdapter)


@where_offered
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Say what ORCID will be asked, and go there.

    The form stands on a page of its own, since browsers hold its policy against the redirect that answers it.
    """
    return csp_override(orcid.policy())(_start)(request)


come_back = where_offered(never_cache(require_GET(OAuth2CallbackView.adapter_view(orcid.OrcidAdapter))))
sign_up = where_offered(never_cache(require_http_methods(["GET", "HEAD", "POST"])(_SignUp.as_view())))


@where_offered
@login_required
@require_POST
def disconnect(request: SignedInRequest) -> HttpResponse:
    """Forget the iD with which the person signs in."""
    try:
        orcid.disconnect(user=request.user)
    except WrongState as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("ORCID is disconnected. You sign in with your e-mail and password from now on."))
    return redirect("people:profile")
