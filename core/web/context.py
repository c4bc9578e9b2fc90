"""What every template knows: the site, the navigation and the account links."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_bidi

from core import language
from core.web import nav


def site(request: HttpRequest) -> dict[str, Any]:
    """Name the site and its places; lazily, so that a page without a masthead asks for nothing."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "EMBEDDED": settings.EMBEDDED,
        "offers_orcid": "orcid" in settings.SOCIALACCOUNT_PROVIDERS,
        "LANGUAGE": get_language() or settings.LANGUAGE_CODE,
        "DIRECTION": "rtl" if get_language_bidi() else "ltr",
        "languages": language.offered(request.path),
        "main_nav": SimpleLazyObject(partial(_links, request, False)),
        "account_nav": SimpleLazyObject(partial(_links, request, True)),
    }


def _links(request: HttpRequest, account: bool) -> list[nav.Link]:
    # A refusal before the session middleware has no user, and then nobody's places to show.
    return nav.links_for(request, account=account) if hasattr(request, "user") else []
