"""The pool of reviewers across calls, and a list of people imported to one panel."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.models import Application
from core.language import counted
from core.states import WrongState
from core.web.pagination import paginate
from core.web.requests import SignedInRequest
from fund.models import Call
from reviews import pool as records
from reviews.access import DECIDE, call_for, must_keep_pool
from reviews.actions import panel as actions
from reviews.models import StakeholderGroup
from reviews.panel_lines import COLUMNS, Line, lines_for
from reviews.pool_forms import AgainForm, ImportForm
from reviews.views.staff.call import show


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def pool(request: SignedInRequest) -> HttpResponse:
    """Show everybody who was on a panel with their history, and invite the chosen to another call."""
    user = request.user
    must_keep_pool(user, to_change=request.method == "POST")
    search, group = request.GET.get("q", "").strip()[:100], request.GET.get("group", "")
    page = paginate(request, records.people_in(search=search, group=group if group in StakeholderGroup.values else ""))
    form = AgainForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _invite(request, form.cleaned_data["call"], page.object_list)
    context = {
        "page": page, "rows": records.records_of(list(page), user), "form": form, "q": search, "group": group,
        "groups": StakeholderGroup.choices, "is_limited": Application.objects.left_out_for(user).exists(),
        "may_invite": user.is_administrator,
    }  # fmt: skip
    return render(request, "reviews/staff/pool.html", context, status=422 if form.errors else 200)


def _invite(request: SignedInRequest, call: Call, people: Any) -> HttpResponse:
    """Invite the chosen of those on the page, and say of each who could not be invited why."""
    chosen = {key for key in request.POST.getlist("person") if key.isdecimal()}
    invited = 0
    for person in [each for each in people if str(each.pk) in chosen]:
        try:
            actions.invite_again(call=call, person=person, by=request.user)
            invited += 1
        except WrongState as refusal:
            messages.error(request, refusal.message)
    if invited:
        words = counted("%(number)s person is invited.", "%(number)s people are invited.", invited)
        messages.success(request, words)
    elif not chosen:
        messages.error(request, _("Choose at least one person in the list."))
    return redirect(request.get_full_path())


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def import_panel(request: SignedInRequest, slug: str) -> HttpResponse:
    """Check a list of people line by line, and invite those whose line can be used."""
    call = call_for(request, slug, to_see=DECIDE, to_post=DECIDE)
    form = ImportForm(request.POST or None, request.FILES or None)
    lines: list[Line] = []
    done = False
    if request.method == "POST" and form.is_valid():
        try:
            lines = lines_for(call, form.text)
        except ValidationError as error:
            form.add_error("lines", error.messages)
        else:
            if done := request.POST.get("step") == "import":
                lines = actions.invite_all(call=call, lines=lines, by=request.user)
    good = sum(not line.problem for line in lines)
    context = {
        "form": form.shown(), "lines": lines, "good": good, "bad": len(lines) - good, "done": done, "columns": COLUMNS,
        "groups": StakeholderGroup.values,
    }  # fmt: skip
    return show(request, "reviews/staff/import_panel.html", call, context, status=422 if form.errors else 200)
