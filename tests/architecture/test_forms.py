"""What holds for every form of the product."""

import importlib
from collections.abc import Iterator

from django import forms

from core.web.forms import LinesField

PASTED = 10_000
"""So long are texts that somebody writes; what is longer is pasted, and no page counts it."""


def forms_below(parent: type[forms.BaseForm]) -> Iterator[type[forms.BaseForm]]:
    for each in parent.__subclasses__():
        yield each
        yield from forms_below(each)


def test_a_text_of_several_lines_has_room_for_what_its_page_lets_people_write() -> None:
    """A browser counts a line end as one character and sends two."""
    importlib.import_module("config.urls")
    short = [
        f"{form.__module__}.{form.__name__}.{name}"
        for form in forms_below(forms.BaseForm)
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea) and not isinstance(field, LinesField)
        if (getattr(field, "max_length", None) or PASTED + 1) <= PASTED and not form.__module__.startswith("django.")
    ]
    assert short == []
