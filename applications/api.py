"""The interface to applications: one's own, and those that one reads or runs for the fund."""

from typing import Any

from django.db.models import Case, Value, When
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.actions import drafts, readiness, screening, submission
from applications.budget_api import BudgetActions
from applications.checks import problems_of
from applications.filters import ApplicationFilter
from applications.models import Application, Screening, TeamMember
from applications.models.application import veiled_from
from core.web.api import ReadOnly, arrival, body_of
from fund.models import Call

COMMON = ["id", "reference", "call", "title", "theme", "summary", "host", "country", "amount", "currency", "months"]


class ApplicationSerializer(serializers.ModelSerializer):
    """An application as the people of the fund read it."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    theme = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    host = serializers.CharField(source="host_name", read_only=True)
    currency = serializers.CharField(source="call.fund.currency", read_only=True)
    state_word = serializers.CharField(source="wording.staff", read_only=True)

    class Meta:
        model = Application
        fields = [*COMMON, "investigator_name", "submitted_at", "state", "state_word"]

    def to_representation(self, instance: Application) -> dict[str, Any]:
        """Leave out who applies as long as the call hides that from the person."""
        shown: dict[str, Any] = super().to_representation(instance)
        if getattr(instance, "is_veiled", False):
            shown |= dict.fromkeys(("host", "country", "investigator_name"), None)
        return shown


class MyApplicationSerializer(serializers.ModelSerializer):
    """An application as its applicants read it: one state from submission to release."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    theme = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    host = serializers.CharField(source="host_name", read_only=True)
    currency = serializers.CharField(source="call.fund.currency", read_only=True)
    state = serializers.CharField(source="applicant_wording.applicant", read_only=True)
    open_questions = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="Of a returned application; empty where all are open."
    )
    closes_at = serializers.DateTimeField(read_only=True, help_text="The deadline in force, with its own extension.")
    grace_until = serializers.DateTimeField(
        read_only=True, help_text="Until when it may be submitted if it was ready at the deadline."
    )
    version_hash = serializers.CharField(source="current.sha256", read_only=True, default=None)

    class Meta:
        model = Application
        fields = [
            *COMMON, "started_at", "changed_at", "ready_at", "closes_at", "grace_until", "submitted_at", "version_hash",
            "state", "open_questions",
        ]  # fmt: skip


class StartSerializer(serializers.Serializer):
    """Which call to start a draft in."""

    call = serializers.SlugField()
    quiz = serializers.DictField(
        child=serializers.CharField(), required=False, default=dict,
        help_text="Answers to the call’s quiz, by the keys of its questions; needed where it has one.",
    )  # fmt: skip


class AnswersSerializer(serializers.Serializer):
    """Answers by the keys of their questions, as typed."""

    answers = serializers.DictField(
        child=serializers.JSONField(),
        help_text="A text; a list of texts where several can be chosen; a list of rows of texts for a table. "
        "The call's `answers-schema` says more.",
    )
    revisions = serializers.DictField(
        child=serializers.IntegerField(min_value=0), required=False, default=dict,
        help_text="The revisions that the answers were written on. An answer that has another by now is not saved; "
        "it is returned with 409, with what stands there.",
    )  # fmt: skip


class StoredAnswersSerializer(serializers.Serializer):
    """The answers of a draft as they were typed, with the revision of each."""

    answers = serializers.DictField(child=serializers.JSONField())
    revisions = serializers.DictField(child=serializers.IntegerField())


class StaleSerializer(StoredAnswersSerializer):
    """What stands in the answers that somebody else changed; all others were saved."""

    detail = serializers.CharField()


class WithdrawSerializer(serializers.Serializer):
    """Why an application is withdrawn."""

    reason = serializers.CharField(max_length=1000)


class ReadySerializer(serializers.Serializer):
    """Whether a draft is ready to submit."""

    ready = serializers.BooleanField(default=True)


class DeclarationSerializer(serializers.Serializer):
    """Who declares what the call asks for, and in what capacity."""

    name = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    capacity = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ScreenSerializer(serializers.Serializer):
    """The outcome of the eligibility check."""

    outcome = serializers.CharField(help_text="`eligible` or `ineligible`.")
    reason = serializers.ChoiceField(choices=Screening.Reason.choices, required=False, default="")
    text = serializers.CharField(required=False, default="", allow_blank=True)


class ReturnSerializer(serializers.Serializer):
    """What is to be corrected."""

    text = serializers.CharField(required=False, default="", allow_blank=True, help_text="What it is about.")
    questions = serializers.DictField(
        source="asked", child=serializers.CharField(allow_blank=True), required=False, default=dict,
        help_text="What to correct, by the key of the question (`team` and `budget` too). Only these are opened; "
        "without any, the whole application is.",
    )  # fmt: skip
    until = serializers.DateTimeField(required=False, default=None, allow_null=True)


class ProblemSerializer(serializers.Serializer):
    """One thing that is missing or wrong."""

    section = serializers.CharField()
    question = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    message = serializers.CharField()


