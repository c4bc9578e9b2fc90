"""The interface to assignments, reviews, decisions and releases."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.models import Application
from core.language import LETTER_LANGUAGES
from core.states import WrongState
from core.web.api import ReadOnly, body_of
from core.web.requests import LARGEST_KEY
from fund.models import Call
from reviews.actions import conflicts, deciding, moving, reminding, reviewing
from reviews.models import Assignment, Decision, DecisionBasis, Release, Review, Score
from reviews.models.selection import calls_partly_shut_to


class AssignmentSerializer(serializers.ModelSerializer):
    """One reviewer's work on one application."""

    application = serializers.CharField(source="application.reference", read_only=True)
    call = serializers.CharField(source="application.call.slug", read_only=True)
    title = serializers.CharField(source="application.title", read_only=True)
    reviewer = serializers.CharField(source="member.person.name", read_only=True)

    class Meta:
        model = Assignment
        fields = ["id", "application", "call", "title", "reviewer", "state", "due_at", "released_at"]


class DeclareSerializer(serializers.Serializer):
    """The conflict declaration before the text opens."""

    has_interest = serializers.BooleanField()
    kinds = serializers.ListField(child=serializers.CharField(), required=False, default=list)
    note = serializers.CharField(required=False, default="", allow_blank=True)


class ReasonSerializer(serializers.Serializer):
    """Why."""

    reason = serializers.CharField(max_length=300)


class DueSerializer(serializers.Serializer):
    """Another date for a review."""

    due_at = serializers.DateTimeField()


class ScoreSerializer(serializers.ModelSerializer):
    """One criterion's score; `value` is empty where it does not apply."""

    criterion = serializers.SlugRelatedField(slug_field="key", read_only=True)

    class Meta:
        model = Score
        fields = ["criterion", "value", "is_not_applicable", "comment"]


class ReviewSerializer(serializers.ModelSerializer):
    """A review with its scores; private notes are nobody's but the reviewer's."""

    application = serializers.CharField(source="assignment.application.reference", read_only=True)
    state = serializers.CharField(source="assignment.state", read_only=True)
    scores = ScoreSerializer(many=True, read_only=True)

    class Meta:
        model = Review
        fields = [
            "id", "assignment", "application", "state", "overall", "scores", "public_comment", "private_comment",
            "saved_at", "submitted_at", "revision",
        ]  # fmt: skip


class SaveReviewSerializer(serializers.Serializer):
    """What is to be saved of a draft; what is left out stays."""

    revision = serializers.IntegerField(required=False, default=None, allow_null=True)
    scores = serializers.DictField(child=serializers.JSONField(), required=False)
    overall = serializers.IntegerField(required=False, allow_null=True)
    public_comment = serializers.CharField(required=False, allow_blank=True)
    private_comment = serializers.CharField(required=False, allow_blank=True)


