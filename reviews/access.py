"""Who comes to what of a call and its panel, for pages and the interface alike: 403 for insiders, 404 for all others."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from applications.models import Application
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews.listing import readable
from reviews.models import PanelMember
from reviews.models.panel import calls_chaired_by
from reviews.rules import knows_chair

SAFE = ("GET", "HEAD", "OPTIONS")
SEE, RUN = "reviews.see_panel", "reviews.run_panel"
SEE_DECISIONS, DECIDE = "fund.see_calls", "fund.run_call"


def call_for(request: HttpRequest, slug: str, *, to_see: str = SEE, to_post: str = RUN) -> Call:
    """Return the call for whoever may see this page of it; a request that posts something needs the right to.

    The fund's own people without the right get 403, all others 404.
    """
    user: Any = request.user
    call = _read(slug, user)
    if call is None or not has_right(user, to_see, call):
        if call is not None and (user.is_insider or has_right(user, SEE, call)):
            raise PermissionDenied(_("This page is for fund administrators, auditors and the chair of the panel."))
        raise Http404
    if request.method not in SAFE and not has_right(user, to_post, call):
        raise PermissionDenied(_("You may read this page, but not change anything on it."))
    return call


def _read(slug: str, user: Any) -> Call | None:
    """Return a call with what its pages ask about the person: whether they chair it, and what is left out for them."""
    about_it = {
        "is_chaired": Exists(calls_chaired_by(user).filter(call=OuterRef("pk"))),
        "leaves_out": Exists(Application.objects.left_out_for(user).filter(call=OuterRef("pk"))),
    }
    rows = Call.objects.select_related("fund", "rubric", "funding_rule").annotate(**about_it)
    call = rows.filter(slug=slug).first()
    if call is not None:
        knows_chair(user, call.pk, is_chair=call.is_chaired)  # type: ignore[attr-defined]
    return call


def has_right(user: Any, right: str, call: Call) -> bool:
    """Whether the person has a right to the call; asked once per request, since the call object lives that long."""
    known = call.__dict__.setdefault("_rights", {})
    if (user.pk, right) not in known:
        known[user.pk, right] = user.has_perm(right, call)
    return bool(known[user.pk, right])


def application_of(*, call: Call, viewer: Any, reference: str, is_read: bool = False) -> Application:
    """Return an application of the call that the viewer may judge or run, with what it says only if that is read."""
    rows = readable(call, viewer).select_related("theme", "host", "current")
    if is_read:
        rows = rows.select_related("current__form", "recommendation__recorded_by")
    else:
        rows = rows.defer("current__content")
    application = get_object_or_404(rows, reference=reference)
    application.call = call
    return application


def own_place(request: SignedInRequest, slug: str) -> PanelMember:
    """Return the person's own place on a panel: 403 for the fund's own people without one, 404 for all others."""
    places = PanelMember.objects.serving().select_related("call__rubric")
    member = places.filter(call__slug=slug, person=request.user).first()
    if member is not None:
        member.person = request.user
        return member
    if request.user.is_insider:
        raise PermissionDenied(_("This page is for members of the panel."))
    raise Http404


def must_keep_pool(user: Any, *, to_change: bool) -> None:
    """Refuse whoever may not see the pool, or not invite from it; to others than the fund's own people it is not there."""
    if not user.is_insider:
        raise Http404
    if not user.reads_all or (to_change and not user.is_administrator):
        raise PermissionDenied(_("The pool is kept by the administrators."))
