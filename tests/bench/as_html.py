"""The blocks of a document as HTML: the same words in the same order, for another renderer to set."""

from collections.abc import Iterable
from functools import singledispatch
from html import escape

from core.pdf.blocks import Block, Choices, Columns, Hanging, Paragraph, Rule, Together
from core.pdf.bookmarks import Bookmark, Unlisted
from core.pdf.captions import Captioned
from core.pdf.items import Items
from core.pdf.styles import Style
from core.pdf.tables import Table
from core.pdf.words import Text, plain

PAGE = """<html lang="en"><head><title>{title}</title><style>
@page {{ size: A4; margin: 42mm 24mm 30mm;
  @top-left {{ content: "Safe Online Research Fund"; }} @top-right {{ content: "{title}"; font-size: 8pt; }}
  @bottom-right {{ content: "Page " counter(page) " of " counter(pages); }} }}
body {{ font-family: "Noto Serif", serif; font-size: 10.25pt; line-height: 15pt; }}
table {{ width: 100%; border-collapse: collapse; font-family: "Noto Sans", sans-serif; font-size: 8.75pt; }}
th, td {{ text-align: start; border-bottom: 0.5pt solid #cfdbdd; }} tfoot {{ font-weight: 600; }}
div.columns {{ display: flex; }} div.columns > div {{ flex: 1; }}
</style></head><body>{body}</body></html>"""


def page_of(title: str, blocks: Iterable[Block]) -> str:
    """Return a document of these blocks."""
    return PAGE.format(title=escape(title), body=_all(blocks))


@singledispatch
def _html(block: Block) -> str:
    return ""


@_html.register
def _(block: Paragraph) -> str:
    name = "p" if block.bookmark is None else f"h{block.bookmark + 1}"
    return f'<{name} style="{_css(block.style)}">{_text(block.text)}</{name}>'


@_html.register
def _(block: Hanging) -> str:
    return f'<p style="{_css(block.style)}; margin-left: {block.indent}pt">{block.label} {_text(block.text)}</p>'


@_html.register
def _(block: Items) -> str:
    return f"<ul>{''.join(f'<li>{_text(each)}</li>' for each in block.texts)}</ul>"


@_html.register
def _(block: Columns) -> str:
    columns = "".join(f"<div>{_all(each)}</div>" for each in block.columns)
    return f'<div class="columns">{columns}</div>'


@_html.register
def _(block: Unlisted) -> str:
    return _html(block.block)


@_html.register
def _(block: Bookmark) -> str:
    return '<div style="break-before: page"></div>'


@_html.register
def _(block: Captioned) -> str:
    return _html(block.block) + "".join(f"<p><small>{_text(each)}</small></p>" for each in block.captions)


@_html.register
def _(block: Together) -> str:
    return f'<div style="break-inside: avoid">{_all(block.blocks)}</div>'


@_html.register
def _(block: Rule) -> str:
    return "<hr>"


@_html.register
def _(block: Choices) -> str:
    return f"<p>{' '.join(map(escape, block.labels))}</p>"


@_html.register
def _(table: Table) -> str:
    head = "".join(f"<th>{_text(column.head)}</th>" for column in table.columns)
    body, foot = (
        "".join(f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>" for cells in rows)
        for rows in (table.cells, table.foot)
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody><tfoot>{foot}</tfoot></table>"


def _all(blocks: Iterable[Block]) -> str:
    return "".join(map(_html, blocks))


def _css(style: Style) -> str:
    family = "Noto Serif, serif" if style.family == "serif" else "Noto Sans, sans-serif"
    return (
        f"font: {style.weight} {style.size}pt/{style.leading}pt {family}; color: {style.colour}; "
        f"margin: {style.before}pt 0 {style.after}pt"
    )


def _text(text: Text) -> str:
    return escape(plain(text)).replace("\n", "<br>")
