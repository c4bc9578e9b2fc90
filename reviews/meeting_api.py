"""The interface to panel meetings: what one may see of them, one's vote, and the steps of who leads them."""

from collections.abc import Callable
from typing import Any, cast

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.people.models import User
from core.web.api import ReadOnly, body_of
from core.web.requests import LARGEST_KEY
from fund.models import Call
from reviews.actions import discussing
from reviews.actions import meeting as meetings
from reviews.meeting_seen import Item, seen_by
from reviews.models import Ballot, Meeting, MeetingItem, Recommendation
from reviews.models.panel import calls_chaired_by


class MeetingSerializer(serializers.ModelSerializer):
    """One meeting of a panel."""

    call = serializers.SlugField(source="call.slug", read_only=True)

    class Meta:
        model = Meeting
        fields = [
            "id", "call", "state", "starts_at", "place", "quorum", "least_groups", "minutes_each", "departures",
            "is_least", "opened_at", "closed_at",
        ]  # fmt: skip


class VotesSerializer(serializers.Serializer):
    """How many voted for one advice."""

    advice = serializers.CharField()
    votes = serializers.IntegerField()


class ItemSerializer(serializers.Serializer):
    """One application on the agenda; of what the reader leaves the room for, nothing but that."""

    id = serializers.IntegerField(source="row.pk")
    position = serializers.IntegerField()
    application = serializers.CharField(source="row.application.reference")
    title = serializers.CharField(source="row.application.title")
    you_leave = serializers.BooleanField(source="is_shut")
    out = serializers.ListField(child=serializers.CharField())
    started_at = serializers.DateTimeField(source="row.started_at", allow_null=True)
    voting_at = serializers.DateTimeField(source="row.voting_at", allow_null=True)
    ended_at = serializers.DateTimeField(source="row.ended_at", allow_null=True)
    votes = serializers.IntegerField(allow_null=True)
    recommendation = serializers.CharField(source="advice")
    note = serializers.SerializerMethodField()
    tally = serializers.SerializerMethodField()
    overall_before = serializers.DecimalField(source="before", max_digits=6, decimal_places=1, allow_null=True)
    overall_after = serializers.DecimalField(source="after", max_digits=6, decimal_places=1, allow_null=True)

    def get_note(self, item: Item) -> str:
        """Return what the minutes say of it, for those who were in the room."""
        return "" if item.is_shut else item.row.note

    @extend_schema_field(VotesSerializer(many=True))
    def get_tally(self, item: Item) -> list[dict[str, Any]]:
        """Return the votes by advice, once the application is concluded."""
        return [{"advice": label, "votes": number} for label, number in item.tally]


class MinutesSerializer(serializers.Serializer):
    """The text; with what one writes, `seen` is of the text that it was made from, which nobody may have changed since."""

    text = serializers.CharField(max_length=100_000)
    seen = serializers.CharField(max_length=40)


class AgendaSerializer(MeetingSerializer):
    """One meeting with its agenda, and its minutes: once they are approved, and before that for who may write them."""

    items = serializers.SerializerMethodField()
    minutes = serializers.SerializerMethodField()

    class Meta(MeetingSerializer.Meta):
        fields = [*MeetingSerializer.Meta.fields, "items", "minutes"]

    @extend_schema_field(MinutesSerializer(allow_null=True))
    def get_minutes(self, meeting: Meeting) -> dict[str, str] | None:
        """Return the text beside the record of the applications, and what tells it from any other."""
        is_writer = self.context["request"].user.reads_all or meeting.is_chaired  # type: ignore[attr-defined]
        if meeting.state != Meeting.State.CLOSED and not is_writer:
            return None
        return {"text": meeting.minutes, "seen": meeting.minutes_seen}

    @extend_schema_field(ItemSerializer(many=True))
    def get_items(self, meeting: Meeting) -> list[dict[str, Any]]:
        """Return the agenda as the reader may see it."""
        seen = seen_by(meeting, self.context["request"].user)
        return list(ItemSerializer(seen.items, many=True).data)


class OnItemSerializer(serializers.Serializer):
    """Which application on the agenda."""

    item = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)


class VoteSerializer(OnItemSerializer):
    """One's vote on the application under discussion."""

    advice = serializers.ChoiceField(Ballot.Advice.choices)
    overall = serializers.IntegerField(required=False, allow_null=True, default=None)


class ConcludeSerializer(OnItemSerializer):
    """What the panel recommends."""

    kind = serializers.ChoiceField(Recommendation.Kind.choices)
    rationale = serializers.CharField()
    amount = serializers.DecimalField(required=False, allow_null=True, default=None, max_digits=14, decimal_places=2)
    rank = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=999)
    note = serializers.CharField(required=False, allow_blank=True, default="")


class PresentSerializer(serializers.Serializer):
    """The places on the panel of those who are in the meeting."""

    members = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=LARGEST_KEY), max_length=500)


