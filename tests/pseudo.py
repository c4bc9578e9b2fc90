"""A language that does not exist: every translated text in brackets, accented and longer by two fifths."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from django.utils import translation

OPEN, CLOSE = "⟦", "⟧"
_KEPT = re.compile(r"(%\(\w+\)[a-z]|%[sdif%]|\{\w+\}|<[^>]+>|&\w+;)")
_ACCENTS = str.maketrans("aeiouyAEIOUYcnsz", "àéîöûÿÀÉÎÖÛŸçñšž")


def worn(message: str) -> str:
    """Return a text as the language that does not exist writes it; places for values and markup stay."""
    parts = [part if number % 2 else part.translate(_ACCENTS) for number, part in enumerate(_KEPT.split(message))]
    longer = "·" * (len(_KEPT.sub("", message)) * 2 // 5)
    lead = re.match(r"\s*", message)
    body = "".join(parts).strip()
    return f"{lead.group() if lead else ''}{OPEN}{body}{longer and ' ' + longer}{CLOSE}" if message.strip() else message


def _gettext(message: str) -> str:
    return worn(str(message))


def _ngettext(one: str, many: str, number: int) -> str:
    return worn(str(one if number == 1 else many))


@contextmanager
def speaking() -> Iterator[None]:
    """Put all that is translated into the language that does not exist."""
    translation.gettext("")  # binds the functions that are replaced
    with mock.patch.multiple(
        translation._trans,
        create=True,
        gettext=_gettext,
        ngettext=_ngettext,
        pgettext=lambda context, message: _gettext(message),
        npgettext=lambda context, one, many, number: _ngettext(one, many, number),
    ):
        yield
