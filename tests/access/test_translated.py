"""Every word of every page can be translated: what stands on it outside the brackets is what people wrote."""

import re
import zoneinfo
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pycountry
import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.test import Client

from applications.models import Application
from core.forms.models import FormVersion
from core.language import LETTER_LANGUAGES, covers
from reports.builders.template.shipped import first_text
from tests.access.table import ROWS, Row
from tests.access.test_table import address, ask, undone
from tests.access.world import PERSONAS, World
from tests.pseudo import speaking
from tests.words_on import fragments, untranslated

pytestmark = pytest.mark.django_db

MOST = ("helena", "ada", "ruth", "felix")
"""Who sees most of a page."""
IN_ENGLISH = {"templates:preview", "api:docs", "api:resource", "patterns"}
"""Pages for those who write programs, and a letter, which speaks its own language."""
PAGES = [row for row in ROWS if row.method == "GET" and 200 in row.answers and row.route not in IN_ENGLISH]
NAMES = {
    "CommonGrants",
    "ORCID",
    "Office",
    "ORCID iD",
    "ROR",
    "PDF",
    "CSV",
    "XLSX",
    "DOCX",
    "INHOPE",
    "Find a Helpline",
}
MEANT = re.compile(
    r"[\W\d]*(UTC|[A-Z]{3}|[kMG]?B|(.*<)?\S+@\S+|sorf_\w+|\S+\.(pdf|zip|example|org)\S*|[a-z_]+[:._][a-z_:.]+)?[\W\d]*"
)
REFERENCE = re.compile(r"\b(SORF|[A-Z]{3,8})-[\w-]*\d\b|\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")
"""Currencies, sizes, zones, references and codes of letters, addresses, and the codes of the audit trail are the same in every language."""


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


