"""Tags and filters that every template has without loading them."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, FileInput, PasswordInput
from django.template import Context
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import charts, words
from core import money as amounts
from core.comparison import Piece
from core.language import counted as in_words
from core.states import Wording
from core.web import moments, scripts
from core.web.forms import summary_of

register = template.Library()
NONE = "—"


@register.simple_tag
def badge(state: Any, audience: str = "staff", framed: bool = False) -> SafeString:
    """Show a state by word and shape.

    `state` is a row with `.wording`, a `Wording`, or a pair of word and shape such as `("Submitted", "done")`.
    """
    word, shape = _word_and_shape(state, audience)
    classes = "badge" if shape in ("", "to-come") else f"badge is-{shape}"
    return format_html('<span class="{}">{}</span>', f"{classes} is-framed" if framed else classes, word)


@register.simple_tag
def word_badge(word: str, shape: str = "", framed: bool = False) -> SafeString:
    """Show a word with a shape: to-come (or none), moving, done, yours, stopped."""
    return badge((word, shape), framed=framed)


def _word_and_shape(state: Any, audience: str) -> tuple[str, str]:
    wording = state if isinstance(state, Wording | tuple) else state.wording
    if isinstance(wording, Wording):
        return wording.word(audience), str(wording.mark(audience))
    word, shape = wording
    return str(word), str(shape)


@register.filter
def money(amount: Decimal | int | None, currency: str = "USD") -> str:
    """Write an amount without its currency, with minor units only where it has some: 158,700."""
    return NONE if amount in (None, "") else amounts.figures(Decimal(amount), currency)


@register.filter
def money_exact(amount: Decimal | int | None, currency: str = "USD") -> str:
    """Write an amount without its currency, with all its minor units: 158,700.00."""
    return NONE if amount in (None, "") else amounts.exact(Decimal(amount), currency)


@register.filter
def priced(amount: Decimal | int | None, currency: str = "USD") -> str:
    """Write an amount after its currency: USD 158,700."""
    return NONE if amount in (None, "") else f"{currency}\xa0{amounts.figures(Decimal(amount), currency)}"


@register.filter
def priced_exact(amount: Decimal | int | None, currency: str = "USD") -> str:
    """Write an amount after its currency with all its minor units: USD 158,700.00."""
    return NONE if amount in (None, "") else f"{currency}\xa0{amounts.exact(Decimal(amount), currency)}"


@register.simple_tag
def when(moment: datetime | None, zone: str = "UTC") -> str:
    """Show a moment in a zone; a script adds the visitor's own zone beside it."""
    if moment is None:
        return NONE
    return format_html(
        '<time datetime="{}" data-local="{}">{}</time>',
        moment.isoformat(timespec="seconds"),
        moments.day_in(moment, zone),
        moments.full(moment, zone),
    )


@register.filter
def day(value: date | datetime | None) -> str:
    """Show a date as in tables: Fri 27 Nov."""
    if value is None:
        return NONE
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", moments.short_day(value))


@register.filter
def full_day(value: date | datetime | None) -> str:
    """Show a date in full: Tue 22 December 2026."""
    if value is None:
        return NONE
    return format_html('<time datetime="{}">{}</time>', f"{value:%Y-%m-%d}", moments.full_day(value))


@register.filter
def said(day: str, lead: str) -> SafeString:
    """Put a day into what is said of it, which has `%(day)s` where the day stands; alone if nothing is said."""
    return SafeString((escape(lead) or "%(day)s") % {"day": conditional_escape(day)})


@register.filter
def at_time(value: datetime | None) -> str:
    """Show the time of day in UTC: 14:03."""
    return NONE if value is None else format_html('<time datetime="{}">{}</time>', value.isoformat(), f"{value:%H:%M}")


@register.filter
def distance(value: date | datetime | None) -> str:
    """Say how far away a date is: in 22 days."""
    return NONE if value is None else moments.distance(value)


@register.filter
def unbroken(text: Any) -> str:
    """Keep a reference on one line, which a narrow heading would break at its hyphens."""
    return format_html('<span class="whole">{}</span>', text)


