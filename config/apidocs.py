"""The schema of the interface, and the page that explains it: our own template, so that the strict policy holds.

Both are the same for everybody and take seconds to work out, so each process does it once.
"""

from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

METHODS = ("get", "post", "put", "patch", "delete")


class Operation(NamedTuple):
    """One operation as the page shows it."""

    method: str
    path: str
    summary: str
    parameters: list[dict[str, Any]]
    body: list[dict[str, Any]]
    answers: list[tuple[str, str]]


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """List every operation by what it is about."""
    return render(request, "config/apidocs.html", {"groups": _groups()})


class Schema(SpectacularAPIView):
    """The schema as YAML or JSON, in the language of the programs, whatever the query asks for."""

    @extend_schema(exclude=True)
    def get(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer with what was written once."""
        renderer = request.accepted_renderer
        kind = renderer.media_type + (f"; charset={renderer.charset}" if renderer.charset else "")
        name = f"{settings.SPECTACULAR_SETTINGS['TITLE']}.{renderer.format}"
        headers = {"Content-Disposition": f'inline; filename="{name}"'}
        return HttpResponse(_written(renderer.format), content_type=kind, headers=headers)


@cache
def _schema() -> dict[str, Any]:
    with translation.override(settings.LANGUAGE_CODE):
        return dict(SchemaGenerator().get_schema(request=None, public=True))


@cache
def _written(form: str) -> bytes:
    renderer = OpenApiJsonRenderer() if form == "json" else OpenApiYamlRenderer()
    written: bytes = renderer.render(_schema(), renderer_context={})
    return written


@cache
def _groups() -> dict[str, list[Operation]]:
    schema = _schema()
    groups: dict[str, list[Operation]] = {}
    for path, operations in schema["paths"].items():
        for method in METHODS:
            if method in operations and path.startswith("/api/v1/"):
                group = path.removeprefix("/api/v1/").split("/{")[0].strip("/")
                groups.setdefault(_resource(group), []).append(_operation(method, path, operations[method], schema))
    return groups


def _resource(path: str) -> str:
    parts = path.split("/")
    return " ".join(parts[:2] if parts[0] == "my" else parts[:1])


def _operation(method: str, path: str, raw: dict[str, Any], schema: dict[str, Any]) -> Operation:
    content = raw.get("requestBody", {}).get("content", {})
    body = next((_fields(each.get("schema", {}), schema) for each in content.values()), [])
    answers = [(code, answer.get("description", "")) for code, answer in raw.get("responses", {}).items()]
    return Operation(method.upper(), path, raw.get("description", ""), raw.get("parameters", []), body, answers)


def _fields(reference: dict[str, Any], schema: dict[str, Any]) -> list[dict[str, Any]]:
    name = reference.get("$ref", "").rsplit("/", 1)[-1]
    found = schema["components"]["schemas"].get(name, {})
    required = found.get("required", [])
    return [
        {"name": field, "type": _type(each), "required": field in required, "help": each.get("description", "")}
        for field, each in found.get("properties", {}).items()
    ]


def _type(field: dict[str, Any]) -> str:
    return str(field.get("format") or field.get("type") or "choice").replace("-", " ")