@pytest.fixture(scope="module")
def written(world: World) -> tuple[set[str], str]:
    """All texts of the database, whole and in pieces."""
    found: set[str] = set()
    for model in apps.get_models():
        names = [
            each.name
            for each in model._meta.concrete_fields
            if isinstance(each, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*names):
            found.update(text for value in row for text in _texts(value))
    # The first templates come with the product, and are not there after a test that emptied the database.
    found.update(
        first_text(kind, language)
        for kind in ("award-letter", "outcome-letter")
        for language in ("en", "fr", "es", "ar")
    )
    pieces = {piece.casefold() for text in found for piece in fragments(text)}
    pieces |= {" ".join(text.split()).casefold() for text in found}
    pieces |= {
        piece.casefold()
        for country in pycountry.countries
        for name in (country.name, getattr(country, "common_name", ""))
        for piece in fragments(name)
    }
    pieces |= {
        piece.casefold() for zone in zoneinfo.available_timezones() for piece in fragments(zone.replace("_", " "))
    }
    pieces |= {
        each.casefold()
        for each in (settings.SITE_NAME, *NAMES, *dict([*settings.LANGUAGES, *LETTER_LANGUAGES]).values())
    }
    return pieces, "\n".join(found).casefold()


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_every_word_of_a_page_is_translated_or_was_written_by_somebody(
    row: Row, world: World, written: tuple[set[str], str]
) -> None:
    readers = [name for name, answer in zip(PERSONAS, row.answers, strict=True) if answer == 200]
    chosen = {next(name for name in (*MOST, *readers) if name in readers), *({"anonymous"} & set(readers))}
    strange: set[str] = set()
    for name in chosen:
        with speaking():
            answer = ask(world.browser(name), "GET", row, world)
        if answer["Content-Type"].startswith("text/html"):
            strange |= {each for each in untranslated(answer.content.decode()) if not _is_written(each, written)}
    assert not strange, sorted(strange)


def _is_written(said: str, written: tuple[set[str], str]) -> bool:
    """Whether somebody wrote it, or it is the same in every language."""
    pieces, whole = written
    rest = REFERENCE.sub("", said).strip()
    return (
        MEANT.fullmatch(rest) is not None
        or not pieces.isdisjoint({rest.casefold(), said.casefold()})
        or (len(rest) >= 25 and rest.casefold() in whole)
    )


def _in_latin(html: str, written: tuple[set[str], str]) -> set[str]:
    """What a page in Arabic says in Latin letters, without what is written by somebody."""
    return {
        part
        for each in untranslated(html)
        if not _is_written(each, written)
        for piece in re.split(r"[\u0600-\u06ff«»]+", re.sub(r"\{\w+\}", " ", each))
        if re.search(r"[^\W\d_]{2}", part := piece.strip()) and not _is_written(part, written)
    }


def _arabic(world: World, name: str) -> Client:
    client = world.browser(name)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    return client


def test_a_page_that_is_offered_in_arabic_says_nothing_else(world: World, written: tuple[set[str], str]) -> None:
    covered = [row for row in PAGES if covers("ar", address(row, world))]
    assert {"public:home", "account_login", "apply:section"} <= {row.route for row in covered}
    strange = {}
    for row in covered:
        readers = [name for name, answer in zip(PERSONAS, row.answers, strict=True) if answer == 200]
        for name in {readers[0], readers[-1]}:
            answer = ask(_arabic(world, name), "GET", row, world)
            if answer["Content-Type"].startswith("text/html"):
                assert '<html lang="ar" dir="rtl">' in answer.content.decode(), row
                strange[f"{row} {name}"] = _in_latin(answer.content.decode(), written)
    assert {page: words for page, words in strange.items() if words} == {}


KINDS = [
    {"key": "e", "kind": "ethics", "label": "أ"},
    {"key": "m", "kind": "money", "label": "م", "most": "10", "required": True},
    {"key": "o", "kind": "orcid", "label": "ك"},
    {"key": "t", "kind": "table", "label": "ج", "required": True, "most_rows": 3,
     "columns": [{"key": "a", "label": "ب", "kind": "money", "required": True},
                 {"key": "b", "label": "ت", "kind": "date", "required": False}]},
]  # fmt: skip
"""The kinds of questions that the world's form has not."""
FAULTS = [
    ("anonymous", "/account/login/", {"login": "x@y.example", "password": "wrong"}),
    ("anonymous", "/account/login/", {}),
    ("anonymous", "/account/signup/", {"email": "x", "password1": "password"}),
    ("anonymous", "/account/password/reset/", {"email": "x"}),
    ("ada", "sections/project/", {"title": "1" * 150, "months": "99", "starts_on": "1", "host": "", "country": "22"}),
    ("ada", "sections/project/", {"months": "1 2", "summary": "1 " * 60, "theme": "1", "country": ""}),
    ("ada", "sections/safety/", {"children": "direct", "approved": "1", "true": ""}),
    ("ada", "sections/kinds/", {"m": "12.5.1", "o": "1", "t-0-a": "1.1.1", "t-0-b": "1"}),
    ("ada", "sections/kinds/", {"m": "99", "t-0-b": "2027-01-01", "more": "t"}),
    ("ada", "budget/", {"stay": "1", "c0-0-1": "1"}),
    ("ada", "budget/", {"revision": "0"}),
    ("ada", "budget/paste/", {"text": "1\t2\t3\n1", "way": "add", "revision": "1"}),
    ("ada", "sections/project/", {"title": "1", "title-revision": "0"}),
    ("ada", "team/", {"name": "", "email": "1", "orcid": "1", "access": "editor"}),
    ("ada", "team/", {"name": "١", "email": "x@y.example", "part": "partner", "access": "editor"}),
    ("ada", "team/editors/", {"allowed": "1"}),
    ("ada", "files/letter/", {}),
]


@pytest.fixture
def asks_all(world: World) -> Iterator[int]:
    """Ada's draft, whose form asks questions of all kinds."""
    draft = Application.objects.get(pk=world.subjects["draft"]["pk"])
    content = deepcopy(draft.form.content)
    content["sections"].append({"key": "kinds", "title": "ن", "questions": KINDS})
    with undone():
        FormVersion.objects.filter(pk=draft.form.pk).update(content=content)
        yield draft.pk


def test_what_is_wrong_is_said_in_arabic_too(world: World, written: tuple[set[str], str], asks_all: int) -> None:
    strange = {}
    for name, where, typed in FAULTS:
        client = _arabic(world, name)
        place = where if where.startswith("/") else f"/apply/{asks_all}/{where}"
        seen = dict(Application.objects.get(pk=asks_all).answers.values_list("key", "revision"))
        revisions = {f"{key}-revision": seen.get(key, 0) for key in (*typed, "t")}
        page = client.post(place, revisions | typed, follow=True).content.decode()
        assert 'dir="rtl"' in page, (where, typed)
        strange[where, *typed] = _in_latin(page, written)
    for key in ("project", "safety", "team", "budget", "files", "kinds"):
        page = _arabic(world, "ada").get(f"/apply/{asks_all}/sections/{key}/?check=1").content.decode()
        strange[key] = _in_latin(page, written)
    assert {page: words for page, words in strange.items() if words} == {}
