"""The interface to how the applications of a call came out, its funding line, and its draws."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.web.api import ReadOnly, body_of
from fund.models import Call
from reviews import order, scoring, standing
from reviews.access import call_for
from reviews.actions import drawing
from reviews.actions.ranking import ask_for_ranking
from reviews.api import DecisionSerializer
from reviews.models import Draw, FundingRule, RankingRun
from reviews.models.selection import rule_of
from reviews.order import Order, Placed
from reviews.order_seen import seen_by
from reviews.sureness import sentences


class RankedSerializer(serializers.Serializer):
    """How one application stands; what is worked out by the ranking is empty until it is."""

    application = serializers.CharField()
    title = serializers.CharField()
    amount = serializers.DecimalField(
        max_digits=18, decimal_places=3, allow_null=True, help_text="What the applicant asks for."
    )
    advised_amount = serializers.DecimalField(
        max_digits=18, decimal_places=3, allow_null=True, help_text="What the panel advises to give, if it says so."
    )
    counted_amount = serializers.DecimalField(
        max_digits=18, decimal_places=3, allow_null=True,
        help_text="What counts at the funding line: the advised amount, else the one asked for.",
    )  # fmt: skip
    rank = serializers.IntegerField(allow_null=True)
    mean = serializers.DecimalField(max_digits=9, decimal_places=4, allow_null=True)
    spread = serializers.DecimalField(max_digits=9, decimal_places=4, allow_null=True)
    overall = serializers.DecimalField(max_digits=9, decimal_places=4, allow_null=True)
    groups = serializers.DictField(child=serializers.DecimalField(max_digits=9, decimal_places=4))
    disagree = serializers.BooleanField()
    reviews = serializers.IntegerField()
    expected_rank = serializers.FloatField(allow_null=True)
    interval = serializers.ListField(child=serializers.IntegerField(), allow_null=True)
    calibrated = serializers.FloatField(allow_null=True)
    against_line = serializers.ChoiceField(choices=["", *order.WORDS])


class RankingSerializer(serializers.Serializer):
    """The ranking of a call over the applications that the asking person may see."""

    call = serializers.SlugField()
    is_limited = serializers.BooleanField(help_text="Whether applications are left out that the person may not see.")
    model = serializers.CharField(allow_null=True)
    seed = serializers.IntegerField(allow_null=True)
    digest = serializers.CharField(allow_null=True)
    line = serializers.FloatField(allow_null=True, help_text="The expected rank of the last that the budget pays for.")
    fundable = serializers.IntegerField()
    alpha = serializers.FloatField(allow_null=True, help_text="Krippendorff’s, for scores with equal steps.")
    reliability = serializers.FloatField(allow_null=True, help_text="Of the mean of as many reviews as there are.")
    sentences = serializers.ListField(child=serializers.CharField())
    applications = RankedSerializer(many=True)


class LeniencySerializer(serializers.Serializer):
    """How much higher than the panel a member scores."""

    member = serializers.IntegerField(source="reviewer")
    mean = serializers.FloatField()
    sd = serializers.FloatField()
    count = serializers.IntegerField()


class RuleSerializer(serializers.ModelSerializer):
    """What happens at the funding line."""

    class Meta:
        model = FundingRule
        fields = ["budget", "draw", "threshold"]
        extra_kwargs = {"budget": {"required": True}, "draw": {"required": True}}


class RankingViewSet(viewsets.GenericViewSet):
    """How the applications of a call came out, for those who run it."""

    queryset = Call.objects.none()
    serializer_class = RankingSerializer
    lookup_field = "slug"
    pagination_class = None

    @extend_schema(responses=RankingSerializer)
    def retrieve(self, request: Request, slug: str) -> Response:
        """Return all figures, and the expected ranks if they are worked out for the present scores."""
        call = call_for(request, slug)
        seen = seen_by(call, request.user)
        agreement = order.agreement_of(seen.results)
        return Response(RankingSerializer(_whole(call, seen.drawn, seen.run, agreement) | {
            "is_limited": standing.is_limited(call, request.user),
        }).data)  # fmt: skip

    @extend_schema(request=None, responses={202: None})
    @action(detail=True, methods=["post"])
    def compute(self, request: Request, slug: str) -> Response:
        """Have the expected ranks worked out in the background."""
        ask_for_ranking(call=call_for(request, slug), by=request.user)
        return Response(status=status.HTTP_202_ACCEPTED)

    @extend_schema(responses=LeniencySerializer(many=True))
    @action(detail=True)
    def leniency(self, request: Request, slug: str) -> Response:
        """Return the leniency of each reviewer, for the chair only."""
        call = call_for(request, slug, to_see="reviews.see_leniency")
        found = order.read(order.run_of(call, standing.results_of(call, request.user)))
        return Response(LeniencySerializer(found.reviewers if found else (), many=True).data)

    @extend_schema(responses=RuleSerializer)
    @action(detail=True)
    def rule(self, request: Request, slug: str) -> Response:
        """Return what happens at the funding line."""
        return Response(RuleSerializer(rule_of(call_for(request, slug))).data)

    @extend_schema(request=RuleSerializer, responses=RuleSerializer)
    @rule.mapping.put
    def set_rule(self, request: Request, slug: str) -> Response:
        """Say what happens at the funding line."""
        call = call_for(request, slug)
        made = drawing.set_rule(call=call, by=request.user, **body_of(self, RuleSerializer))
        return Response(RuleSerializer(made).data)


def _whole(call: Call, found: Order, run: RankingRun | None, agreement: order.Agreement) -> dict[str, Any]:
    ranking = found.ranking
    return {
        "call": call.slug, "model": ranking and ranking.version, "seed": run and run.seed, "digest": run and run.digest,
        "line": found.line and found.line.line, "fundable": found.fundable, "alpha": agreement.alpha,
        "reliability": agreement.of_mean, "sentences": sentences(agreement, ranking),
        "applications": [_row(each) for each in found.rows],
    }  # fmt: skip


def _row(row: Placed) -> dict[str, Any]:
    result, place = row.result, row.ranked
    return {
        "application": str(result.application.reference), "title": result.application.title,
        "amount": result.application.amount, "advised_amount": row.advised, "counted_amount": row.takes, "rank": result.rank, "mean": _figure(result.mean),
        "spread": _figure(result.spread), "overall": _figure(result.overall),
        "groups": {group: _figure(value) for group, value in result.groups.items()}, "disagree": result.disagree,
        "reviews": result.reviews_in, "expected_rank": place and round(place.expected_rank, 6),
        "interval": place and list(place.interval), "calibrated": place and round(place.calibrated, 6),
        "against_line": row.against,
    }  # fmt: skip


def _figure(value: Decimal | None) -> Decimal | None:
    return scoring.shown(value, 4)


class LotSerializer(serializers.Serializer):
    """One application of a pool."""

    reference = serializers.CharField()
    amount = serializers.DecimalField(max_digits=18, decimal_places=3)


class DrawSerializer(serializers.ModelSerializer):
    """A draw: what was fixed before, and the order once it was held. `order` is by HMAC-SHA256(seed, reference)."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    pool = LotSerializer(source="lots", many=True, read_only=True)
    order = serializers.ListField(child=serializers.CharField(), read_only=True)
    funded = serializers.ListField(child=serializers.CharField(), read_only=True)
    fingerprint = serializers.CharField(read_only=True)

    class Meta:
        model = Draw
        fields = [
            "id", "call", "rule", "skips", "pool", "money", "seed", "fingerprint", "fixed_at", "order", "funded",
            "drawn_at", "annulled_at", "annul_reason",
        ]  # fmt: skip


