"""The interface to who reviews what in a call: what is open, proposed by the solver or by hand, shared out anew, released."""

from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from applications.models import Application
from core.jobs.models import Batch
from core.web.api import body_of
from core.web.requests import LARGEST_KEY
from fund.models import Call
from reviews import costs, places
from reviews.access import application_of, call_for
from reviews.actions import assigning, reassigning
from reviews.api import AssignmentSerializer, DueSerializer
from reviews.models import Assignment, PanelMember
from reviews.places import work_under_way
from reviews.problem import TO_REVIEW


class OpenSerializer(serializers.Serializer):
    """One application with an open place, or whose reviewers break a rule of the call."""

    application = serializers.CharField(source="application.reference")
    wanted = serializers.IntegerField()
    held = serializers.IntegerField()
    proposed = serializers.IntegerField()
    reason = serializers.CharField(help_text="Why the solver left it open; empty if it was not asked since.")
    faults = serializers.ListField(child=serializers.CharField())


class BoardSerializer(serializers.Serializer):
    """How far the assignment of a call is, of the applications that one may see."""

    call = serializers.SlugField()
    applications = serializers.IntegerField()
    made_at = serializers.DateTimeField(allow_null=True, help_text="When the whole was last worked out.")
    is_proved = serializers.BooleanField(allow_null=True, help_text="Whether nothing better exists.")
    batch = serializers.IntegerField(allow_null=True, help_text="The work under way, if there is any.")
    open = OpenSerializer(many=True)


class WorkSerializer(serializers.ModelSerializer):
    """The work that was asked for."""

    batch = serializers.IntegerField(source="pk", read_only=True)

    class Meta:
        model = Batch
        fields = ["batch", "title"]


class PriceSerializer(serializers.Serializer):
    """How many points of fit it must gain to take a released review from somebody who has not begun."""

    price = serializers.IntegerField(min_value=0, max_value=reassigning.MOST_PRICE)


class ReleasedSerializer(serializers.Serializer):
    """What was released."""

    assignments = serializers.IntegerField()
    reviewers = serializers.IntegerField()


class PairSerializer(serializers.Serializer):
    """One application and one member."""

    application = serializers.CharField(help_text="The reference.")
    member = serializers.IntegerField(
        min_value=1, max_value=LARGEST_KEY, help_text="The key of the place on the panel."
    )


class PossibleSerializer(serializers.Serializer):
    """One member who can take an application, with what they hold of what they agreed to."""

    member = serializers.IntegerField(source="member.pk")
    reviewer = serializers.CharField(source="member.person.name")
    group = serializers.CharField(source="member.group")
    held = serializers.IntegerField()
    most = serializers.IntegerField(source="member.most_load")


class ChangeByHandSerializer(PairSerializer):
    """One application and one member, and whether they come to it or leave it."""

    adds = serializers.BooleanField(default=True)


class CostSerializer(serializers.Serializer):
    """What a change by hand costs; empty where it cannot be worked out at once."""

    points = serializers.IntegerField(allow_null=True)
    more_open = serializers.IntegerField(allow_null=True)
    is_proved = serializers.BooleanField(allow_null=True)


class KeepSerializer(PairSerializer):
    """One application and one member, and whether a new proposal leaves them together."""

    is_kept = serializers.BooleanField()


REFERENCE = OpenApiParameter("reference", str, OpenApiParameter.PATH, description="Of the application.")


