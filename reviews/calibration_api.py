"""The interface to the calibration exercise: the sample cases, one's own scores, and after them the panel's."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.states import WrongState
from core.web.api import ReadOnly, body_of
from reviews.actions import calibrating
from reviews.actions.calibrating import StaleScores
from reviews.calibration import Line, Seen, may_compare, seen_by
from reviews.models import CalibrationCase, CalibrationScore


class CaseSerializer(serializers.ModelSerializer):
    """One sample application."""

    call = serializers.SlugField(source="calibration.call.slug", read_only=True)
    is_required = serializers.BooleanField(source="calibration.is_required", read_only=True)
    due_at = serializers.DateTimeField(source="calibration.due_at", read_only=True, allow_null=True)
    opened_at = serializers.DateTimeField(source="calibration.opened_at", read_only=True, allow_null=True)

    class Meta:
        model = CalibrationCase
        fields = ["id", "call", "position", "title", "is_required", "due_at", "opened_at"]


class GivenSerializer(serializers.ModelSerializer):
    """What one member gave one case: by the key of the criterion a whole score, or "na"."""

    member = serializers.CharField(source="member.person.name", read_only=True)
    scores = serializers.DictField(child=serializers.JSONField(), read_only=True)

    class Meta:
        model = CalibrationScore
        fields = ["member", "scores", "overall", "comment", "saved_at", "submitted_at", "revision"]


class LineSerializer(serializers.Serializer):
    """The panel's scores on one criterion; the last line is the overall merit."""

    criterion = serializers.CharField(source="key")
    mean = serializers.DecimalField(max_digits=6, decimal_places=2, allow_null=True)
    least = serializers.SerializerMethodField()
    most = serializers.SerializerMethodField()
    number = serializers.SerializerMethodField()
    not_applicable = serializers.IntegerField()

    def get_least(self, line: Line) -> int | None:
        """Return the lowest score."""
        return min(line.values, default=None)

    def get_most(self, line: Line) -> int | None:
        """Return the highest score."""
        return max(line.values, default=None)

    def get_number(self, line: Line) -> int:
        """Return how many gave a score."""
        return len(line.values)


class WholeCaseSerializer(CaseSerializer):
    """One sample application with its text, one's own scores, and what is open to the reader of the panel's."""

    own = serializers.SerializerMethodField()
    remarks = serializers.SerializerMethodField()
    panel = serializers.SerializerMethodField()
    named = serializers.SerializerMethodField()

    class Meta(CaseSerializer.Meta):
        fields = [*CaseSerializer.Meta.fields, "text", "own", "remarks", "panel", "named"]

    def _user(self) -> Any:
        return self.context["request"].user

    def _seen(self, case: CalibrationCase) -> Seen | None:
        """Read the panel's scores once, where they are open to the reader."""
        known: Any = self.context
        if "seen" not in known:
            known["seen"] = seen_by(case, self._user()) if may_compare(case, self._user()) else None
        return known["seen"]

    def _runs(self, case: CalibrationCase) -> bool:
        return bool(self._user().has_perm("reviews.see_panel", case.calibration.call))

    @extend_schema_field(GivenSerializer(allow_null=True))
    def get_own(self, case: CalibrationCase) -> dict[str, Any] | None:
        """Return one's own scores, a draft too."""
        mine = CalibrationScore.objects.filter(case=case, member__person=self._user())
        given = mine.select_related("member__person").first()
        return dict(GivenSerializer(given).data) if given else None

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_remarks(self, case: CalibrationCase) -> str | None:
        """Return what is said of the case afterwards: to members once their own scores are in."""
        return case.remarks if self._runs(case) or self._seen(case) else None

    @extend_schema_field(LineSerializer(many=True, allow_null=True))
    def get_panel(self, case: CalibrationCase) -> list[dict[str, Any]] | None:
        """Return the panel's spread, to members once their own scores are in."""
        seen = self._seen(case)
        return list(LineSerializer(seen.lines, many=True).data) if seen else None

    @extend_schema_field(GivenSerializer(many=True, allow_null=True))
    def get_named(self, case: CalibrationCase) -> list[dict[str, Any]] | None:
        """Return who gave what, to those who run the panel."""
        seen = self._seen(case) if self._runs(case) else None
        return list(GivenSerializer(seen.given, many=True).data) if seen else None


class GiveSerializer(serializers.Serializer):
    """What is to be saved of one's draft; what is left out stays."""

    revision = serializers.IntegerField(required=False, default=None, allow_null=True)
    scores = serializers.DictField(child=serializers.JSONField(), required=False)
    overall = serializers.IntegerField(required=False, allow_null=True)
    comment = serializers.CharField(required=False, allow_blank=True)


class CalibrationCaseViewSet(ReadOnly):
    """Sample cases of the exercises of one's panels; for those who run one before it is open too."""

    queryset = CalibrationCase.objects.none()
    serializer_class = CaseSerializer
    filterset_fields = ["calibration__call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        rows = CalibrationCase.objects.visible_to(self.request.user)
        return rows.select_related("calibration__call__rubric").order_by("calibration", "position")

    def get_serializer_class(self) -> Any:
        """Show one case with its text."""
        return CaseSerializer if self.action == "list" else WholeCaseSerializer

    @extend_schema(request=GiveSerializer, responses=WholeCaseSerializer)
    @action(detail=True, methods=["post"])
    def score(self, request: Request, pk: str) -> Response:
        """Save one's scores of a case as a draft."""
        try:
            calibrating.save(case=self.get_object(), by=self._user, **body_of(self, GiveSerializer))
        except StaleScores as stale:
            raise WrongState(str(stale)) from stale
        return self._now()

    @extend_schema(request=None, responses=WholeCaseSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Submit one's scores of a case, once and for good."""
        calibrating.submit(case=self.get_object(), by=self._user)
        return self._now()

    @property
    def _user(self) -> Any:
        return self.request.user

    def _now(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)