def _rows(queryset: Any) -> Any:
    return queryset.select_related("call__fund", "theme").defer("call__text").order_by("-pk")


class ApplicationViewSet(ReadOnly):
    """Applications that the person reads or runs for the fund; what they are recused from is not among them."""

    queryset = Application.objects.none()
    serializer_class = ApplicationSerializer
    filterset_class = ApplicationFilter

    def get_queryset(self) -> Any:
        """Keep what the staff's pages show."""
        user = self.request.user
        hidden = Case(When(veiled_from(user), then=True), default=False) if user.is_authenticated else Value(False)
        return _rows(Application.objects.visible_to_fund(user)).annotate(is_veiled=hidden)

    @extend_schema(request=ScreenSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"])
    def screen(self, request: Request, pk: str) -> Response:
        """Record the outcome of the eligibility check."""
        application = self.get_object()
        screening.screen(application=application, by=request.user, **body_of(self, ScreenSerializer))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=ReturnSerializer, responses=ApplicationSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def return_for_correction(self, request: Request, pk: str) -> Response:
        """Return the application for correction of the questions named, until a date (a week from now by itself)."""
        given = body_of(self, ReturnSerializer)
        screening.screen(application=self.get_object(), outcome="returned", by=request.user, **given)
        return Response(self.get_serializer(self.get_object()).data)


class MyApplicationViewSet(BudgetActions, ReadOnly):
    """The person's own applications: drafts, and what they submitted."""

    queryset = Application.objects.none()
    serializer_class = MyApplicationSerializer
    filterset_fields = ["call__slug"]

    def get_queryset(self) -> Any:
        """Keep what the person applies with."""
        return _rows(Application.objects.of_team(self.request.user).with_deadlines().select_related("current"))

    @extend_schema(request=StartSerializer, responses={201: MyApplicationSerializer})
    def create(self, request: Request) -> Response:
        """Start a draft in an open call; the person's draft of that call, if there is one, is returned."""
        given = body_of(self, StartSerializer)
        call = get_object_or_404(Call.objects.public(), slug=given["call"])
        draft = drafts.start(call=call, by=request.user, at=arrival(request), quiz=given["quiz"])
        return Response(self.get_serializer(draft).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses=StoredAnswersSerializer, filters=False)
    @action(detail=True, pagination_class=None)
    def answers(self, request: Request, pk: str) -> Response:
        """Return the answers as they were typed, with the revision of each."""
        draft = self.get_object()
        TeamMember.objects.note_look(application=draft.pk, user=request.user)
        stored = list(draft.answers.order_by("pk"))
        found = {
            "answers": {each.key: each.value for each in stored},
            "revisions": {each.key: each.revision for each in stored},
        }
        return Response(StoredAnswersSerializer(found).data)

    @extend_schema(request=AnswersSerializer, responses={200: MyApplicationSerializer, 409: StaleSerializer})
    @answers.mapping.patch
    def save_answers(self, request: Request, pk: str) -> Response:
        """Save answers of a draft, as typed; what is wrong with them is under `problems`."""
        draft, body = self.get_object(), body_of(self, AnswersSerializer)
        stale = drafts.save_answers(
            application=draft, values=body["answers"], revisions=body["revisions"], by=request.user,
            at=arrival(request),
        )  # fmt: skip
        if stale:
            found = {"detail": stale[0].message, "answers": {each.key: each.theirs for each in stale},
                     "revisions": {each.key: each.revision for each in stale}}  # fmt: skip
            return Response(StaleSerializer(found).data, status=status.HTTP_409_CONFLICT)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(responses=ProblemSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def problems(self, request: Request, pk: str) -> Response:
        """Return all that is missing or wrong, at once."""
        return Response(ProblemSerializer(problems_of(self.get_object()), many=True).data)

    @extend_schema(request=ReadySerializer, responses=MyApplicationSerializer)
    @action(detail=True, methods=["post"])
    def ready(self, request: Request, pk: str) -> Response:
        """Mark the draft as ready to submit, or take that back; any change takes it back by itself."""
        act = readiness.mark_ready if body_of(self, ReadySerializer)["ready"] else readiness.unmark_ready
        act(application=self.get_object(), by=request.user, at=arrival(request))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=DeclarationSerializer, responses=MyApplicationSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Make the declaration of the call for the host organisation, over a draft that is ready."""
        who = body_of(self, DeclarationSerializer)
        readiness.sign(application=self.get_object(), by=request.user, at=arrival(request), **who)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=DeclarationSerializer, responses=MyApplicationSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        """Submit the draft; the time at which this request arrived decides.

        Where the call asks for a declaration and not for the host's signatory, say who declares it.
        """
        who = body_of(self, DeclarationSerializer)
        submission.submit(application=self.get_object(), by=request.user, at=arrival(request), **who)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=WithdrawSerializer, responses=MyApplicationSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Withdraw the application, with the reason."""
        reason = body_of(self, WithdrawSerializer)["reason"]
        submission.withdraw(application=self.get_object(), reason=reason, by=request.user)
        return Response(self.get_serializer(self.get_object()).data)