class AssigningViewSet(viewsets.GenericViewSet):
    """Who reviews what in a call, for those who run its panel."""

    queryset = Call.objects.none()
    serializer_class = BoardSerializer
    lookup_field = "slug"
    pagination_class = None

    @extend_schema(responses=BoardSerializer)
    def retrieve(self, request: Request, slug: str) -> Response:
        """Return which places are open and why, and which rules of the call are broken where."""
        call = call_for(request, slug)
        seen = Application.objects.visible_to_fund(request.user).filter(call=call, state__in=TO_REVIEW)
        rows = list(seen.order_by("reference").only("pk", "reference", "state", "country"))
        held = places.assignments_of(call, request.user).held().select_related("member__person").defer("why")
        run, reasons = places.runs_in(call, request.user, rows)
        found = places.places_of(call, rows, held.order_by("pk"), reasons)
        work = work_under_way(call, request.user)
        return Response(BoardSerializer({
            "call": call.slug, "applications": len(rows), "made_at": run and run.made_at, "is_proved": run and run.is_proved,
            "batch": work and work.batch_id, "open": [each for each in found if each.missing or each.faults],
        }).data)  # fmt: skip

    @extend_schema(request=None, responses={200: WorkSerializer, 201: WorkSerializer})
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, slug: str) -> Response:
        """Have the assignment of the whole call worked out; 200 with the work under way, if there is any."""
        call = call_for(request, slug)
        return self._under_way(call) or self._asked(assigning.ask_for_proposal(call=call, by=self._user))

    @extend_schema(request=PriceSerializer, responses={200: WorkSerializer, 201: WorkSerializer})
    @action(detail=True, methods=["post"])
    def anew(self, request: Request, slug: str) -> Response:
        """Have worked out what would be better if released reviews might move for a price; it becomes a reassignment."""
        call, price = call_for(request, slug), body_of(self, PriceSerializer)["price"]
        return self._under_way(call) or self._asked(reassigning.ask_for_plan(call=call, price=price, by=self._user))

    @extend_schema(request=DueSerializer, responses=ReleasedSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, slug: str) -> Response:
        """Release the proposals to their reviewers, with one mail to each."""
        call = call_for(request, slug)
        found = assigning.release(call=call, by=self._user, **body_of(self, DueSerializer))
        done = {"assignments": len(found), "reviewers": len({each.member_id for each in found})}
        return Response(ReleasedSerializer(done).data)

    @extend_schema(parameters=[REFERENCE], responses=PossibleSerializer(many=True))
    @action(detail=True, url_path="possible/(?P<reference>[^/.]+)")
    def possible(self, request: Request, slug: str, reference: str) -> Response:
        """Return who can take one application, those with the most room first."""
        application = application_of(call=call_for(request, slug), viewer=self._user, reference=reference)
        return Response(PossibleSerializer(self._possible(application), many=True).data)

    @extend_schema(request=PairSerializer, responses={201: AssignmentSerializer})
    @action(detail=True, methods=["post"])
    def add(self, request: Request, slug: str) -> Response:
        """Propose one reviewer by hand, which a new run of the solver keeps."""
        application, member = self._possible_pair(call_for(request, slug), body_of(self, PairSerializer))
        made = assigning.add(application=application, member=member, by=self._user)
        return Response(AssignmentSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=KeepSerializer, responses=AssignmentSerializer)
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, slug: str) -> Response:
        """Keep a proposal from being chosen anew, or let it go."""
        body = body_of(self, KeepSerializer)
        row = self._held(call_for(request, slug), body)
        return Response(
            AssignmentSerializer(assigning.keep(assignment=row, is_kept=body["is_kept"], by=self._user)).data
        )

    @extend_schema(request=PairSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, slug: str) -> Response:
        """Take a reviewer off an application: a proposal is deleted, an owed review is taken back."""
        assigning.remove(assignment=self._held(call_for(request, slug), body_of(self, PairSerializer)), by=self._user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=ChangeByHandSerializer, responses=CostSerializer)
    @action(detail=True, methods=["post"])
    def cost(self, request: Request, slug: str) -> Response:
        """Return by how much the best assignment is worse with a change by hand, of the applications that one may see."""
        call, body = call_for(request, slug), body_of(self, ChangeByHandSerializer)
        if body["adds"]:
            cost = costs.of_adding(call, self._user, *self._possible_pair(call, body))
        else:
            held = self._held(call, body)
            cost = costs.of_removing(call, self._user, held.application, held.member)
        empty = {"points": None, "more_open": None, "is_proved": None}
        return Response(CostSerializer(cost or empty).data)

    @property
    def _user(self) -> Any:
        return self.request.user

    def _under_way(self, call: Call) -> Response | None:
        work = work_under_way(call, self._user)
        return None if work is None else Response(WorkSerializer(work.batch).data)

    def _asked(self, batch: Batch) -> Response:
        return Response(WorkSerializer(batch).data, status=status.HTTP_201_CREATED)

    def _possible_pair(self, call: Call, body: dict[str, Any]) -> tuple[Application, PanelMember]:
        """Return what a body names; why somebody cannot take an application is theirs, so all are refused alike."""
        application = application_of(call=call, viewer=self._user, reference=body["application"])
        for each in self._possible(application):
            if each.member.pk == body["member"]:
                return application, each.member
        raise ValidationError({"member": _("This member cannot take this application. Choose somebody else.")})

    def _possible(self, application: Application) -> list[places.Load]:
        return places.possible_for(application, places.assignments_of(application.call, self._user).held())

    def _held(self, call: Call, body: dict[str, Any]) -> Assignment:
        rows = places.assignments_of(call, self._user).held().select_related("application__call", "member__person")
        return get_object_or_404(rows, application__reference=body["application"], member=body["member"])
