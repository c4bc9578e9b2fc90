"""A reviewer's queue as a spreadsheet: downloaded, filled in without a connection, and taken back."""

from io import BytesIO
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from core.files import check
from core.files.field import UploadField
from core.language import lazy
from core.web.forms import take_errors
from core.web.limits import rate_limited
from core.web.requests import SignedInRequest
from reports import sheets
from reviews import offline
from reviews.access import own_place
from reviews.models import Assignment, PanelMember
from reviews.offline_rows import take_sheet
from reviews.standing import scores_in_order

LARGEST = 5 * 2**20


class SheetForm(forms.Form):
    """The spreadsheet, filled in."""

    mark_optional = False

    file = UploadField(
        label=lazy("The filled spreadsheet"), widget=forms.FileInput(attrs={"accept": ".xlsx"}), most=LARGEST,
        error_messages={
            "required": lazy("Choose the spreadsheet that you filled in."),
            "empty": lazy("This file is empty. Choose the spreadsheet that you filled in."),
            "too_large": lazy("This file is larger than %(limit)s MB. Choose the file that you downloaded here."),
        },
    )  # fmt: skip


@login_required
@rate_limited("export", per="user")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet(request: SignedInRequest, slug: str) -> HttpResponse:
    """Offer the spreadsheet of one's queue in a call, and take it back with a report on every row."""
    member = own_place(request, slug)
    if not member.has_agreed:
        return redirect("review:terms", member.pk)
    form = SheetForm(request.POST, request.FILES) if request.method == "POST" else SheetForm()
    lines = None
    if request.method == "POST" and form.is_valid():
        try:
            rows = check.cells(form.cleaned_data["file"])
            lines = take_sheet(call=member.call, rows=rows, by=request.user)
        except ValidationError as error:
            take_errors(form, error, "file")
    context: dict[str, Any] = {
        "call": member.call, "form": form, "lines": lines, "owed": _owed(member).count(),
        "saved": sum(line.state == "saved" for line in lines or ()),
        "refused": sum(line.state == "refused" for line in lines or ()),
    }  # fmt: skip
    return render(request, "reports/offline.html", context, status=422 if form.errors else 200)


@login_required
@rate_limited("export", per="user", methods=("GET",))
@require_safe
@cache_control(private=True, no_store=True)
def download(request: SignedInRequest, slug: str) -> HttpResponse:
    """Send the spreadsheet: a row for each review that is owed and open."""
    member = own_place(request, slug)
    if not member.has_agreed:
        return redirect("review:terms", member.pk)
    return filled(member)


def filled(member: PanelMember) -> HttpResponse:
    """Return the spreadsheet of a member's queue as a file."""
    rubric = member.call.rubric
    columns = offline.columns_of(list(rubric.criteria.all()), rubric.scale)
    file = BytesIO()
    with sheets.sheet_in(file, "xlsx") as written:
        written.add(column.label for column in columns)
        for each in _owed(member).prefetch_related(scores_in_order("review__scores")):
            written.add(offline.line_of(each, getattr(each, "review", None), columns))
    headers = {"Content-Disposition": f'attachment; filename="reviews-{member.call.slug}.xlsx"'}
    return HttpResponse(file.getvalue(), content_type=sheets.KINDS["xlsx"], headers=headers)


def _owed(member: PanelMember) -> Any:
    """Return what a member owes in their call and has declared no tie to, by date."""
    rows = Assignment.objects.visible_to(member.person).of(member.person).in_hand().calibrated()
    rows = rows.filter(application__call=member.call, state__in=Assignment.DECLARED)
    return rows.select_related("application", "review").order_by("due_at", "pk")
