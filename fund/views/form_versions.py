"""A form as a whole: where it starts from, its file, and what changed between two versions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.forms.models import FormVersion
from core.states import WrongState
from core.web.forms import take_errors
from fund import standard
from fund.access import run_calls, see_calls
from fund.actions import forms as actions
from fund.builder_forms import FormFileForm, FormStartForm, NoteForm
from fund.building import files
from fund.building.differences import between
from fund.models import Call, FormChange
from fund.views.builder import call_in_work


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Put another form in place of the one in work: the standard one, another call's, or one from a file."""
    call = call_in_work(slug)
    is_file = "file" in request.POST or "file" in request.FILES or "text" in request.POST
    shapes = {
        "start": FormStartForm(request.POST if request.method == "POST" and not is_file else None, call=call),
        "upload": FormFileForm(request.POST, request.FILES) if is_file else FormFileForm(),
    }
    faults: list[str] = []
    chosen = shapes["upload" if is_file else "start"]
    if request.method == "POST" and chosen.is_valid():
        content, title, faults = _read(chosen.cleaned_data) if is_file else (*_chosen(chosen.cleaned_data), [])
        if not faults and _set(request, call, content, title):
            return redirect("manage_fund:call_form", slug)
    return render(request, "fund/staff/form_start.html", {"call": call, "faults": faults, **shapes})


def _chosen(given: dict[str, Any]) -> tuple[dict[str, Any], str]:
    if given["form"] in ("standard", "empty"):
        return (standard.FORM if given["form"] == "standard" else standard.EMPTY_FORM), ""
    version = get_object_or_404(FormVersion, pk=given["form"])
    return version.content, version.title


def _read(given: dict[str, Any]) -> tuple[dict[str, Any], str, list[str]]:
    found = files.read(given["content"])
    return found.content, "", list(files.report(found.faults))


def _set(request: HttpRequest, call: Call, content: dict[str, Any], title: str) -> bool:
    try:
        actions.set_form(call=call, content=content, title=title, by=request.user)
    except (ValidationError, WrongState) as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, _("The form is in place. Look through its questions."))
    return True


@login_required
@see_calls
@require_safe
def export(request: HttpRequest, slug: str) -> HttpResponse:
    """Give the form in work as a JSON file."""
    call = get_object_or_404(Call.objects.select_related("form", "next_form"), slug=slug)
    content = files.write(actions.form_in_work(call).content)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{call.slug}-form.json"'
    return response


@login_required
@run_calls
@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """Compare the changed form with the present one, and put it in force or drop it."""
    call = call_in_work(slug)
    if call.next_form is None:
        return redirect("manage_fund:call_form", slug)
    shape = NoteForm(request.POST if request.method == "POST" and "drop" not in request.POST else None)
    if "drop" in request.POST:
        actions.drop_changes(call=call, by=request.user)
        messages.success(request, _("The changes are dropped. The form is as it was."))
        return redirect("manage_fund:call_form", slug)
    if request.method == "POST" and shape.is_valid():
        try:
            seen = request.POST.get("seen", "")
            actions.put_in_force(call=call, note=shape.cleaned_data["note"], by=request.user, seen=seen)
        except ValidationError as refusal:
            take_errors(shape, refusal)
        else:
            messages.success(request, _("The changed form is in force. Everyone with a draft is being told."))
            return redirect("manage_fund:call_edit", slug)
    context = {
        "call": call, "form": shape, "old": call.form, "new": call.next_form,
        "differences": between(call.form.content, call.next_form.content), "seen": actions.fingerprint(call.next_form),
    }  # fmt: skip
    return render(request, "fund/staff/form_changes.html", context)


@login_required
@see_calls
@require_safe
def change(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Compare two versions of a call's form that were in force one after the other."""
    rows = FormChange.objects.select_related("call", "old", "new", "changed_by")
    found = get_object_or_404(rows, pk=pk, call__slug=slug)
    context = {
        "call": found.call, "old": found.old, "new": found.new, "change": found,
        "differences": between(found.old.content, found.new.content),
    }  # fmt: skip
    return render(request, "fund/staff/form_changes.html", context)
