"""In which language a page speaks: the languages of the product, and where each is complete enough to be offered."""

import re
from typing import cast

from django.conf import settings
from django.utils.translation import gettext_lazy, ngettext

type Language = tuple[str, str]

LETTER_LANGUAGES: list[Language] = [("en", "English"), ("fr", "Français"), ("es", "Español"), ("ar", "العربية")]
"""In which languages the fund writes letters; pages and mail have languages of their own."""


def lazy(message: str) -> str:
    """Mark a text of a module or a class; it is put into the reader's language when it is shown.

    It is typed as the text that it stands for. `str()` it before joining it or giving it to a library in C.
    """
    return cast(str, gettext_lazy(message))


def counted(one: str, many: str, number: int) -> str:
    """Write a number within its words, which say `%(number)s` where it stands, in the form that it asks for."""
    return ngettext(one, many, number) % {"number": f"{number:,}"}


def covers(language: str, path: str) -> bool:
    """Whether all words of the page at this path are in the language, so that no page speaks two."""
    covered = settings.LANGUAGE_COVERS.get(language)
    return covered is None or re.match(covered, path) is not None


def offered(path: str) -> list[Language]:
    """Return the languages, with their own names, in which the page at this path can be read."""
    return [(code, name) for code, name in settings.LANGUAGES if covers(code, path)]
