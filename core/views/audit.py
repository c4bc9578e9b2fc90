"""The audit trail, for administrators and auditors."""

from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.audit.filters import EventFilter
from core.audit.models import AuditEvent, AuditSeal
from core.interests import shut_out
from core.people.models import User
from core.web.pagination import paginate
from core.web.requests import SignedInRequest


@login_required
@permission_required("core.see_audit", raise_exception=True)
@require_safe
def events(request: SignedInRequest) -> HttpResponse:
    """List what was done; what concerns an application from which the person is recused, or is theirs, is left out."""
    recused = request.user.declarations.recusing()
    visible = AuditEvent.objects.exclude(
        Exists(recused.filter(subject_type=OuterRef("root_type"), subject=OuterRef("root")))
    ).exclude(shut_out.about(request.user, kind="root_type", key="root"))
    sealed = Exists(AuditSeal.objects.filter(event=OuterRef("pk")))
    found = EventFilter(request.GET, visible.annotate(is_sealed=sealed).order_by("-pk"))
    page = paginate(request, found.qs)
    names = dict(User.objects.filter(pk__in={event.actor for event in page}).values_list("pk", "name"))
    rows = [
        (event, names.get(event.actor, _("The system") if event.actor is None else _("A former user")))
        for event in page
    ]
    return render(request, "core/audit/events.html", {"filter": found, "page": page, "rows": rows})
