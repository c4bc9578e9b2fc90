"""The interface to reports and exports: ordered here, made in the background, found among one's documents."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.models import Application
from core.jobs.models import Batch
from core.web.api import body_of
from core.web.limits import RATES, limit, who
from core.web.requests import LARGEST_KEY
from fund.models import Call
from reports import sheets
from reports.books import ask_for_book, ask_for_books
from reports.minutes import ask_for_minutes
from reports.rankings import ask_for_ranking_report
from reports.review_exports import ask_for_reviews
from reports.submitted import ask_for_copy
from reviews.access import SEE, call_for
from reviews.models import Meeting


class OrderReportSerializer(serializers.Serializer):
    """Of which call to print something."""

    call = serializers.SlugField()


class OrderCopySerializer(serializers.Serializer):
    """Which application to print as it was submitted."""

    reference = serializers.CharField(max_length=30)


class OrderMinutesSerializer(serializers.Serializer):
    """Which meeting's minutes to print."""

    meeting = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)


class OrderReviewsSerializer(serializers.Serializer):
    """Which call's reviews to export, as what, and whether with the names of reviewers."""

    call = serializers.SlugField()
    file = serializers.ChoiceField(choices=[(kind, kind.upper()) for kind in sheets.KINDS])
    is_named = serializers.BooleanField(default=False)


class OrderSerializer(serializers.ModelSerializer):
    """The batch that makes what was ordered."""

    batch = serializers.IntegerField(source="pk", read_only=True)

    class Meta:
        model = Batch
        fields = ["batch", "title"]


class OrderViewSet(viewsets.GenericViewSet):
    """Orders of documents that are made for one person."""

    queryset = Batch.objects.none()
    serializer_class = OrderSerializer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Count an order together with those that the person makes on pages."""
        super().initial(request, *args, **kwargs)
        limit("export", who(request), *RATES["export"])

    @extend_schema(request=OrderReportSerializer, responses={201: OrderSerializer})
    @action(detail=False, methods=["post"])
    def ranking(self, request: Request) -> Response:
        """Order one's own copy of the ranking of a call, as PDF."""
        call = call_for(request, body_of(self, OrderReportSerializer)["call"], to_post=SEE)
        return self._ordered(ask_for_ranking_report(call=call, by=request.user))

    @extend_schema(request=OrderReportSerializer, responses={201: OrderSerializer})
    @action(detail=False, methods=["post"])
    def book(self, request: Request) -> Response:
        """Order one's own copy of the panel book of a call, with what one may read, as PDF."""
        slug = body_of(self, OrderReportSerializer)["call"]
        call = get_object_or_404(Call.objects.visible_to(request.user), slug=slug)
        return self._ordered(ask_for_book(call=call, by=request.user))

    @extend_schema(request=OrderReportSerializer, responses={201: OrderSerializer})
    @action(detail=False, methods=["post"])
    def books(self, request: Request) -> Response:
        """Order a copy of the panel book for each member, which only they can read."""
        call = call_for(request, body_of(self, OrderReportSerializer)["call"])
        return self._ordered(ask_for_books(call=call, by=request.user))

    @extend_schema(request=OrderCopySerializer, responses={201: OrderSerializer})
    @action(detail=False, methods=["post"])
    def application(self, request: Request) -> Response:
        """Order one's own copy of an application as it was submitted, with what was attached, as PDF."""
        visible = Application.objects.visible_to(request.user).filter(current__isnull=False)
        found = get_object_or_404(visible, reference=body_of(self, OrderCopySerializer)["reference"])
        return self._ordered(ask_for_copy(application=found, by=request.user))

    @extend_schema(request=OrderMinutesSerializer, responses={201: OrderSerializer})
    @action(detail=False, methods=["post"])
    def minutes(self, request: Request) -> Response:
        """Order one's own copy of the approved minutes of a meeting, as PDF."""
        asked = body_of(self, OrderMinutesSerializer)["meeting"]
        meeting = get_object_or_404(Meeting.objects.visible_to(request.user), pk=asked)
        return self._ordered(ask_for_minutes(meeting=meeting, by=request.user))

    @extend_schema(request=OrderReviewsSerializer, responses={201: OrderSerializer})
    @action(detail=False, methods=["post"])
    def reviews(self, request: Request) -> Response:
        """Order the reviews of a call that one may read, as a file of one's own."""
        body = body_of(self, OrderReviewsSerializer)
        call = call_for(request, body.pop("call"), to_post=SEE)
        batch = ask_for_reviews(call=call, kind=body["file"], is_named=body["is_named"], by=request.user)
        return self._ordered(batch)

    def _ordered(self, batch: Batch) -> Response:
        return Response(OrderSerializer(batch).data, status=status.HTTP_201_CREATED)
