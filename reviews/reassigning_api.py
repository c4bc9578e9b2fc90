"""The interface to plans that share out anew what was released: what each would change, and storing it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.web.api import ReadOnly
from reviews import plan_shown
from reviews.access import RUN
from reviews.actions import reassigning
from reviews.models import Reassignment


class MoveSerializer(serializers.Serializer):
    """One member who leaves an application or comes to it."""

    member = serializers.IntegerField(source="member.pk")
    reviewer = serializers.CharField(source="member.person.name")
    fit = serializers.IntegerField()
    is_released = serializers.BooleanField(help_text="Whether they know of it, and are told by mail.")


class ChangeSerializer(serializers.Serializer):
    """What changes for one application."""

    application = serializers.CharField(source="application.reference")
    leaves = MoveSerializer(many=True)
    comes = MoveSerializer(many=True)
    gain = serializers.IntegerField()


class PlanSerializer(serializers.ModelSerializer):
    """One plan to share out anew; nothing has changed until it is stored."""

    call = serializers.SlugField(source="call.slug", read_only=True)

    class Meta:
        model = Reassignment
        fields = ["id", "call", "price", "is_proved", "made_at", "stored_at"]


class PlanWithChangesSerializer(PlanSerializer):
    """One plan with what it changes, of the applications that one may see."""

    changes = serializers.SerializerMethodField()

    class Meta(PlanSerializer.Meta):
        fields = [*PlanSerializer.Meta.fields, "changes"]

    @extend_schema_field(ChangeSerializer(many=True))
    def get_changes(self, plan: Reassignment) -> list[dict[str, Any]]:
        """Compare with what is held; nothing once it is stored."""
        changes = plan_shown.changes_in(plan, self.context["request"].user) if plan.stored_at is None else []
        return list(ChangeSerializer(changes, many=True).data)


class ReassignmentViewSet(ReadOnly):
    """Plans to share out anew what was released and not begun, for those who run the panel."""

    queryset = Reassignment.objects.none()
    serializer_class = PlanSerializer
    filterset_fields = ["call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the person may see."""
        return Reassignment.objects.visible_to(self.request.user).select_related("call").order_by("-pk")

    @extend_schema(responses=PlanWithChangesSerializer)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return what the plan changes."""
        plan = self._to_run()
        return Response(PlanWithChangesSerializer(plan, context=self.get_serializer_context()).data)

    @extend_schema(request=None, responses=PlanSerializer)
    @action(detail=True, methods=["post"])
    def store(self, request: Request, pk: str) -> Response:
        """Do what the plan says, as a whole; refused if anything changed since."""
        reassigning.store(plan=self._to_run(), by=self.request.user)  # type: ignore[arg-type]
        return Response(self.get_serializer(self.get_object()).data)

    def _to_run(self) -> Reassignment:
        plan: Reassignment = self.get_object()
        if not self.request.user.has_perm(RUN, plan.call):
            raise PermissionDenied(_("Reviewers are assigned by an administrator or the chair of the panel."))
        return plan
