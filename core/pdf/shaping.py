"""Text to glyphs: which face draws which character, and how HarfBuzz sets them side by side."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import uharfbuzz
from fontTools.unicodedata import script as script_of_character

from core.pdf.characters import CLUSTER, IGNORABLE, NEUTRAL_SCRIPTS
from core.pdf.faces import Face, Look, all_faces, faces_for, text_face


class MissingGlyph(Exception):
    """A character that none of the typefaces can draw; the document must not leave without it."""

    def __init__(self, character: str, text: str) -> None:
        self.character = character
        self.text = text
        super().__init__(
            f"No typeface can draw U+{ord(character):04X} ({character}) in “{text[:80]}”. "
            "Replace the character, or add a typeface that has it."
        )


class Glyph(NamedTuple):
    """One drawn shape, the characters that it stands for, and where it goes, in thousandths of the size."""

    number: int
    text: str
    advance: int
    x_offset: int
    y_offset: int


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Glyphs of one face in the order in which they are drawn, left to right."""

    face: Face
    text: str
    glyphs: tuple[Glyph, ...]
    width: int
    rise: int
    depth: int
    is_spelled: bool
    """The font alone can say what was typed.

    Otherwise the run carries its text beside it. Text from right to left never
    does: readers turn such stretches round themselves, sign by sign, and would
    turn it twice. For the same reason a glyph of such a run that stands for a
    letter and its marks names the marks first.
    """

    def __add__(self, after: "Run") -> "Run":
        return Run(
            self.face,
            self.text + after.text,
            self.glyphs + after.glyphs,
            self.width + after.width,
            max(self.rise, after.rise),
            max(self.depth, after.depth),
            self.is_spelled and after.is_spelled,
        )


@lru_cache(maxsize=4096)
def script_of(character: str) -> str:
    """Return the script of a character, with the Japanese and Chinese signs as one."""
    return str(script_of_character(character))


@lru_cache(maxsize=1 << 14)
def shape(text: str, look: Look, backward: bool = False, han: str = "") -> tuple[Run, ...]:
    """Shape text without line breaks in one direction; return its runs in the order of reading.

    ``han`` names the typeface to prefer for Chinese characters, which look
    different in Chinese, Japanese and Korean text.
    """
    if not text:
        return ()
    plain = text_face(look)
    if text.isascii() and not backward:
        return (_shape_run(text, plain, "Latn", backward=False),)
    return tuple(_shape_run(part, face, script, backward=backward) for part, face, script in _split(text, look, han))


def _split(text: str, look: Look, han: str) -> Iterator[tuple[str, Face, str]]:
    """Cut text where the script or the face changes."""
    start, face, script, position = 0, None, "", 0
    for cluster, its_script in _scripts(text):
        its_face = _face_for(cluster, its_script, look, han, previous=face, text=text)
        if face is not None and (its_face is not face or its_script != script):
            yield text[start:position], face, script
            start = position
        face, script = its_face, its_script
        position += len(cluster)
    if face is not None:
        yield text[start:], face, script


def _scripts(text: str) -> list[tuple[str, str]]:
    """Return each cluster with its script; signs that belong to no script follow the letters before them."""
    clusters = CLUSTER.findall(text)
    scripts = [script_of(cluster[0]) for cluster in clusters]
    current = next((script for script in scripts if script not in NEUTRAL_SCRIPTS), "Latn")
    for index, script in enumerate(scripts):
        if script in NEUTRAL_SCRIPTS:
            scripts[index] = current
        else:
            current = script
    return list(zip(clusters, scripts, strict=True))


def _face_for(cluster: str, script: str, look: Look, han: str, *, previous: Face | None, text: str) -> Face:
    visible = [character for character in cluster if not IGNORABLE.match(character)]
    candidates = faces_for(look, script)
    if han:
        candidates = tuple(sorted(candidates, key=lambda face: face.key != han))
    if previous in candidates and script_of(cluster[0]) in NEUTRAL_SCRIPTS:
        candidates = (previous, *candidates)
    for face in chain(candidates, _others(look)):
        if all(map(face.has, visible)):
            return face
    raise MissingGlyph(_first_missing(visible, look), text)


def _others(look: Look) -> Iterator[Face]:
    """Open every face, one by one, only when none of a script's own has a character."""
    yield from all_faces(look)


def _first_missing(characters: list[str], look: Look) -> str:
    return next((each for each in characters if not any(face.has(each) for face in all_faces(look))), characters[0])


# For readers that know nothing of text beside a stretch, its further glyphs are a space without width.
_NOTHING = "\u200b"
_FEATURES = {"kern": True, "liga": True}


def _shape_run(text: str, face: Face, script: str, *, backward: bool) -> Run:
    buffer = uharfbuzz.Buffer()
    levels = uharfbuzz.BufferClusterLevel
    buffer.cluster_level = levels.MONOTONE_GRAPHEMES if backward else levels.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.direction = "rtl" if backward else "ltr"
    buffer.script = script
    uharfbuzz.shape(face.font, buffer, _FEATURES)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    texts = _texts([info.cluster for info in infos], [at.x_advance for at in positions], text)
    glyphs = tuple(
        Glyph(info.codepoint, its_text[::-1] if backward else its_text, at.x_advance, at.x_offset, at.y_offset)
        for info, at, its_text in zip(infos, positions, texts, strict=True)
    )
    is_spelled = backward or all(glyph.text and glyph.advance for glyph in glyphs)
    if not is_spelled:
        glyphs = tuple(glyph._replace(text=glyph.text or _NOTHING) for glyph in glyphs)
    rise, depth = (0, 0) if face.key.startswith(("sans", "serif")) else _reach(face, glyphs)
    return Run(face, text, glyphs, sum(glyph.advance for glyph in glyphs), rise, depth, is_spelled)


def _reach(face: Face, glyphs: tuple[Glyph, ...]) -> tuple[int, int]:
    """Return how far ink goes above and below the base line, for scripts that need more than Latin does."""
    rise = depth = 0
    for glyph in glyphs:
        ink = face.font.get_glyph_extents(glyph.number)
        if ink is not None:
            rise = max(rise, ink.y_bearing + glyph.y_offset)
            depth = max(depth, -(ink.y_bearing + ink.height + glyph.y_offset))
    return rise, depth


def _texts(clusters: list[int], advances: list[int], text: str) -> list[str]:
    """Give the characters of each cluster to its widest glyph, and nothing to the others."""
    starts = sorted(set(clusters))
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    bearer: dict[int, int] = {}
    for index, cluster in enumerate(clusters):
        if cluster not in bearer or advances[index] > advances[bearer[cluster]]:
            bearer[cluster] = index
    return [text[cluster : ends[cluster]] if bearer[cluster] == index else "" for index, cluster in enumerate(clusters)]
