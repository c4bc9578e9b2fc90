"""The interface to everybody who was on a panel, and to whom those who declined have named in their place."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.people.models import User
from core.web.api import ReadOnly, body_of
from core.web.requests import LARGEST_KEY
from fund.models import Call
from reviews import pool
from reviews.access import must_keep_pool
from reviews.actions import panel
from reviews.models import PanelSuggestion, StakeholderGroup
from reviews.panel_api import PlaceSerializer
from reviews.pool_forms import OPEN


class RecordSerializer(serializers.Serializer):
    """What one person did on all panels together, of the applications that the reader may see."""

    person = serializers.IntegerField(source="person.pk")
    name = serializers.CharField(source="person.name")
    organisation = serializers.CharField(source="person.organisation.name", allow_null=True, default=None)
    group = serializers.CharField(source="last.group", allow_null=True, default=None)
    country = serializers.CharField(source="last.country", allow_null=True, default=None)
    panels = serializers.IntegerField()
    declined = serializers.IntegerField(help_text="Invitations.")
    held = serializers.IntegerField(help_text="Reviews, owed or done.")
    done = serializers.IntegerField()
    in_time = serializers.IntegerField()
    share_in_time = serializers.IntegerField(allow_null=True, help_text="In per cent of those done.")
    handed_back = serializers.IntegerField()


class AgainSerializer(serializers.Serializer):
    """Whom to invite again, and to which call."""

    call = serializers.SlugField()
    person = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)


SEARCH = [
    OpenApiParameter("q", str, description="Part of a name or of an organisation’s."),
    OpenApiParameter("group", str, enum=StakeholderGroup.values, description="For whom they spoke on any panel."),
]


class PoolViewSet(viewsets.GenericViewSet):
    """Everybody who was ever invited to a panel, for those who keep the pool."""

    queryset = User.objects.none()
    serializer_class = RecordSerializer
    filterset_fields: tuple[str, ...] = ()

    @extend_schema(parameters=SEARCH, responses=RecordSerializer(many=True))
    def list(self, request: Request) -> Response:
        """Return the people by name, with their load and timeliness."""
        must_keep_pool(request.user, to_change=False)
        search, group = request.query_params.get("q", "").strip()[:100], request.query_params.get("group", "")
        known = group if group in StakeholderGroup.values else ""
        page = self.paginate_queryset(pool.people_in(search=search, group=known)) or []
        return self.get_paginated_response(RecordSerializer(pool.records_of(page, request.user), many=True).data)

    @extend_schema(request=AgainSerializer, responses={201: PlaceSerializer})
    @action(detail=False, methods=["post"])
    def invite(self, request: Request) -> Response:
        """Invite somebody to one more panel, with what they brought to their last."""
        must_keep_pool(request.user, to_change=True)
        body = body_of(self, AgainSerializer)
        call = get_object_or_404(Call.objects.filter(state__in=OPEN), slug=body["call"])
        person = get_object_or_404(pool.people_in(), pk=body["person"])
        made = panel.invite_again(call=call, person=person, by=request.user)  # type: ignore[arg-type]
        return Response(PlaceSerializer(made).data, status=status.HTTP_201_CREATED)


class SuggestionSerializer(serializers.ModelSerializer):
    """One person who was named by somebody who declined."""

    call = serializers.SlugField(source="place.call.slug", read_only=True)
    in_place_of = serializers.CharField(source="place.person.name", read_only=True)

    class Meta:
        model = PanelSuggestion
        fields = ["id", "call", "in_place_of", "name", "email", "country", "note", "made_at"]


class SuggestionViewSet(ReadOnly):
    """Whom those who declined have named in their place, for who invites; the row goes once it is settled."""

    queryset = PanelSuggestion.objects.none()
    serializer_class = SuggestionSerializer
    filterset_fields = ["place__call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the person may see."""
        rows = PanelSuggestion.objects.visible_to(self.request.user)
        return rows.select_related("place__call", "place__person").order_by("pk")

    @extend_schema(request=None, responses={201: PlaceSerializer})
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: str) -> Response:
        """Invite them, with the group, themes and loads of the place that was declined."""
        made = panel.invite_suggested(suggestion=self.get_object(), by=request.user)  # type: ignore[arg-type]
        return Response(PlaceSerializer(made).data, status=status.HTTP_201_CREATED)

    def destroy(self, request: Request, pk: str) -> Response:
        """Put the suggestion aside; nothing of the person is kept."""
        panel.put_aside(suggestion=self.get_object(), by=request.user)  # type: ignore[arg-type]
        return Response(status=status.HTTP_204_NO_CONTENT)
