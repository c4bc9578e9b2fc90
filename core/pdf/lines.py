"""Paragraphs to lines: where lines end, and in which order their pieces are drawn."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from core.pdf.characters import CLUSTER, IGNORABLE
from core.pdf.direction import base_level, has_backward, levels, main_direction, visual_order
from core.pdf.faces import Look, text_face
from core.pdf.shaping import MissingGlyph, Run, shape
from core.pdf.styles import Style
from core.pdf.words import Span, Text, cleaned, is_space, parts, plain, preferred_han, units

_ISOLATES, _END_ISOLATE = {"ltr": "\u2066", "rtl": "\u2067"}, "\u2069"


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """One line, ready to be drawn: its runs from left to right and the room that it takes."""

    runs: tuple[Run, ...]
    size: float
    colour: str
    width: float
    above: float
    below: float
    is_from_right: bool
    align: str

    @property
    def height(self) -> float:
        """Return the room from the line above to the line below."""
        return self.above + self.below


@dataclass(slots=True, eq=False)
class _Unit:
    """A stretch that no line may end within, with the level of each of its runs."""

    text: str
    runs: list[tuple[Run, int]]
    width: float
    is_space: bool


def set_lines(text: Text, style: Style, width: float) -> tuple[Line, ...]:
    """Break a text into lines of at most the given width."""
    return _set_lines(parts(text), style, round(width, 2))


@lru_cache(maxsize=512)
def _set_lines(pieces: tuple[str | Span, ...], style: Style, width: float) -> tuple[Line, ...]:
    try:
        lines = [line for hard in _hard_lines(pieces) for line in _break(hard, style, width)]
    except MissingGlyph as missing:
        raise MissingGlyph(missing.character, plain(pieces)) from None
    return tuple(lines)


def natural_width(text: Text, style: Style) -> float:
    """Return the width of a text that is set without a break of our own."""
    return max((line.width for line in set_lines(text, style, 1e6)), default=0)


def longest_word(text: Text, style: Style) -> float:
    """Return the width of the widest word, below which a column would tear words apart."""
    words = {unit for word in plain(text).split() for unit in units(cleaned(word))}
    return (
        max((sum(run.width for run in shape(_drawn(word), style.look)) for word in words), default=0)
        * style.size
        / 1000
    )


def _hard_lines(pieces: Sequence[str | Span]) -> Iterator[list[str | Span]]:
    """Split at the ends of lines that the writer typed, keeping spans."""
    current: list[str | Span] = []
    for piece in pieces:
        if isinstance(piece, Span):
            inner = cleaned(piece.text).replace("\n", " ")
            current.append(Span(inner, piece.is_emphasised, piece.is_strong))
            continue
        first, *others = cleaned(piece).split("\n")
        current.append(first)
        for other in others:
            yield current
            current = [other]
    yield current


def _break(pieces: list[str | Span], style: Style, width: float) -> list[Line]:
    base, stretches = _stretches(pieces, style)
    all_units = list(_units(stretches, style, preferred_han(plain(pieces))))
    available = width - style.indent
    broken = _fill(all_units, available, style.size)
    if style.is_balanced and len(broken) > 1:
        broken = _balance(all_units, available, style.size, len(broken))
    return [_line(line, style, base) for line in broken]


type _Stretch = tuple[str, Look, tuple[int, ...]]


def _apart(text: str) -> str:
    """Isolate a name or title from what stands around it, in its own direction."""
    return f"{_ISOLATES[main_direction(text)]}{text}{_END_ISOLATE}"


def _stretches(pieces: list[str | Span], style: Style) -> tuple[int, list[_Stretch]]:
    """Return the base level, and each piece with its look and the level of each character."""
    marked = [_apart(piece.text) if isinstance(piece, Span) else piece for piece in pieces]
    joined = "".join(marked)
    # A paragraph that is nothing but a name runs as the name does.
    alone = pieces[0].text if len(pieces) == 1 and isinstance(pieces[0], Span) else None
    direction = main_direction(alone) if alone and style.direction == "auto" else style.direction
    base = base_level(joined if alone is None else alone, direction)
    of_character = levels(joined, base) if base or has_backward(joined) else None
    result: list[_Stretch] = []
    position = 0
    for piece, with_marks in zip(pieces, marked, strict=True):
        look = piece.look(style.look) if isinstance(piece, Span) else style.look
        end = position + len(with_marks)
        result.append((with_marks, look, tuple(of_character[position:end]) if of_character else ()))
        position = end
    return base, result


def _units(stretches: list[_Stretch], style: Style, han: str) -> Iterator[_Unit]:
    """Shape the units of a paragraph; a word that runs over from one stretch to the next stays one."""
    pending: _Unit | None = None
    for text, look, of_character in stretches:
        position = 0
        for unit in units(text, at_hyphens=not style.is_balanced):
            its_levels = of_character[position : position + len(unit)]
            position += len(unit)
            shaped, thousandths, space = _shape_unit(unit, look, its_levels, han)
            if not shaped:
                continue
            if pending and (pending.is_space or space or position > len(unit)):
                yield pending
                pending = None
            width = thousandths * style.size / 1000
            if pending:
                pending.text, pending.width = pending.text + unit, pending.width + width
                pending.runs += shaped
            else:
                pending = _Unit(unit, [*shaped], width, space)
    if pending:
        yield pending


@lru_cache(maxsize=1 << 10)
def _shape_unit(
    unit: str, look: Look, of_character: tuple[int, ...], han: str
) -> tuple[tuple[tuple[Run, int], ...], int, bool]:
    """Return the runs of a unit with their levels, its width in thousandths of the size, and whether it is space."""
    result: list[tuple[Run, int]] = []
    position = 0
    for level, group in groupby(of_character or (0,) * len(unit)):
        length = len(list(group))
        part = _drawn(unit[position : position + length])
        position += length
        result += [(run, level) for run in shape(part, look, level % 2 == 1, han)]
    return tuple(result), sum(run.width for run, _ in result), is_space(unit)


def _drawn(unit: str) -> str:
    """Drop what only steers; joiners stay, for they change the letters beside them."""
    if unit.isascii():
        return unit
    return IGNORABLE.sub(lambda match: match[0] if match[0] in "\u200c\u200d" else "", unit)


def _fill(all_units: list[_Unit], available: float, size: float) -> list[list[_Unit]]:
    """Put as many units on each line as it holds."""
    lines: list[list[_Unit]] = []
    current: list[_Unit] = []
    used = 0.0
    for unit in all_units:
        if unit.is_space or used + unit.width <= available + 0.01:
            current.append(unit)
            used += unit.width
            continue
        if current:
            lines.append(current)
        if unit.width <= available:
            current, used = [unit], unit.width
            continue
        *full, current = _tear(unit, available, size)
        lines += full
        used = sum(piece.width for piece in current)
    return [*lines, current]


def _tear(unit: _Unit, available: float, size: float) -> list[list[_Unit]]:
    """Break a word that is wider than a line between its clusters."""
    pieces: list[_Unit] = []
    for run, level in unit.runs:
        look, script_pieces = _look_of(run), CLUSTER.findall(run.text)
        for cluster in script_pieces:
            shaped = [(part, level) for part in shape(cluster, look, level % 2 == 1, run.face.key)]
            pieces.append(_Unit(cluster, shaped, sum(part.width for part, _ in shaped) * size / 1000, False))
    lines: list[list[_Unit]] = [[]]
    used = 0.0
    for piece in pieces:
        if lines[-1] and used + piece.width > available:
            lines.append([])
            used = 0.0
        lines[-1].append(piece)
        used += piece.width
    return lines


def _look_of(run: Run) -> Look:
    family = "serif" if run.face.key.startswith("serif") else "sans"
    return Look(family, run.face.weight, run.face.key.endswith("italic"))


def _balance(all_units: list[_Unit], available: float, size: float, count: int) -> list[list[_Unit]]:
    """Make the lines of a title about equally long, without adding one."""
    narrow, wide = available / 2, available
    while wide - narrow > 4:
        middle = (narrow + wide) / 2
        if len(_fill(all_units, middle, size)) > count:
            narrow = middle
        else:
            wide = middle
    return _fill(all_units, wide, size)


def _line(line: list[_Unit], style: Style, base: int) -> Line:
    while line and line[-1].is_space:
        line = line[:-1]
    placed = _joined([placement for unit in line for placement in unit.runs])
    order = visual_order([level for _, level in placed])
    runs = tuple(placed[index][0] for index in order)
    above, below = _room(style)
    for run in runs:
        above = max(above, run.rise * style.size / 1000)
        below = max(below, run.depth * style.size / 1000)
    width = sum(unit.width for unit in line)
    return Line(runs, style.size, style.colour, width, above, below, base == 1, style.align)


def _joined(placed: list[tuple[Run, int]]) -> list[tuple[Run, int]]:
    """Join neighbours of one face in scripts whose words were cut between clusters.

    A reader measures a stretch that carries its own text by its last glyph, and
    would see a gap behind a mark that has no width.
    """
    result: list[tuple[Run, int]] = []
    for run, level in placed:
        before, its_level = result[-1] if result else (run, -1)
        if level % 2 or its_level != level or before.face is not run.face or (before.is_spelled and run.is_spelled):
            result.append((run, level))
        else:
            result[-1] = (before + run, level)
    return result


@lru_cache(maxsize=256)
def _room(style: Style) -> tuple[float, float]:
    face = text_face(style.look)
    ascent, descent = face.ascent * style.size / 1000, face.descent * style.size / 1000
    above = (style.leading - ascent - descent) / 2 + ascent
    return above, style.leading - above