class FixSerializer(serializers.Serializer):
    """Which call's draw to fix; without a seed a random one is made."""

    call = serializers.SlugField()
    seed = serializers.CharField(required=False, default="", allow_blank=True)


class AnnulSerializer(serializers.Serializer):
    """Why a draw is annulled."""

    reason = serializers.CharField(max_length=300)


class DrawViewSet(ReadOnly):
    """Draws of calls, for those who may know every score of the call."""

    queryset = Draw.objects.none()
    serializer_class = DrawSerializer
    filterset_fields = ["call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Draw.objects.visible_to(self.request.user).select_related("call__fund").order_by("pk")

    @extend_schema(request=FixSerializer, responses={201: DrawSerializer})
    def create(self, request: Request) -> Response:
        """Fix the pool and the seed of a draw."""
        body = body_of(self, FixSerializer)
        call = get_object_or_404(Call.objects.visible_to(request.user), slug=body["call"])
        if not request.user.has_perm("fund.run_call", call):
            raise PermissionDenied(_("A draw is run by fund administrators."))
        return Response(
            self.get_serializer(drawing.fix(call=call, seed=body["seed"], by=request.user)).data,
            status=status.HTTP_201_CREATED,
        )

    @extend_schema(request=None, responses=DrawSerializer)
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        """Hold a fixed draw, once."""
        return Response(self.get_serializer(drawing.draw(draw=self.get_object(), by=request.user)).data)

    @extend_schema(request=None, responses=DecisionSerializer(many=True))
    @action(detail=True, methods=["post"])
    def prepare(self, request: Request, pk: str) -> Response:
        """Prepare the decisions that follow from the draw, where nothing is decided yet."""
        made = drawing.prepare_decisions(draw=self.get_object(), by=request.user)
        return Response(DecisionSerializer(made, many=True).data)

    @extend_schema(request=AnnulSerializer, responses=DrawSerializer)
    @action(detail=True, methods=["post"])
    def annul(self, request: Request, pk: str) -> Response:
        """Take a draw out of force, with the reason."""
        reason = body_of(self, AnnulSerializer)["reason"]
        return Response(self.get_serializer(drawing.annul(draw=self.get_object(), reason=reason, by=request.user)).data)
