"""The interface to drafts and invitations for those who run a call. What a draft says is never among it."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.actions import inviting, submission
from applications.actions.inviting import Guest
from applications.models import Application, CallInvitation
from core.web.api import ReadOnly, body_of
from fund.models import Call


class DraftSerializer(serializers.ModelSerializer):
    """A draft as staff know of it."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    owner = serializers.CharField(source="owner_name", read_only=True)
    closes_at = serializers.DateTimeField(read_only=True, help_text="The deadline in force, with its own extension.")

    class Meta:
        model = Application
        fields = ["id", "call", "owner", "state", "started_at", "changed_at", "ready_at", "closes_at"]


class ExtendSerializer(serializers.Serializer):
    """A later deadline for one application, and why."""

    until = serializers.DateTimeField()
    reason = serializers.CharField(max_length=300)


class DraftViewSet(ReadOnly):
    """What is being written, for those who run calls: whose it is and until when."""

    queryset = Application.objects.none()
    serializer_class = DraftSerializer
    filterset_fields = ["call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the page of drafts lists."""
        found = Application.objects.unsubmitted_for(self.request.user)
        return found.with_deadlines().with_owner().order_by("-pk")

    @extend_schema(request=ExtendSerializer, responses=DraftSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Give one application more time, with the reason; its owner is told."""
        submission.extend(application=self.get_object(), by=request.user, **body_of(self, ExtendSerializer))
        return Response(self.get_serializer(self.get_object()).data)


class CallInvitationSerializer(serializers.ModelSerializer):
    """An invitation to a call, and how far the invited person is."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    application = serializers.SlugRelatedField(slug_field="reference", read_only=True)
    state = serializers.CharField(source="wording.staff", read_only=True)

    class Meta:
        model = CallInvitation
        fields = ["id", "call", "email", "name", "application", "invited_at", "declined_at", "withdrawn_at", "state"]


class InviteSerializer(serializers.Serializer):
    """Whom to invite to a call: addresses, and references of expressions of interest whose owners are invited."""

    call = serializers.SlugField()
    emails = serializers.ListField(child=serializers.EmailField(), required=False, default=list, max_length=200)
    applications = serializers.ListField(child=serializers.CharField(), required=False, default=list, max_length=200)


class CallInvitationViewSet(ReadOnly):
    """Invitations to calls: one's own, and all of them for those who run calls."""

    queryset = CallInvitation.objects.none()
    serializer_class = CallInvitationSerializer
    filterset_fields = ["call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the pages list."""
        found = CallInvitation.objects.visible_to(self.request.user).with_progress()
        return found.select_related("call", "application").order_by("-pk")

    @extend_schema(request=InviteSerializer, responses={201: CallInvitationSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Invite people; who is invited already or cannot be is left out."""
        given = body_of(self, InviteSerializer)
        call = get_object_or_404(Call.objects.visible_to(request.user), slug=given["call"])
        found = Application.objects.visible_to_fund(request.user).filter(reference__in=given["applications"])
        guests = [*inviting.owners_of(found), *(Guest(email) for email in given["emails"])]
        sent = inviting.invite(call=call, guests=guests, by=request.user)
        rows = self.get_queryset().filter(pk__in=[each.pk for each in sent])
        return Response(self.get_serializer(rows, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=None, responses=CallInvitationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take an invitation back that was not used."""
        inviting.withdraw(invitation=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=CallInvitationSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Turn one's own invitation down."""
        inviting.decline(invitation=self.get_object(), by=request.user)
        return Response(self.get_serializer(self.get_object()).data)
