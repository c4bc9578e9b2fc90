"""The interface to the fund's outbox: what the pages of it show, and what staff decide there."""

from collections.abc import Callable
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.jobs.models import Batch
from core.mail import letters, settling
from core.mail.filters import MessageFilter
from core.mail.models import Mailing, Message
from core.web.api import ReadOnly, body_of
from core.web.requests import LARGEST_KEY


class MailSerializer(serializers.ModelSerializer):
    """A mail of the fund without its words, which are between the fund and its recipient."""

    reason = serializers.CharField(read_only=True)
    state_label = serializers.CharField(source="wording.staff", read_only=True)

    class Meta:
        model = Message
        fields = [
            "id", "message_id", "address", "subject", "state", "state_label", "reason", "batch", "mailing",
            "queued_at", "not_before", "due_at", "sent_at",
        ]  # fmt: skip


class MailViewSet(ReadOnly):
    """The fund's mail, for those who run it; letters that wait for a look are `draft`."""

    queryset = Message.objects.none()
    serializer_class = MailSerializer
    filterset_class = MessageFilter

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Message.objects.visible_to_staff(self.request.user).order_by("-queued_at", "-pk")

    def _take(self, act: Callable[..., Message]) -> Response:
        found = act(message=self.get_object(), by=self.request.user)
        return Response(self.get_serializer(found).data)

    @extend_schema(request=None, responses=MailSerializer)
    @action(detail=True, methods=["post"], url_path="send-again")
    def send_again(self, request: Request, pk: str) -> Response:
        """Send again what failed, came back or is not known."""
        return self._take(settling.send_again)

    @extend_schema(request=None, responses=MailSerializer)
    @action(detail=True, methods=["post"], url_path="was-sent")
    def was_sent(self, request: Request, pk: str) -> Response:
        """Say that a mail of which nobody knew was sent."""
        return self._take(settling.was_sent)

    @extend_schema(request=None, responses=MailSerializer)
    @action(detail=True, methods=["post"], url_path="leave-out")
    def leave_out(self, request: Request, pk: str) -> Response:
        """Take one letter out of those that wait."""
        return self._take(settling.leave_out)

    @extend_schema(request=None, responses=MailSerializer)
    @action(detail=True, methods=["post"], url_path="put-back")
    def put_back(self, request: Request, pk: str) -> Response:
        """Let a letter that was left out wait again."""
        return self._take(settling.put_back)


class MailingSerializer(serializers.ModelSerializer):
    """Letters that were let go together; they can be taken back until they are due."""

    class Meta:
        model = Mailing
        fields = ["id", "batch", "sent_at", "due_at", "undone_at"]


class LetGoSerializer(serializers.Serializer):
    """Which letters to let go: those of a batch that wait, up to the last one that was looked at."""

    batch = serializers.IntegerField(min_value=1, max_value=LARGEST_KEY)
    upto = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, help_text="The id of the last mail that was looked at."
    )


class MailingViewSet(ReadOnly):
    """Letters that were let go: `POST` lets those of a batch go, in a minute; until then they can be taken back."""

    queryset = Mailing.objects.none()
    serializer_class = MailingSerializer

    def get_queryset(self) -> Any:
        """Keep the mailings of the batches that staff see."""
        user = self.request.user
        if not user.is_authenticated or not user.has_perm("core.see_mail"):
            return Mailing.objects.none()
        return Mailing.objects.filter(batch__in=Batch.objects.visible_to(user).values("pk")).order_by("-pk")

    @extend_schema(request=LetGoSerializer, responses={201: MailingSerializer})
    def create(self, request: Request) -> Response:
        """Let the letters of a batch go that wait."""
        body = body_of(self, LetGoSerializer)
        batch = get_object_or_404(Batch.objects.visible_to(request.user), pk=body["batch"])
        mailing = letters.send(batch=batch, upto=body["upto"], by=request.user)  # type: ignore[arg-type]
        return Response(self.get_serializer(mailing).data, status=201)

    @extend_schema(request=None, responses=MailingSerializer)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: str) -> Response:
        """Make drafts again of letters that are not due yet."""
        letters.take_back(mailing=self.get_object(), by=request.user)  # type: ignore[arg-type]
        return Response(self.get_serializer(self.get_object()).data)
