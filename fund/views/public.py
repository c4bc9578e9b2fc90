"""The pages that everybody sees: home, a call, the register of awards."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from core.forms.schema import DEFINITION_SCHEMA
from core.web.limits import rate_limited
from core.web.pagination import paginate
from fund import questions, register, steps
from fund.filters import RegisterFilter
from fund.models import Award, Call

LATEST = 3
MOST_OPEN = 40
"""Open calls on the first page; more would make it too large."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the open calls, how it works, what was lately awarded and where the money comes from."""
    public = Award.objects.public()
    latest = public.filter(is_withheld=False).select_related("grantee").order_by("-answered_at", "-pk")
    open_calls = list(Call.objects.open().select_related("fund", "form").order_by("closes_at")[:MOST_OPEN])
    context = {
        "open_calls": [(call, questions.count_of(call.form.definition)) for call in open_calls],
        "other_calls": Call.objects.public().exclude(pk__in=[call.pk for call in open_calls])[:5],
        "latest": latest[:LATEST],
        "totals": register.totals_of(public),
    }
    return render(request, "fund/public/home.html", context)


@require_safe
def call(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one call: what it is about, how it is judged, all its questions, its dates."""
    found = _call(request, slug)
    criteria = list(found.rubric.criteria.all())
    sections = [
        (section, [(question, questions.answer_of(question)) for question in section.questions])
        for section in found.form.definition.sections
    ]
    here = reverse("public:call", args=[slug])
    context = {
        "call": found,
        "criteria": criteria,
        "anchors": sorted(found.rubric.anchors.items()),
        "sections": sections,
        "questions_count": questions.count_of(found.form.definition),
        "answered": found.questions.answered(),
        "changes": found.deadline_changes.all(),
        "takes_questions": found.state == Call.State.PUBLISHED and not found.has_closed,
        "steps": steps.of_call(found),
        "is_open": found.is_open(request.arrived_at),  # type: ignore[attr-defined]
        "totals": register.totals_of(found.awards.public()),
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': here})}",
    }
    return render(request, "fund/public/call.html", context)


@require_safe
def call_questions(request: HttpRequest, slug: str) -> HttpResponse:
    """Give all questions of a call as a text to keep."""
    found = _call(request, slug)
    response = HttpResponse(questions.as_text(found), content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-questions.txt"'
    return response


@require_safe
def form_schema(request: HttpRequest) -> JsonResponse:
    """Give the JSON Schema of a form's definition, for those who write one or import it."""
    address = request.build_absolute_uri(request.path)
    return JsonResponse({"$id": address, **DEFINITION_SCHEMA}, content_type="application/schema+json")


@require_safe
def awards(request: HttpRequest) -> HttpResponse:
    """Show the register of accepted awards, with its filters and totals."""
    public = Award.objects.public().order_by("-decided_at", "-number")
    filters = RegisterFilter(request.GET, queryset=public)
    page = paginate(request, filters.qs.select_related("grantee"))
    context = {"filters": filters, "page": page, "totals": register.totals_of(filters.qs)}
    return render(request, "fund/public/awards.html", context)


@require_safe
@rate_limited("export", methods=("GET",))
def awards_csv(request: HttpRequest) -> HttpResponse:
    """Give the register, filtered as the page is, for a spreadsheet."""
    public = Award.objects.public().order_by("-decided_at", "-number")
    found = RegisterFilter(request.GET, queryset=public).qs.select_related("grantee", "call", "theme")
    response = HttpResponse(register.as_csv(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="awards.csv"'
    return response


@require_safe
def award(request: HttpRequest, number: str) -> HttpResponse:
    """Show what is public of one award."""
    found = get_object_or_404(Award.objects.public().select_related("grantee", "call", "theme"), number=number)
    return render(request, "fund/public/award.html", {"award": found})


def _call(request: HttpRequest, slug: str) -> Call:
    calls = Call.objects.visible_to(request.user).select_related("fund", "form", "rubric").prefetch_related("themes")
    return get_object_or_404(calls, slug=slug)
