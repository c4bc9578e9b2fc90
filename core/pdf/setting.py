"""Lines to the operators that draw them: worked out once per process where nothing in them depends on the document."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from reportlab.pdfbase.pdfdoc import PDFDocument

from core.pdf.embedding import EmbeddedFace, embedded
from core.pdf.lines import Line
from core.pdf.shaping import Glyph, Run

_KEPT = 1 << 14
"""So many drawn words of one face are kept for their next use in a document."""


@dataclass(frozen=True, slots=True, eq=False)
class _Drawn:
    """The operators of a line that are the same in every document, and the glyphs that they show."""

    operators: str
    used: tuple[tuple[EmbeddedFace, frozenset[int]], ...]


def show(line: Line, document: PDFDocument) -> str:
    """Return the operators that draw a line where the text position stands, and note its glyphs."""
    drawn = _drawn(line)
    if drawn is None:
        return "".join(_stretches(line, lambda run: _in_document(run, line.size, document)))
    for face, glyphs in drawn.used:
        face.in_document(document).used |= glyphs
    return drawn.operators


@lru_cache(maxsize=1 << 11)
def _drawn(line: Line) -> _Drawn | None:
    """Draw a line for every document, if all its glyphs stand for what their fonts say."""
    used: dict[EmbeddedFace, set[int]] = {}
    pieces: dict[Run, str] = {}
    for run in line.runs:
        piece = _everywhere(run)
        if piece is None:
            return None
        pieces[run] = piece
        used.setdefault(embedded(run.face), set()).update(glyph.number for glyph in run.glyphs)
    operators = "".join(_stretches(line, pieces.__getitem__))
    return _Drawn(operators, tuple((face, frozenset(glyphs)) for face, glyphs in used.items()))


def _stretches(line: Line, piece_of: Callable[[Run], str]) -> Iterator[str]:
    """Join what is drawn in one face."""
    for face, runs in groupby(line.runs, lambda run: run.face):
        pieces = "".join(map(piece_of, runs)).replace("><", "")
        shown = f"[{pieces}] TJ".replace("[] TJ ", "").removesuffix(" [] TJ")
        yield f"{embedded(face).resource} {line.size:g} Tf {shown} "


@lru_cache(maxsize=1 << 14)
def _everywhere(run: Run) -> str | None:
    """Return a run as a part of an array of text, if it is the same in every document and at every size."""
    face = run.face
    if not run.is_spelled or any(glyph.y_offset or not face.spells(glyph.number, glyph.text) for glyph in run.glyphs):
        return None
    return _piece(run, 0, lambda glyph: glyph.number)


def _in_document(run: Run, size: float, document: PDFDocument) -> str:
    codes = embedded(run.face).in_document(document)
    shown = codes.shown.get((run, size))
    if shown is None:
        if len(codes.shown) > _KEPT:
            codes.shown.clear()
        shown = _piece(run, size, codes.code)
        if not run.is_spelled:
            typed = f"\ufeff{run.text}".encode("utf-16-be").hex().upper()
            shown = f"] TJ /Span <</ActualText <{typed}>>> BDC [{shown}] TJ EMC ["
        codes.shown[run, size] = shown
    return shown


def _piece(run: Run, size: float, code: Callable[[Glyph], int]) -> str:
    parts: list[str] = []
    pending, rise = 0, 0
    for glyph in run.glyphs:
        if glyph.y_offset != rise:
            rise = glyph.y_offset
            parts.append(f"] TJ {rise * size / 1000:.3f} Ts [")
        pending -= glyph.x_offset
        if pending:
            parts.append(str(pending))
        parts.append(f"<{code(glyph):04X}>")
        pending = glyph.x_offset + run.face.advance(glyph.number) - glyph.advance
    if pending:
        parts.append(str(pending))
    return "".join(parts) + ("] TJ 0 Ts [" if rise else "")
