"""The interface to what members say of reviewing an application."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.models import Application
from core.interests.models import Declaration
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


class TieSerializer(serializers.Serializer):
    """A tie of one's own to an application."""

    call = serializers.SlugField()
    application = serializers.CharField(help_text="The reference.")
    kinds = serializers.ListField(child=serializers.ChoiceField(choices=Declaration.Kind.choices), max_length=20)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=2000)


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
        application = self._open(given["call"], given["application"])
        bidding.say(call=application.call, words={application.pk: given["word"]}, by=self._user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=TieSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def tie(self, request: Request) -> Response:
        """Declare a tie to an application before anybody is assigned to it; it leaves one's list at once."""
        given = body_of(self, TieSerializer)
        application = self._open(given["call"], given["application"])
        bidding.declare_tie(application=application, kinds=given["kinds"], note=given["note"], by=self._user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @property
    def _user(self) -> Any:
        return self.request.user

    def _open(self, call: str, reference: str) -> Application:
        """Return an application that the person may say something of."""
        place = get_object_or_404(bids.places_of(self._user).select_related("call", "person"), call__slug=call)
        if not place.has_agreed:
            raise PermissionDenied(_("Accept the terms of the panel first; summaries are confidential."))
        return get_object_or_404(bids.open_to(place).select_related("call"), reference=reference)
