"""The interface to scoring without a connection: one's queue in a call as a spreadsheet, and back."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from core.files import check
from core.web.api import body_of
from core.web.limits import RATES, limit, who
from fund.models import Call
from reports.offline import SheetForm, filled
from reports.sheets import KINDS
from reviews.access import own_place
from reviews.models import PanelMember
from reviews.offline_rows import REFUSED, SAME, SAVED, take_sheet


class SheetSerializer(serializers.Serializer):
    """The spreadsheet, filled in."""

    file = serializers.FileField()

    def validate_file(self, file: Any) -> Any:
        """Refuse what is too large to be one."""
        return SheetForm.base_fields["file"].clean(file)


class RowSerializer(serializers.Serializer):
    """What became of one row."""

    number = serializers.IntegerField()
    application = serializers.CharField(source="reference")
    result = serializers.ChoiceField(choices=[SAVED, SAME, REFUSED], source="state")
    words = serializers.CharField()


class OfflineViewSet(viewsets.GenericViewSet):
    """A reviewer's own queue in a call as a spreadsheet."""

    queryset = Call.objects.none()
    serializer_class = RowSerializer
    lookup_field = "slug"
    pagination_class = None

    @extend_schema(
        responses={(200, KINDS["xlsx"]): OpenApiResponse(OpenApiTypes.BINARY, "XLSX, a row for each review")}
    )
    def retrieve(self, request: Request, slug: str) -> HttpResponse:
        """Return a row for each review that one owes and may open."""
        limit("export", who(request), *RATES["export"])
        sheet = filled(self._place(slug))
        patch_cache_control(sheet, private=True, no_store=True)
        return sheet

    @extend_schema(request={"multipart/form-data": SheetSerializer}, responses=RowSerializer(many=True))
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    def upload(self, request: Request, slug: str) -> Response:
        """Take the sheet back into one's drafts, each row whole or not at all, and say what became of each."""
        place = self._place(slug)
        limit("export", who(request), *RATES["export"])
        file = body_of(self, SheetSerializer)["file"]
        try:
            rows = check.cells(file)
        except ValidationError as error:
            raise ValidationError({"file": error.messages}) from error
        lines = take_sheet(call=place.call, rows=rows, by=place.person)
        return Response(RowSerializer(lines, many=True).data)

    def _place(self, slug: str) -> PanelMember:
        place = own_place(self.request, slug)  # type: ignore[arg-type]
        if not place.has_agreed:
            raise PermissionDenied(_("Accept the terms of the panel first; summaries are confidential."))
        return place
