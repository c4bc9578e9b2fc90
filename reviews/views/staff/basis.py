"""What an approved decision rests on, as it was frozen."""

from decimal import Decimal

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from core.web.requests import SignedInRequest
from fund.models import Criterion
from reviews.models import DecisionBasis
from reviews.models.panel import StakeholderGroup
from reviews.models.selection import calls_partly_shut_to
from reviews.order import WORDS
from reviews.views.staff.call import show
from reviews.views.staff.decisions import decision_call


@login_required
@require_safe
def basis(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """Show the frozen figures; those worked out from all applications only to whom all are open."""
    call = decision_call(request, slug)
    rows = DecisionBasis.objects.visible_to(request.user).filter(decision__application__call=call)
    found = get_object_or_404(rows.select_related("decision__application", "frozen_by"), decision=pk)
    content = found.content
    labels = dict(Criterion.objects.filter(rubric=content["rubric"]["id"]).values_list("key", "label"))
    groups = dict(StakeholderGroup.choices)
    is_whole = not calls_partly_shut_to(request.user).filter(call=call).exists()
    ranking = content["ranking"] if is_whole else None
    # What was frozen before amounts were kept does not say which one counted.
    money = content.get("money", {"used": "asked", "asked": None})
    context = {
        "basis": found, "decision": found.decision, "application": found.decision.application, "content": content,
        "criteria": [
            (labels.get(key, key), weight, [each["scores"].get(key) for each in content["reviews"]])
            for key, weight in content["rubric"]["weights"].items()
        ],
        "reviews": [(groups.get(each["group"], each["group"]), each) for each in content["reviews"]],
        "ranking": ranking, "against": WORDS.get(ranking["against"]) if ranking else None,
        "draw": content["draw"] if is_whole else None, "is_advised": money["used"] == "advised",
        "counted": money[money["used"]] and Decimal(money[money["used"]]),
    }  # fmt: skip
    return show(request, "reviews/staff/basis.html", call, context)