@register.filter
def in_pieces(digest: str) -> str:
    """Let a hash break after every eighth sign only, so that none stands alone on a line; it is copied whole."""
    pieces = (digest[start : start + 8] for start in range(0, len(digest), 8))
    return format_html_join(SafeString("<wbr>"), "{}", ((each,) for each in pieces))


@register.filter
def bdi(text: Any) -> str:
    """Wrap the parts of a name or title that are in another script, with a guess of their language."""
    parts = scripts.runs(str(text))
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<bdi lang="{}">{}</bdi>', run.language, run.text) if run.language else run.text,)
            for run in parts
        ),
    )


@register.filter
def paragraphs(text: Any) -> str:
    """Show plain text as paragraphs, escaped, each in the direction and language of its script."""
    texts = re.split(r"\n\s*\n", words.normal(str(text)).strip())
    return format_html_join("\n", "<p{}>{}</p>", ((_language_of(each), _lines(each)) for each in texts if each))


@register.filter
def compared(pieces: Iterable[Piece]) -> str:
    """Show what changed from one text to another; the marks are in words too, for whoever hears them."""
    names = {"gone": ("del", _("taken out:")), "new": ("ins", _("added:"))}
    drawn = (
        format_html('<{0}><span class="visually-hidden"> {1} </span>{2}</{0}>', *names[sign], text)
        if sign in names
        else text
        for sign, text in pieces
    )
    return format_html_join("", "{}", ((each,) for each in drawn))


def _language_of(text: str) -> SafeString:
    language = scripts.main_language(text)
    if not language:
        return SafeString("")
    return format_html(' lang="{}" dir="{}"', language, "rtl" if language in scripts.RIGHT_TO_LEFT else "ltr")


def _lines(text: str) -> SafeString:
    return format_html_join(SafeString("<br>"), "{}", ((line,) for line in text.split("\n")))


@register.filter
def counted(number: int, words: str = ",s") -> str:
    """Write a number with its noun: `{{ 3|counted:"review,reviews" }}` is “3 reviews”."""
    one, __, many = words.partition(",")
    return in_words(f"%(number)s {one}", f"%(number)s {many}", number)


@register.filter
def chart(drawn: charts.Chart) -> SafeString:
    """Paint a chart of `core.charts` as SVG."""
    return charts.svg(drawn)


@register.inclusion_tag("core/parts/pager.html", takes_context=True)
def pager(context: Context, page: Page[Any], noun: str = "") -> dict[str, Any]:
    """Show where in a list this page is, and the ways to the others; keeps the filters of the address."""
    pages = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "pages": list(pages) if page.paginator.num_pages > 1 else [],
        "ellipsis": page.paginator.ELLIPSIS,
        "noun": noun,
        "request": context["request"],
    }


@register.inclusion_tag("core/parts/progress.html")
def progress(done: int, total: int, label: str, words: str = "", tall: bool = False) -> dict[str, Any]:
    """Show a bar with its number in words beside it."""
    return {"done": done, "total": total, "label": label, "words": words or _of_all(done, total), "tall": tall}


def _of_all(done: int, total: int) -> str:
    return _("%(done)s of %(total)s") % {"done": f"{done:,}", "total": f"{total:,}"}


@register.inclusion_tag("core/forms/summary.html")
def error_summary(*forms: BaseForm, title: str = "") -> dict[str, Any]:
    """List what is to be corrected in one form or several, each linked to its field; nothing if all is well."""
    for form in forms:
        # A form that is drawn without a summary above it draws its own, so that no fault is ever unseen.
        form.is_summarised = True  # type: ignore[attr-defined]
    faults = summary_of(*forms)
    widgets = [field.widget for form in forms for field in getattr(form, "fields", {}).values()]
    heading = title or ngettext("There is one thing to correct", "%(number)s things to correct", len(faults)) % {
        "number": len(faults)
    }
    return {
        "faults": faults,
        "heading": heading,
        "has_files": any(isinstance(widget, FileInput) for widget in widgets),
        "has_secrets": any(isinstance(widget, PasswordInput) for widget in widgets),
    }
