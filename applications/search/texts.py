"""What is searched of a submitted version, and the conditions on it."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import Q

from applications.content import names_its_applicant
from applications.models import Application, SearchText
from applications.models.application import veiled_from
from applications.postgres import CONFIGURATION
from applications.search.folding import Piece, Way, fold, indexed, pairs_in, pieces_of
from core.forms.definition import FormDefinition

MOST = 200_000
"""Characters of an application that are searched; the longest form is far below."""


def texts_of(content: dict[str, Any], form: FormDefinition) -> dict[str, str]:
    """Return the folded texts of a version's content, by the columns of `SearchText`; its reference comes later."""
    columns = content["columns"]
    spoken = [columns["title"], columns["summary"], columns["theme_name"]]
    naming = [columns["investigator"], columns["host"]]
    for answer in (each for section in content["sections"] for each in section["answers"]):
        (naming if names_its_applicant(answer, form) else spoken).append(str(answer["words"]))
    naming += [text for each in content["team"] for text in (each["name"], each["organisation"])]
    naming += [each["name"] for each in content["attachments"]]
    return {
        "open_text": indexed("\n".join(dict.fromkeys(spoken))[:MOST]),
        "naming_text": indexed("\n".join(dict.fromkeys(naming))[:MOST]),
        "title_text": fold(columns["title"])[:600],
        "investigator_text": fold(columns["investigator"])[:400],
        "host_text": fold(columns["host"])[:600],
    }


def row_of(reference: str | None, content: dict[str, Any], form: FormDefinition) -> dict[str, str]:
    """Return the columns of `SearchText` for a submitted version."""
    return _with_reference(reference, texts_of(content, form))


def keep(application: Application, texts: dict[str, str]) -> None:
    """Store what is searched of an application, in the running transaction."""
    row = SearchText(application=application, **_with_reference(application.reference, texts))
    SearchText.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["application"], update_fields=list(texts)
    )


def _with_reference(reference: str | None, texts: dict[str, str]) -> dict[str, str]:
    return texts | {"open_text": fold(reference or "").rstrip() + texts["open_text"]}


def holding(text: str, *, is_exact: bool, user: Any) -> Q | None:
    """Return the condition for applications in which a text stands; names only where the person may know them.

    A word is found by its beginning, an exact text only whole; scripts without spaces are found by any part.
    None where there is nothing to look for.
    """
    pieces = pieces_of(text)
    if not pieces:
        return None
    named = ~Q(application__in=Application.objects.filter(veiled_from(user)).values("pk"))
    found = _standing_in("open", pieces, is_exact) | (_standing_in("naming", pieces, is_exact) & named)
    return Q(pk__in=SearchText.objects.filter(found).values("application"))


def named(column: str, text: str, *, is_exact: bool) -> Q | None:
    """Return the condition for applications whose title, investigator or host has a text."""
    pieces = pieces_of(text)
    if not pieces:
        return None
    found = Q()
    for pattern in _patterns(pieces, is_exact):
        found &= Q(**{f"{column}_text__contains": pattern})
    return Q(pk__in=SearchText.objects.filter(found).values("application"))


def _standing_in(column: str, pieces: list[Piece], is_exact: bool) -> Q:
    patterns, lexemes = _patterns(pieces, is_exact), None
    if connection.vendor == "postgresql":
        lexemes = " & ".join(_lexemes(pieces, is_exact))
        if lexemes and _is_told_by_lexemes(pieces):
            patterns = []
    found = Q(**{f"{column}_words": SearchQuery(lexemes, config=CONFIGURATION, search_type="raw")}) if lexemes else Q()
    for pattern in patterns:
        found &= Q(**{f"{column}_text__contains": pattern})
    return found


def _patterns(pieces: list[Piece], is_exact: bool) -> list[str]:
    """Return what must stand in the folded text: words that follow each other together, each run alone."""
    found: list[str] = []
    for way, group in groupby(pieces, key=lambda each: each.way):
        texts = [each.text for each in group]
        found += [f" {' '.join(texts)}{' ' if is_exact else ''}"] if way is Way.WORD else texts
    return found


def _lexemes(pieces: list[Piece], is_exact: bool) -> Iterator[str]:
    """Yield what PostgreSQL's index must hold if the patterns stand in the text."""
    for place, piece in enumerate(pieces):
        if piece.way is Way.WORD:
            is_last = place + 1 == len(pieces) or pieces[place + 1].way is not Way.WORD
            yield f"'{piece.text}'{':*' if is_last and not is_exact else ''}"
        elif piece.way is Way.HAN:
            pairs = pairs_in(piece.text)
            yield from (f"'{each}'" for each in pairs[:-1]) if len(pairs) > 1 else (f"'{piece.text}':*",)


def _is_told_by_lexemes(pieces: list[Piece]) -> bool:
    """Whether the index alone decides: one word, or at most two characters of Han or kana."""
    return len(pieces) == 1 and (
        pieces[0].way is Way.WORD or (pieces[0].way is Way.HAN and len(pieces[0].text) <= 2)
    )  # fmt: skip
