"""The schema of the interface, and the pages that explain it: our own templates, so that the strict policy holds.

All are the same for everybody and take seconds to work out, so each process does it once.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiYamlRenderer
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.request import Request

ROOT = "/api/v1/"
METHODS = ("get", "post", "put", "patch", "delete")


class Field(NamedTuple):
    """One thing that an operation takes: what it is, where it goes, and what may stand there."""

    name: str
    type: str
    place: str
    required: bool
    choices: list[str]
    help: SafeString


class Operation(NamedTuple):
    """One operation as the pages show it; `anchor` is its place on the page of its resource."""

    method: str
    path: str
    anchor: str
    summary: SafeString
    fields: list[Field]


class Resource(NamedTuple):
    """What some operations are about."""

    key: str
    name: str
    operations: list[Operation]


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List every operation by what it is about."""
    return render(request, "config/apidocs.html", {"resources": _resources().values()})


@require_safe
def resource(request: HttpRequest, key: str) -> HttpResponse:
    """Show the operations of one resource with all that they take."""
    found = _resources().get(key)
    if found is None:
        raise Http404
    return render(request, "config/apidocs_resource.html", {"resource": found, "resources": _resources().values()})


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
def _resources() -> dict[str, Resource]:
    schema = _schema()
    found: dict[str, Resource] = {}
    for path, operations in schema["paths"].items():
        place = path.removeprefix(ROOT)
        if place == path:
            continue
        key = _key(place)
        about = found.setdefault(key, Resource(key, key.replace("-", " ").capitalize(), []))
        about.operations.extend(
            _operation(method, path, operations[method], schema) for method in METHODS if method in operations
        )
    return found


def _key(place: str) -> str:
    """Return what an address is about: its first part, and of one's own things the second too."""
    parts = place.split("/")
    return "-".join(parts[:2] if parts[0] == "my" else parts[:1])


def _operation(method: str, path: str, raw: dict[str, Any], schema: dict[str, Any]) -> Operation:
    anchor = "-".join([method, *re.findall(r"\w+", path.removeprefix(ROOT))])
    fields = [*_body(raw, schema), *map(_parameter, raw.get("parameters", []))]
    return Operation(method.upper(), path, anchor, _told(raw), fields)


def _body(raw: dict[str, Any], schema: dict[str, Any]) -> Iterator[Field]:
    content = raw.get("requestBody", {}).get("content", {})
    whole = next((_meant(each.get("schema", {}), schema) for each in content.values()), {})
    for name, field in whole.get("properties", {}).items():
        choices = _meant(field, schema).get("enum", [])
        kind = "choice" if choices else _type(field)
        is_required = name in whole.get("required", [])
        yield Field(name, kind, "body", is_required, list(filter(None, choices)), _told(field))


def _meant(field: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """Return what a field refers to, alone or as one of several, or itself."""
    several = field.get("allOf") or field.get("oneOf") or [field]
    name = several[0].get("$ref", "").rsplit("/", 1)[-1]
    return dict(schema["components"]["schemas"].get(name, field))


def _parameter(raw: dict[str, Any]) -> Field:
    shape = raw["schema"]
    choices = [str(each) for each in shape.get("enum", [])]
    return Field(
        raw["name"], "choice" if choices else _type(shape), raw["in"], raw.get("required", False), choices, _told(raw)
    )


def _told(raw: dict[str, Any]) -> SafeString:
    """Return what is said of an operation or a field, with its code as such.

    The list of its choices that drf-spectacular adds to a field is left out.
    """
    words = re.sub(r"^\* `.*$", "", raw.get("description", ""), flags=re.MULTILINE).strip()
    pieces = re.split(r"`([^`]+)`", words)
    coded = (format_html("<code>{}</code>", each) if place % 2 else each for place, each in enumerate(pieces))
    return format_html_join("", "{}", ((each,) for each in coded))


def _type(field: dict[str, Any]) -> str:
    return str(field.get("format") or field.get("type") or "choice").replace("-", " ")
