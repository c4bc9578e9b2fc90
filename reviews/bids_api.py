"""The interface to what members say of reviewing an application."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from core.web.api import ReadOnly, body_of
from reviews import bids
from reviews.actions import bidding
from reviews.models import Bid


class BidSerializer(serializers.ModelSerializer):
    """One member's word on one application."""

    application = serializers.CharField(source="application.reference", read_only=True)
    member = serializers.CharField(source="member.person.name", read_only=True)

    class Meta:
        model = Bid
        fields = ["id", "application", "member", "word", "said_at"]


class SaySerializer(serializers.Serializer):
    """One's own word on an application; an empty one takes it back."""

    call = serializers.SlugField()
    application = serializers.CharField(help_text="The reference.")
    word = serializers.ChoiceField(choices=Bid.Word.choices, allow_blank=True)


class BidViewSet(ReadOnly):
    """Own words on applications: one's own, and for those who run a panel its members'."""

    queryset = Bid.objects.none()
    serializer_class = BidSerializer
    filterset_fields = ["application__call__slug", "application__reference", "word"]

    def get_queryset(self) -> Any:
        """Keep what the person may see."""
        return Bid.objects.visible_to(self.request.user).select_related("application", "member__person").order_by("pk")

    @extend_schema(request=SaySerializer, responses={204: None})
    def create(self, request: Request) -> Response:
        """Say whether one can review an application."""
        given = body_of(self, SaySerializer)
        place = get_object_or_404(
            bids.places_of(request.user).select_related("call", "person"), call__slug=given["call"]
        )
        if not place.has_agreed:
            raise PermissionDenied(_("Accept the terms of the panel first; summaries are confidential."))
        application = get_object_or_404(bids.open_to(place), reference=given["application"])
        bidding.say(call=place.call, words={application.pk: given["word"]}, by=place.person)
        return Response(status=status.HTTP_204_NO_CONTENT)
