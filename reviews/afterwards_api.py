"""The interface to feedback, and to what applicants ask about decisions, for both sides."""

from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.models import Application
from core.web.api import ReadOnly, body_of
from reviews.actions import answering, feedback
from reviews.models import DecisionInquiry, Feedback


class PartSerializer(serializers.Serializer):
    """One part of a feedback."""

    heading = serializers.CharField(read_only=True)
    text = serializers.CharField(allow_blank=True, max_length=feedback.LONGEST)


class FeedbackSerializer(serializers.ModelSerializer):
    """What an applicant learns from the reviews."""

    reference = serializers.CharField(source="application.reference", read_only=True)
    parts = serializers.SerializerMethodField()
    seen = serializers.CharField(read_only=True)

    class Meta:
        model = Feedback
        fields = ["id", "application", "reference", "parts", "seen", "edited_at", "approved_at"]

    @extend_schema_field(PartSerializer(many=True))
    def get_parts(self, row: Feedback) -> list[dict[str, str]]:
        """Name the heading and the text of each part."""
        return [{"heading": label, "text": text} for label, text in row.parts]


class ComposeSerializer(serializers.Serializer):
    """Which application's feedback to begin."""

    application = serializers.IntegerField()


class SeenSerializer(serializers.Serializer):
    """Which texts one has read; what was changed since is refused."""

    seen = serializers.CharField(required=False, max_length=20, help_text="As the feedback gives it.")


class TextsSerializer(SeenSerializer):
    """The texts of all parts, in their order."""

    parts = PartSerializer(many=True)


class FeedbackViewSet(ReadOnly):
    """Feedback: on one's own applications once it is known, and on those that one may judge."""

    queryset = Feedback.objects.none()
    serializer_class = FeedbackSerializer
    filterset_fields = ["application"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Feedback.objects.visible_to(self.request.user).select_related("application").order_by("pk")

    @extend_schema(request=ComposeSerializer, responses={201: FeedbackSerializer})
    def create(self, request: Request) -> Response:
        """Begin the feedback with the public comments."""
        visible = Application.objects.visible_to_fund(request.user)
        application = get_object_or_404(visible, pk=body_of(self, ComposeSerializer)["application"])
        made = feedback.compose(application=application, by=request.user)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TextsSerializer, responses=FeedbackSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        """Change the texts; an approval falls with any change."""
        found = self.get_object()
        given = body_of(self, TextsSerializer)
        texts = {number: part["text"] for number, part in enumerate(given.pop("parts"))}
        if len(texts) != len(found.parts):
            raise ValidationError({"parts": _("Give as many parts as there are, in their order.")})
        return Response(self.get_serializer(feedback.edit(feedback=found, texts=texts, by=request.user, **given)).data)

    @extend_schema(request=SeenSerializer, responses=FeedbackSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Approve what somebody else wrote."""
        given = body_of(self, SeenSerializer)
        found = feedback.approve(feedback=self.get_object(), by=request.user, **given)
        return Response(self.get_serializer(found).data)


class DecisionInquirySerializer(serializers.ModelSerializer):
    """A question or complaint about a decision, and the fund's answer."""

    reference = serializers.CharField(source="application.reference", read_only=True)

    class Meta:
        model = DecisionInquiry
        fields = ["id", "application", "reference", "kind", "text", "asked_at", "due_at", "answer", "answered_at"]


class AskAboutDecisionSerializer(serializers.Serializer):
    """A question or a complaint."""

    application = serializers.IntegerField(help_text="The key of one's own application.")
    kind = serializers.ChoiceField(choices=DecisionInquiry.Kind.choices)
    text = serializers.CharField(max_length=answering.LONGEST)


class ReplySerializer(serializers.Serializer):
    """The one answer."""

    answer = serializers.CharField(max_length=answering.LONGEST)


class DecisionInquiryViewSet(ReadOnly):
    """Questions and complaints about decisions: on one's own applications, or on those that one may judge."""

    queryset = DecisionInquiry.objects.none()
    serializer_class = DecisionInquirySerializer
    filterset_fields = ["application", "kind"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return DecisionInquiry.objects.visible_to(self.request.user).select_related("application").order_by("-pk")

    @extend_schema(request=AskAboutDecisionSerializer, responses={201: DecisionInquirySerializer})
    def create(self, request: Request) -> Response:
        """Ask about the decision on one's own application, or complain."""
        given = body_of(self, AskAboutDecisionSerializer)
        application = get_object_or_404(Application.objects.of_team(request.user), pk=given.pop("application"))
        made = answering.ask(application=application, by=request.user, **given)
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReplySerializer, responses=DecisionInquirySerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer for the fund, once."""
        text = body_of(self, ReplySerializer)["answer"]
        found = answering.answer(inquiry=self.get_object(), text=text, by=request.user)
        return Response(self.get_serializer(found).data)
