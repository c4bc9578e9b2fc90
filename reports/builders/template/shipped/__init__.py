"""The texts of letters that come with the product: the first version of each template."""

from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


@cache
def first_text(kind: str, language: str) -> str:
    """Return the first version of a template."""
    return (_FOLDER / f"{kind}.{language.partition('-')[0]}.txt").read_text("utf-8")
