"""How the interface answers what it refuses."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import exceptions, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import exception_handler

from core.language import lazy
from core.states import WrongState
from core.web.limits import TooMany

NOT_JSON = lazy(
    "The body is not valid JSON: %(reason)s. Send one object in UTF-8, with double quotes round names and texts."
)


def answer_exception(exception: Exception, context: dict[str, Any]) -> Response | None:
    """Turn an exception into an answer whose `detail` says what to do; the rest is Django REST framework's."""
    if isinstance(exception, WrongState):
        return Response({"detail": exception.message}, status=status.HTTP_409_CONFLICT)
    return exception_handler(_in_its_words(exception), context)


def _in_its_words(exception: Exception) -> Exception:
    if isinstance(exception, ValidationError):
        return exceptions.ValidationError(_messages(exception))
    if isinstance(exception, TooMany):
        return exceptions.Throttled(wait=exception.seconds)
    if isinstance(exception, exceptions.ParseError) and str(exception.detail).startswith("JSON parse error"):
        reason = str(exception.detail).removeprefix("JSON parse error - ").rstrip(".")
        return exceptions.ParseError(NOT_JSON % {"reason": reason})
    return exception


def _messages(exception: ValidationError) -> dict[str, list[str]]:
    if hasattr(exception, "error_dict"):
        return {
            "non_field_errors" if name == "__all__" else name: each for name, each in exception.message_dict.items()
        }
    return {"non_field_errors": exception.messages}


class ReadOnly(viewsets.ReadOnlyModelViewSet):
    """Lists and rows through `visible_to`, with the filters of the pages."""


def body_of(view: viewsets.GenericViewSet, serializer: type[Serializer]) -> dict[str, Any]:
    """Return the checked body of an action's request; nothing typed wrong reaches the action."""
    body = serializer(data=view.request.data)
    body.is_valid(raise_exception=True)
    return dict(body.validated_data)


def arrival(request: Request) -> datetime:
    """Return when the request arrived, as the first middleware read it."""
    return request._request.arrived_at  # type: ignore[attr-defined, no-any-return]