class PlanSerializer(serializers.Serializer):
    """A meeting to come; without references it takes up all that are with the panel."""

    call = serializers.SlugField()
    starts_at = serializers.DateTimeField()
    place = serializers.CharField(required=False, allow_blank=True, default="", max_length=300)
    quorum = serializers.IntegerField(min_value=1, max_value=99)
    least_groups = serializers.IntegerField(required=False, default=2, min_value=1, max_value=6)
    minutes_each = serializers.IntegerField(required=False, default=10, min_value=1, max_value=240)
    references = serializers.ListField(
        child=serializers.CharField(max_length=40), required=False, allow_null=True, default=None, max_length=2000
    )


class ApproveMinutesSerializer(serializers.Serializer):
    """The text that one has read."""

    seen = serializers.CharField(max_length=40)


class MeetingViewSet(ReadOnly):
    """Meetings of one's panels; for administrators and auditors all."""

    queryset = Meeting.objects.none()
    serializer_class = MeetingSerializer
    filterset_fields = ["state", "call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the pages show, with `is_chaired` where one chairs the panel."""
        chaired = calls_chaired_by(self.request.user).filter(call=OuterRef("call"))
        found = Meeting.objects.visible_to(self.request.user).annotate(is_chaired=Exists(chaired))
        return found.select_related("call").order_by("-starts_at", "pk")

    def get_serializer_class(self) -> Any:
        """Show one meeting with its agenda."""
        return MeetingSerializer if self.action == "list" else AgendaSerializer

    def _answer(self) -> Response:
        return Response(AgendaSerializer(self.get_object(), context=self.get_serializer_context()).data)

    def _act(self, act: Callable[..., Any], body: dict[str, Any]) -> None:
        item = get_object_or_404(MeetingItem, meeting=self.get_object(), pk=body.pop("item"))
        act(item=item, by=self.request.user, **body)

    def _on_item(self, act: Callable[..., Any], body: dict[str, Any]) -> Response:
        self._act(act, body)
        return self._answer()

    @extend_schema(request=PlanSerializer, responses={201: AgendaSerializer})
    def create(self, request: Request) -> Response:
        """Plan a meeting, and tell the panel."""
        body, by = body_of(self, PlanSerializer), cast(User, request.user)
        call = get_object_or_404(Call.objects.visible_to(by), slug=body.pop("call"))
        made = meetings.plan(call=call, by=by, **body)
        told = AgendaSerializer(self.get_queryset().get(pk=made.pk), context=self.get_serializer_context())
        return Response(told.data, status=status.HTTP_201_CREATED)

    @extend_schema(request=MinutesSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["put"])
    def minutes(self, request: Request, pk: str) -> Response:
        """Write the minutes."""
        by = cast(User, request.user)
        meetings.write_minutes(meeting=self.get_object(), by=by, **body_of(self, MinutesSerializer))
        return self._answer()

    @extend_schema(request=ApproveMinutesSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["post"], url_path="approve-minutes")
    def approve_minutes(self, request: Request, pk: str) -> Response:
        """Approve what somebody else wrote; the meeting is closed."""
        by = cast(User, request.user)
        meetings.approve_minutes(meeting=self.get_object(), by=by, **body_of(self, ApproveMinutesSerializer))
        return self._answer()

    @extend_schema(request=VoteSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, pk: str) -> Response:
        """Vote on the application under discussion; voted again, the last one counts."""
        self._act(discussing.cast, body_of(self, VoteSerializer))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=None, responses=AgendaSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Open the meeting."""
        by = cast(User, request.user)
        meetings.open_meeting(meeting=self.get_object(), by=by)
        return self._answer()

    @extend_schema(request=PresentSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["post"])
    def present(self, request: Request, pk: str) -> Response:
        """Say who is in the meeting now."""
        by = cast(User, request.user)
        meetings.mark_present(meeting=self.get_object(), by=by, **body_of(self, PresentSerializer))
        return self._answer()

    @extend_schema(request=OnItemSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["post"])
    def begin(self, request: Request, pk: str) -> Response:
        """Take up an application."""
        return self._on_item(discussing.begin, body_of(self, OnItemSerializer))

    @extend_schema(request=OnItemSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["post"], url_path="call-vote")
    def call_vote(self, request: Request, pk: str) -> Response:
        """Let those in the room vote."""
        return self._on_item(discussing.call_vote, body_of(self, OnItemSerializer))

    @extend_schema(request=OnItemSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["post"], url_path="put-off")
    def put_off(self, request: Request, pk: str) -> Response:
        """Leave an application for later in this meeting."""
        return self._on_item(discussing.put_off, body_of(self, OnItemSerializer))

    @extend_schema(request=ConcludeSerializer, responses=AgendaSerializer)
    @action(detail=True, methods=["post"])
    def conclude(self, request: Request, pk: str) -> Response:
        """Record what the panel recommends on the application under discussion."""
        return self._on_item(discussing.conclude, body_of(self, ConcludeSerializer))
