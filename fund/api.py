"""The interface to calls and awards."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import permissions, serializers
from rest_framework.decorators import action
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.forms.answers_schema import answers_schema
from core.web.api import ReadOnly, arrival, body_of
from core.web.limits import RATES, limit, who
from fund.actions import awards
from fund.actions import questions as asking
from fund.models import Award, Call, Criterion, Instalment, PublicQuestion, Theme
from fund.quiz import Effect


class ThemeSerializer(serializers.ModelSerializer):
    """A theme of a call."""

    class Meta:
        model = Theme
        fields = ["slug", "name"]


class CriterionSerializer(serializers.ModelSerializer):
    """A criterion by which applications are scored."""

    class Meta:
        model = Criterion
        fields = ["key", "label", "question", "weight"]


class CategorySerializer(serializers.Serializer):
    """A category of the budget; a cap that is null is none. A share is in per cent of the direct costs."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    most_share = serializers.DecimalField(max_digits=5, decimal_places=2, allow_null=True)
    most_amount = serializers.DecimalField(max_digits=19, decimal_places=4, allow_null=True)


class QuizAnswerSerializer(serializers.Serializer):
    """An answer of the quiz: `stop` means that nobody with it can apply, `warn` that its message is to be read."""

    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    effect = serializers.ChoiceField(choices=[str(each) for each in Effect])
    message = serializers.CharField()


class QuizQuestionSerializer(serializers.Serializer):
    """A question that is answered before an application is started."""

    key = serializers.CharField()
    question = serializers.CharField()
    help = serializers.CharField()
    answers = QuizAnswerSerializer(many=True)


class PublicQuestionSerializer(serializers.ModelSerializer):
    """A question about a call. Nobody but the fund and who asked sees it before it has an answer."""

    class Meta:
        model = PublicQuestion
        fields = ["question", "answer", "asked_at", "answered_at", "declined_at", "reason"]
        read_only_fields = fields[1:]


class CallSerializer(serializers.ModelSerializer):
    """A call for applications."""

    themes = ThemeSerializer(many=True, read_only=True)
    criteria = CriterionSerializer(source="rubric.criteria", many=True, read_only=True)
    categories = CategorySerializer(many=True, read_only=True)
    quiz = QuizQuestionSerializer(source="eligibility_quiz.questions", many=True, read_only=True)
    currency = serializers.CharField(read_only=True)
    is_open = serializers.BooleanField(read_only=True)

    class Meta:
        model = Call
        fields = [
            "slug", "title", "summary", "text", "eligibility", "state", "is_open", "opens_at", "closes_at", "zone",
            "currency", "budget", "least_amount", "most_amount", "least_months", "most_months", "indirect_cap", "themes",
            "criteria", "categories", "quiz",
        ]  # fmt: skip


class CallViewSet(ReadOnly):
    """Calls: the published ones for everybody, all of them for the people of the fund."""

    queryset = Call.objects.none()
    serializer_class = CallSerializer
    permission_classes = [permissions.AllowAny]
    filterset_fields = ["state"]
    lookup_field = "slug"

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        visible = Call.objects.visible_to(self.request.user)
        return visible.select_related("fund", "rubric", "form").prefetch_related("themes", "rubric__criteria")

    @extend_schema(methods=["GET"], responses=PublicQuestionSerializer(many=True), filters=False)
    @extend_schema(methods=["POST"], request=PublicQuestionSerializer, responses={201: PublicQuestionSerializer})
    @action(detail=True, methods=["get", "post"], pagination_class=None)
    def questions(self, request: Request, slug: str) -> Response:
        """Return what was asked about the call and answered, and one's own questions; or ask one, signed in."""
        call = self.get_object()
        if request.method == "GET":
            rows = call.questions.visible_to(request.user)
            return Response(PublicQuestionSerializer(rows, many=True).data)
        if not request.user.is_authenticated:
            raise NotAuthenticated
        limit("ask", who(request), *RATES["ask"])
        asked = asking.ask(call=call, question=body_of(self, PublicQuestionSerializer)["question"], by=request.user)
        return Response(PublicQuestionSerializer(asked).data, status=201)

    @extend_schema(responses=OpenApiTypes.OBJECT, filters=False)
    @action(detail=True, url_path="answers-schema", pagination_class=None)
    def answers_schema(self, request: Request, slug: str) -> Response:
        """Return the JSON Schema of the answers of a complete application; what it cannot say is under `x-rules`."""
        call = self.get_object()
        themes = [theme.slug for theme in call.themes.all()]
        schema = answers_schema(call.form.definition, themes=themes, currency=call.currency, title=call.title)
        return Response({"$id": request.build_absolute_uri(request.path), **schema})


class InstalmentSerializer(serializers.ModelSerializer):
    """One payment of an award's plan."""

    class Meta:
        model = Instalment
        fields = ["number", "due_on", "amount", "condition", "state"]


class AwardSerializer(serializers.ModelSerializer):
    """An award with its plan of payments."""

    call = serializers.SlugRelatedField(slug_field="slug", read_only=True)
    instalments = InstalmentSerializer(many=True, read_only=True)
    state_word = serializers.CharField(source="wording.applicant", read_only=True)

    class Meta:
        model = Award
        fields = [
            "number", "call", "title", "grantee_name", "investigator_name", "currency", "offered_amount", "amount",
            "decided_at", "answer_by", "starts_on", "ends_on", "state", "state_word", "instalments",
        ]  # fmt: skip


class AcceptSerializer(serializers.Serializer):
    """Who signs for the grantee."""

    signatory = serializers.CharField(max_length=200)


class DeclineSerializer(serializers.Serializer):
    """Why the offer is declined."""

    reason = serializers.CharField(max_length=1000, required=False, default="", allow_blank=True)


class AwardViewSet(ReadOnly):
    """Awards: one's own, and for the people of the fund all but those that they are recused from."""

    queryset = Award.objects.none()
    serializer_class = AwardSerializer
    filterset_fields = ["state", "call__slug"]
    lookup_field = "number"

    def get_queryset(self) -> Any:
        """Keep what the pages show."""
        return Award.objects.visible_to(self.request.user).select_related("call").prefetch_related("instalments")

    @extend_schema(request=AcceptSerializer, responses=AwardSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, number: str) -> Response:
        """Accept the offer."""
        signatory = body_of(self, AcceptSerializer)["signatory"]
        awards.accept(award=self.get_object(), signatory=signatory, by=request.user, at=arrival(request))
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(request=DeclineSerializer, responses=AwardSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, number: str) -> Response:
        """Decline the offer."""
        reason = body_of(self, DeclineSerializer)["reason"]
        awards.decline(award=self.get_object(), reason=reason, by=request.user, at=arrival(request))
        return Response(self.get_serializer(self.get_object()).data)
