"""The interface to places on panels: lists of people to invite, the answer, the terms, the wishes, the certificate, and one's interests."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from core.web.api import ReadOnly, body_of
from reviews.access import DECIDE, call_for
from reviews.actions import interests as declaring
from reviews.actions import panel, undertaking
from reviews.duties import must_serve
from reviews.models import Interest, PanelMember, PanelSuggestion
from reviews.panel_lines import COLUMNS, MOST_LETTERS, lines_for


class PlaceSerializer(serializers.ModelSerializer):
    """One person's place on the panel of one call."""

    call: Any = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    person = serializers.CharField(source="person.name", read_only=True)
    themes: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)
    avoids: Any = serializers.SlugRelatedField(slug_field="slug", many=True, read_only=True)

    class Meta:
        model = PanelMember
        fields = [
            "id", "call", "person", "group", "country", "is_chair", "state", "themes", "avoids", "most_content_notes",
            "least_load", "most_load", "terms_version",
        ]  # fmt: skip


class AnswerInvitationSerializer(serializers.Serializer):
    """Whether one joins the panel; who accepts accepts its terms."""

    accepts = serializers.BooleanField()
    terms = serializers.IntegerField(
        min_value=1, max_value=32_000, required=False, help_text="The version of the terms that was read."
    )


class TermsSerializer(serializers.Serializer):
    """Which version of the terms was read."""

    version = serializers.IntegerField(min_value=1, max_value=32_000)


class WishSerializer(serializers.Serializer):
    """The themes on which one reads nothing, by their slugs, and how much with a content note at the most."""

    avoids = serializers.ListField(child=serializers.SlugField(max_length=40), max_length=100)
    most_content_notes = serializers.IntegerField(min_value=0, max_value=200, allow_null=True)


class InterestSerializer(serializers.Serializer):
    """One organisation to which there is a tie."""

    name = serializers.CharField(max_length=300)
    kind = serializers.ChoiceField(choices=Interest.Kind.choices)


class InterestsSerializer(serializers.Serializer):
    """All interests as of now; an empty list says that there are none."""

    interests = serializers.ListField(child=InterestSerializer(), max_length=declaring.MOST)


class DelegateSerializer(serializers.ModelSerializer):
    """Somebody in one's place; only the administrators read this."""

    class Meta:
        model = PanelSuggestion
        fields = ["name", "email", "country", "note"]


class ListOfPeopleSerializer(serializers.Serializer):
    """People to invite to a call's panel: CSV whose first line names its columns, only checked unless `invite` is set."""

    call = serializers.SlugField()
    lines = serializers.CharField(max_length=MOST_LETTERS, trim_whitespace=False, help_text=", ".join(COLUMNS))
    invite = serializers.BooleanField(default=False)


class ListedSerializer(serializers.Serializer):
    """One line of the list: whom it names, and what is wrong with it."""

    number = serializers.IntegerField()
    name = serializers.CharField()
    email = serializers.CharField()
    problem = serializers.CharField(help_text="Empty if the line can be used, or was.")


class ReportSerializer(serializers.Serializer):
    """What came of a list."""

    is_done = serializers.BooleanField(help_text="Whether anybody was invited, or the lines only checked.")
    good = serializers.IntegerField()
    bad = serializers.IntegerField()
    lines = ListedSerializer(many=True)


class PlaceViewSet(ReadOnly):
    """Places on panels: one's own, and all for those who run them."""

    queryset = PanelMember.objects.none()
    serializer_class = PlaceSerializer
    filterset_fields = ["call__slug", "group", "state"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        rows = PanelMember.objects.visible_to(self.request.user).select_related("call", "person")
        return rows.prefetch_related("themes", "avoids").order_by("pk")

    @extend_schema(request=AnswerInvitationSerializer, responses=PlaceSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Accept or decline an invitation."""
        panel.answer(member=self.get_object(), by=self._user, **body_of(self, AnswerInvitationSerializer))
        return self._now()

    @extend_schema(request=TermsSerializer, responses=PlaceSerializer)
    @action(detail=True, methods=["post"])
    def terms(self, request: Request, pk: str) -> Response:
        """Accept the terms of the panel in the version that was read."""
        version = body_of(self, TermsSerializer)["version"]
        undertaking.accept_terms(member=self.get_object(), version=version, by=self._user)
        return self._now()

    @extend_schema(request=WishSerializer, responses=PlaceSerializer)
    @action(detail=True, methods=["post"])
    def wish(self, request: Request, pk: str) -> Response:
        """Say what one does not want to read; no reason is asked for."""
        given, member = body_of(self, WishSerializer), self.get_object()
        themes = list(member.call.themes.filter(slug__in=given["avoids"]))
        if len(themes) != len(set(given["avoids"])):
            raise ValidationError({"avoids": ["One of these is no theme of the call."]})
        panel.wish(member=member, avoids=themes, most_content_notes=given["most_content_notes"], by=self._user)
        return self._now()

    @extend_schema(request=None, responses={204: None})
    @action(detail=True, methods=["post"])
    def certify(self, request: Request, pk: str) -> Response:
        """Give the closing certificate."""
        undertaking.certify(member=self.get_object(), by=self._user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=DelegateSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def suggest(self, request: Request, pk: str) -> Response:
        """Name somebody in one's place, after declining."""
        panel.suggest(member=self.get_object(), by=self._user, **body_of(self, DelegateSerializer))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ListOfPeopleSerializer, responses=ReportSerializer)
    @action(detail=False, methods=["post"], url_path="import")
    def import_list(self, request: Request) -> Response:
        """Check a list of people line by line, and invite those whose line can be used."""
        body = body_of(self, ListOfPeopleSerializer)
        call = call_for(request, body["call"], to_see=DECIDE, to_post=DECIDE)
        lines = lines_for(call, body["lines"])
        if body["invite"]:
            lines = panel.invite_all(call=call, lines=lines, by=self._user)
        good = sum(not line.problem for line in lines)
        told = {"is_done": body["invite"], "good": good, "bad": len(lines) - good, "lines": lines}
        return Response(ReportSerializer(told).data)

    @extend_schema(request=InterestsSerializer, responses={204: None})
    @action(detail=False, methods=["post"])
    def interests(self, request: Request) -> Response:
        """Declare one's interests for a year."""
        must_serve(self._user)
        given = body_of(self, InterestsSerializer)["interests"]
        named = [declaring.Named(each["name"], each["kind"]) for each in given]
        declaring.declare_interests(person=self._user, interests=named, by=self._user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @property
    def _user(self) -> Any:
        return self.request.user

    def _now(self) -> Response:
        return Response(self.get_serializer(self.get_object()).data)
