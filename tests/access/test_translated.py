"""Every word of every page can be translated: what stands on it outside the brackets is what people wrote."""

import re
import zoneinfo
from collections.abc import Iterator
from typing import Any

import pycountry
import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from tests.access.table import ROWS, Row
from tests.access.test_table import ask
from tests.access.world import PERSONAS, World
from tests.pseudo import speaking
from tests.words_on import fragments, untranslated

pytestmark = pytest.mark.django_db

MOST = ("helena", "ada", "ruth", "felix")
"""Who sees most of a page."""
IN_ENGLISH = {"api:docs", "patterns"}
"""Pages for those who write programs."""
PAGES = [row for row in ROWS if row.method == "GET" and 200 in row.answers and row.route not in IN_ENGLISH]
NAMES = {"CommonGrants", "ORCID iD", "ROR", "PDF", "CSV", "XLSX", "DOCX", "INHOPE", "Find a Helpline"}
MEANT = re.compile(
    r"[\W\d]*(UTC|[A-Z]{3}|[kMG]?B|(.*<)?\S+@\S+|sorf_\w+|\S+\.(pdf|zip|example|org)\S*|[a-z_]+[:._][a-z_:.]+)?[\W\d]*"
)
REFERENCE = re.compile(r"\b(SORF|[A-Z]{3,8})-[\w-]*\d\b")
"""Currencies, sizes, zones, references, addresses, and the codes of the audit trail are the same in every language."""


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
    pieces |= {each.casefold() for each in (settings.SITE_NAME, *NAMES, *dict(settings.LANGUAGES).values())}
    return pieces, "\n".join(found).casefold()


@pytest.mark.parametrize("row", PAGES, ids=str)
def test_every_word_of_a_page_is_translated_or_was_written_by_somebody(
    row: Row, world: World, written: tuple[set[str], str]
) -> None:
    pieces, whole = written
    readers = [name for name, answer in zip(PERSONAS, row.answers, strict=True) if answer == 200]
    chosen = {next(name for name in (*MOST, *readers) if name in readers), *({"anonymous"} & set(readers))}
    strange: set[str] = set()
    for name in chosen:
        with speaking():
            answer = ask(world.browser(name), "GET", row, world)
        if answer["Content-Type"].startswith("text/html"):
            strange |= {
                each
                for each in untranslated(answer.content.decode())
                if not MEANT.fullmatch(rest := REFERENCE.sub("", each).strip())
                and rest.casefold() not in pieces
                and each.casefold() not in pieces
                and not (len(rest) >= 25 and rest.casefold() in whole)
            }
    assert not strange, sorted(strange)
