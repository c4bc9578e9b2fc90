"""The schema and the pages that explain it."""

import re
import subprocess
import sys

import pytest
from django.urls import get_resolver

from config import apidocs
from tests.architecture.test_layers import ROOT
from tests.architecture.test_templates import blocked_in


def test_the_schema_is_valid_and_makes_no_warning(tmp_path):
    done = subprocess.run(
        [sys.executable, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", tmp_path / "schema.yml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_the_schema_names_every_address_of_the_interface(client, db):
    paths = client.get("/api/schema/", headers={"Accept": "application/json"}).json()["paths"]
    assert len([path for path in paths if path.startswith("/api/v1/")]) == len(
        [name for name in get_resolver().namespace_dict["api"][1].reverse_dict if isinstance(name, str)]
    ) - len({"schema", "docs", "resource"})


def test_the_page_that_explains_it_keeps_to_the_strict_policy(client, db):
    page = client.get("/api/docs/")
    text = page.content.decode()
    policy = page["Content-Security-Policy"]
    assert page.status_code == 200
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert blocked_in(text) == []
    assert [
        path for path in ("/api/v1/decisions/release/", "/api/v1/my/applications/{id}/submit/") if path not in text
    ] == []


def test_the_pages_that_explain_it_lead_to_every_operation_and_say_what_it_takes(client, db):
    index = client.get("/api/docs/").content.decode()
    places = set(re.findall(r'href="(/api/docs/[^"]+)"', index))
    pages = {page: client.get(page).content.decode() for page in {place.partition("#")[0] for place in places}}
    marks = [place.split("#") for place in places if "#" in place]
    assert len(marks) == sum(len(each.operations) for each in apidocs._resources().values()) > 100
    assert [mark for page, mark in marks if f'id="{mark}"' not in pages[page]] == []
    assert max(len(text.encode()) for text in [index, *pages.values()]) <= 60_000
    assert "<code>rationale</code></dt><dd>String, in the body</dd>" in pages["/api/docs/decisions/"]
    assert (
        "<dd>Choice, in the query, optional: <code>approved</code>, <code>draft</code>" in pages["/api/docs/decisions/"]
    )
    assert [page for page, text in pages.items() if "`" in text.partition("<main")[2].partition("</main>")[0]] == []
    assert "(<code>team</code> and <code>budget</code> too)" in pages["/api/docs/applications/"]
    assert client.get("/api/docs/nothing/").status_code == 404


def test_the_pages_that_explain_it_ask_the_database_nothing(client, db, django_assert_num_queries):
    client.get("/api/docs/")
    with django_assert_num_queries(0):
        client.get("/api/docs/")
        client.get("/api/docs/decisions/")


def test_the_schema_is_worked_out_once_whatever_is_asked_for(client, db, monkeypatch):
    kinds = {"application/yaml": b"openapi: 3", "application/json": b"{"}
    first = {kind: client.get("/api/schema/", headers={"Accept": kind}).content for kind in kinds}
    monkeypatch.setattr(apidocs, "SchemaGenerator", None)
    for kind, begin in kinds.items():
        again = client.get("/api/schema/?lang=de&version=9", headers={"Accept": kind, "Accept-Language": "ar"})
        assert again["Content-Type"].startswith(kind)
        assert again["Content-Disposition"].startswith("inline; ")
        assert again.content == first[kind]
        assert again.content.startswith(begin)


def test_every_operation_says_what_it_does(client, db):
    paths = client.get("/api/schema/", headers={"Accept": "application/json"}).json()["paths"]
    silent = [
        f"{method} {path}"
        for path, operations in paths.items()
        for method, operation in operations.items()
        if path.startswith("/api/v1/") and not operation.get("description")
    ]
    assert silent == []


pytestmark = pytest.mark.django_db
