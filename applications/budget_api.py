"""The interface to the budget of a draft."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from applications.actions import drafts
from applications.budget import Budget, problems
from applications.models import Application
from core import money
from core.web.api import arrival, body_of


class BudgetLineSerializer(serializers.Serializer):
    """One line of a budget."""

    category = serializers.CharField(max_length=40, help_text="The key of one of the call's budget categories.")
    description = serializers.CharField(max_length=300)
    year = serializers.IntegerField(min_value=1, max_value=10, default=1, help_text="A year of the project.")
    amount = serializers.CharField(help_text="In the call's currency and its minor units, such as 12500.00.")


class BudgetSerializer(serializers.Serializer):
    """All lines of a draft's budget; saving them replaces the former ones."""

    lines = BudgetLineSerializer(many=True)
    revision = serializers.IntegerField(
        min_value=0, required=False, help_text="The revision that the lines were written on. If somebody else saved in "
        "between, nothing is saved, and the answer is 409.",
    )  # fmt: skip


class StoredBudgetSerializer(BudgetSerializer):
    """A draft's budget as it stands, its sum, and what is wrong with it."""

    currency = serializers.CharField()
    total = serializers.CharField()
    problems = serializers.ListField(child=serializers.CharField())


def _budget_of(application: Application) -> dict[str, Any]:
    stand, currency = Budget.of(application.budget_lines.all()), application.call.currency
    lines = [
        {
            "category": line.category, "description": line.description, "year": line.year,
            "amount": money.plain(line.amount, currency),
        }
        for line in stand.lines
    ]  # fmt: skip
    return {
        "lines": lines, "revision": application.budget_revision, "currency": currency,
        "total": money.plain(stand.total, currency),
        "problems": list(problems(stand, application.call, application.months)),
    }  # fmt: skip


class BudgetActions(GenericViewSet):
    """What the interface to one's own applications does with their budgets."""

    @extend_schema(responses=StoredBudgetSerializer, filters=False)
    @action(detail=True, pagination_class=None)
    def budget(self, request: Request, pk: str) -> Response:
        """Return the lines of the budget, their sum, and what is wrong with them."""
        return Response(StoredBudgetSerializer(_budget_of(self.get_object())).data)

    @extend_schema(request=BudgetSerializer, responses=StoredBudgetSerializer)
    @budget.mapping.put
    def save_budget(self, request: Request, pk: str) -> Response:
        """Replace all lines of the budget."""
        application = self.get_object()
        given = body_of(self, BudgetSerializer)
        saved = drafts.save_budget(application=application, by=request.user, at=arrival(request), **given)
        return Response(StoredBudgetSerializer(_budget_of(saved)).data)
