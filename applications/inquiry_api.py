"""The interface to what staff ask applicants, for both sides."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.actions import asking
from applications.models import Application, Inquiry
from core.web.api import ReadOnly, body_of


class InquirySerializer(serializers.ModelSerializer):
    """A question to the applicant, and its answer."""

    reference = serializers.CharField(source="application.reference", read_only=True)
    is_shared = serializers.SerializerMethodField(help_text="Whether the panel reads it too.")

    class Meta:
        model = Inquiry
        fields = [
            "id",
            "application",
            "reference",
            "question",
            "asked_at",
            "due_at",
            "answer",
            "answered_at",
            "is_shared",
        ]

    def get_is_shared(self, inquiry: Inquiry) -> bool:
        """Say who reads it."""
        return inquiry.shared_at is not None


class AskSerializer(serializers.Serializer):
    """A question to an applicant."""

    application = serializers.IntegerField(help_text="The key of a submitted application.")
    question = serializers.CharField(max_length=asking.LONGEST)
    due_at = serializers.DateTimeField()


class AnswerSerializer(serializers.Serializer):
    """The one answer."""

    answer = serializers.CharField(max_length=asking.LONGEST)


class InquiryViewSet(ReadOnly):
    """Questions to applicants: of one's own applications, or of those that one runs or reviews for the fund."""

    queryset = Inquiry.objects.none()
    serializer_class = InquirySerializer
    filterset_fields = ["application"]

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Inquiry.objects.visible_to(self.request.user).select_related("application").order_by("-pk")

    @extend_schema(request=AskSerializer, responses={201: InquirySerializer})
    def create(self, request: Request) -> Response:
        """Ask the applicant something, until a date."""
        given = body_of(self, AskSerializer)
        visible = Application.objects.visible_to_fund(request.user)
        application = get_object_or_404(visible, pk=given.pop("application"))
        inquiry = asking.ask(application=application, by=request.user, **given)
        return Response(self.get_serializer(inquiry).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=AnswerSerializer, responses=InquirySerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer a question about one's own application, once."""
        text = body_of(self, AnswerSerializer)["answer"]
        found = asking.answer(inquiry=self.get_object(), text=text, by=request.user)
        return Response(self.get_serializer(found).data)

    @extend_schema(request=None, responses=InquirySerializer)
    @action(detail=True, methods=["post"])
    def share(self, request: Request, pk: str) -> Response:
        """Show a question and its answer to the panel."""
        found = asking.share(inquiry=self.get_object(), by=request.user)
        return Response(self.get_serializer(found).data)