class AssignmentViewSet(ReadOnly):
    """Assignments: one's own queue, and for those who run the panel all but what they are recused from."""

    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer
    filterset_fields = ["state", "application__call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        visible = Assignment.objects.visible_to(self.request.user)
        return visible.select_related("application__call", "member__person").order_by("due_at", "pk")

    @extend_schema(request=DeclareSerializer, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"])
    def declare(self, request: Request, pk: str) -> Response:
        """Declare a conflict of interest, or that there is none."""
        conflicts.declare(assignment=self.get_object(), by=request.user, **body_of(self, DeclareSerializer))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=ReviewSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Open one's draft review of the application."""
        review = reviewing.open(assignment=self.get_object(), by=request.user)
        return Response(ReviewSerializer(review).data)

    @extend_schema(request=None, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Submit one's review."""
        reviewing.submit(assignment=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=ReasonSerializer, responses=None)
    @action(detail=True, methods=["post"], url_path="hand-back")
    def hand_back(self, request: Request, pk: str) -> Response:
        """Hand an assignment back, with the reason."""
        reason = body_of(self, ReasonSerializer)["reason"]
        reviewing.hand_back(assignment=self.get_object(), reason=reason, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=DueSerializer, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"])
    def due(self, request: Request, pk: str) -> Response:
        """Give a review that is owed another date; its reviewer is told."""
        mine = self.get_object()
        moving.move_due(call=mine.application.call, assignments=[mine], by=request.user, **body_of(self, DueSerializer))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=None)
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, pk: str) -> Response:
        """Remind a reviewer of all that they owe in the call; nobody twice within a day."""
        mine = self.get_object()
        reminding.remind(call=mine.application.call, members=[mine.member], by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReviewViewSet(ReadOnly):
    """Reviews: one's own, and others' as the pages show them."""

    queryset = Review.objects.none()
    serializer_class = ReviewSerializer
    filterset_fields = ["assignment__application__call__slug", "assignment__application__reference"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        visible = Review.objects.visible_to(self.request.user).select_related("assignment__application")
        return visible.prefetch_related("scores__criterion").order_by("pk")

    @extend_schema(request=SaveReviewSerializer, responses=ReviewSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Save a part of one's draft; an outdated `revision` is refused with 409."""
        try:
            reviewing.save(review=self.get_object(), by=request.user, **body_of(self, SaveReviewSerializer))
        except reviewing.StaleReview as error:
            raise WrongState(str(error)) from error
        return Response(self.get_serializer(self.get_object()).data)


class DecisionSerializer(serializers.ModelSerializer):
    """A decision on one application."""

    application = serializers.CharField(source="application.reference", read_only=True)
    award = serializers.SlugRelatedField(slug_field="number", read_only=True)

    class Meta:
        model = Decision
        fields = [
            "id", "application", "outcome", "amount", "rationale", "special_conditions", "language", "state",
            "prepared_at", "approved_at", "award",
        ]  # fmt: skip


class BasisSerializer(serializers.ModelSerializer):
    """What an approved decision rests on; `ranking` and `draw` are empty where not every score of the call is open."""

    content = serializers.SerializerMethodField()

    class Meta:
        model = DecisionBasis
        fields = ["decision", "digest", "frozen_at", "content"]

    def get_content(self, basis: DecisionBasis) -> dict[str, Any]:
        """Leave out what was worked out from applications that are shut to the reader."""
        if not self.context["is_partly_shut"]:
            return dict(basis.content)
        return basis.content | {"ranking": None, "draw": None}


class PrepareSerializer(serializers.Serializer):
    """A decision to prepare."""

    application = serializers.CharField(help_text="The reference.")
    outcome = serializers.ChoiceField(choices=Decision.Outcome.choices)
    amount = serializers.DecimalField(max_digits=18, decimal_places=3, required=False, default=None, allow_null=True)
    rationale = serializers.CharField()
    special_conditions = serializers.CharField(required=False, default="", allow_blank=True)
    language = serializers.ChoiceField(
        choices=LETTER_LANGUAGES, required=False, help_text="Of the letter; the applicant’s own if left out."
    )


class ReleaseSerializer(serializers.ModelSerializer):
    """A release of decisions, with the batch that makes their letters."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)

    class Meta:
        model = Release
        fields = ["id", "call", "visible_at", "released_at", "batch"]


class MakeReleaseSerializer(serializers.Serializer):
    """Which approved decisions to release, and when they become visible; all of the call's without `decisions`."""

    call = serializers.SlugField()
    decisions = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=LARGEST_KEY),
        required=False,
        default=None,
        allow_null=True,
    )
    visible_at = serializers.DateTimeField(required=False, default=None, allow_null=True)


class DecisionViewSet(ReadOnly):
    """Decisions: released ones for their applicants, all but recused ones for the people of the fund."""

    queryset = Decision.objects.none()
    serializer_class = DecisionSerializer
    filterset_fields = ["outcome", "state", "application__call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Decision.objects.visible_to(self.request.user).select_related("application", "award").order_by("pk")

    @extend_schema(request=PrepareSerializer, responses={201: DecisionSerializer})
    def create(self, request: Request) -> Response:
        """Prepare a decision; a second person approves it."""
        body = body_of(self, PrepareSerializer)
        visible = Application.objects.visible_to_fund(request.user)
        application = get_object_or_404(visible, reference=body.pop("application"))
        decision = deciding.prepare(application=application, by=request.user, **body)
        return Response(self.get_serializer(decision).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=DecisionSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Approve a decision that somebody else prepared."""
        deciding.approve(decision=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=BasisSerializer)
    @action(detail=True)
    def basis(self, request: Request, pk: str) -> Response:
        """Return what the decision rests on, as it was frozen at its approval."""
        decision = self.get_object()
        found = get_object_or_404(DecisionBasis.objects.visible_to(request.user), decision=decision)
        shut = calls_partly_shut_to(request.user).filter(call=decision.application.call_id).exists()
        return Response(BasisSerializer(found, context={"is_partly_shut": shut}).data)

    @extend_schema(request=MakeReleaseSerializer, responses={201: ReleaseSerializer})
    @action(detail=False, methods=["post"])
    def release(self, request: Request) -> Response:
        """Release approved decisions; their letters are made in the background."""
        body = body_of(self, MakeReleaseSerializer)
        call = get_object_or_404(Call.objects.visible_to(request.user), slug=body["call"])
        if not request.user.has_perm("fund.run_call", call):
            raise PermissionDenied(_("Decisions are released by administrators who have no tie to the applications."))
        chosen = self._chosen(call, body["decisions"])
        released = deciding.release(call=call, decisions=chosen, visible_at=body["visible_at"], by=request.user)
        return Response(ReleaseSerializer(released).data, status=status.HTTP_201_CREATED)

    def _chosen(self, call: Call, keys: list[int] | None) -> Any:
        """Return the decisions that were named, or all approved ones of the call."""
        of_call = self.get_queryset().filter(application__call=call)
        if keys is None:
            return of_call.filter(state=Decision.State.APPROVED)
        chosen = of_call.filter(pk__in=keys)
        if chosen.count() != len(set(keys)):
            raise ValidationError({"decisions": _("One of these decisions does not exist or is not open to you.")})
        return chosen
