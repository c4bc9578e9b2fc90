"""The typefaces that documents are set in: variable fonts from packages, read once per process."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from threading import Lock
from types import MappingProxyType

import uharfbuzz

REGULAR = 400
BOLD = 700

# Noto Serif runs wide; at nine tenths a line of 162 mm holds what a book's line holds.
_NARROWER = 90


@dataclass(frozen=True, slots=True)
class Look:
    """How a stretch of text is set: which voice, how heavy, upright or slanted."""

    family: str = "serif"
    weight: int = REGULAR
    italic: bool = False


_FONT_FILES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "serif": ("fontpkg_noto_serif", "files/NotoSerif[wdth,wght].ttf"),
        "serif-italic": ("fontpkg_noto_serif", "files/NotoSerif-Italic[wdth,wght].ttf"),
        "sans": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
        "sans-italic": ("fontpkg_noto_sans", "files/NotoSans-Italic[wdth,wght].ttf"),
        "Arab": ("justmytype_intl_rtl", "fonts/ofl/notosansarabic/NotoSansArabic[wdth,wght].ttf"),
        "Hebr": ("justmytype_intl_rtl", "fonts/ofl/notosanshebrew/NotoSansHebrew[wdth,wght].ttf"),
        "Deva": ("justmytype_intl_south_asia", "fonts/ofl/notosansdevanagari/NotoSansDevanagari[wdth,wght].ttf"),
        "Beng": ("justmytype_intl_south_asia", "fonts/ofl/notosansbengali/NotoSansBengali[wdth,wght].ttf"),
        "Taml": ("justmytype_intl_south_asia", "fonts/ofl/notosanstamil/NotoSansTamil[wdth,wght].ttf"),
        "Telu": ("justmytype_intl_south_asia", "fonts/ofl/notosanstelugu/NotoSansTelugu[wdth,wght].ttf"),
        "Thai": ("justmytype_intl_sea", "fonts/ofl/notosansthai/NotoSansThai[wdth,wght].ttf"),
        "Laoo": ("justmytype_intl_sea", "fonts/ofl/notosanslao/NotoSansLao[wdth,wght].ttf"),
        "Khmr": ("justmytype_intl_sea", "fonts/ofl/notosanskhmer/NotoSansKhmer[wdth,wght].ttf"),
        "Mymr": ("justmytype_intl_sea", "fonts/ofl/notosansmyanmar/NotoSansMyanmar[wdth,wght].ttf"),
        "Ethi": ("justmytype_intl_africa", "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf"),
        "Hans": ("justmytype_intl_cjk", "fonts/ofl/notosanssc/NotoSansSC[wght].ttf"),
        "Hant": ("justmytype_intl_cjk", "fonts/ofl/notosanstc/NotoSansTC[wght].ttf"),
        "Jpan": ("justmytype_intl_cjk", "fonts/ofl/notosansjp/NotoSansJP[wght].ttf"),
        "Kore": ("justmytype_intl_cjk", "fonts/ofl/notosanskr/NotoSansKR[wght].ttf"),
    }
)
_HAN = ("Hans", "Hant", "Jpan", "Kore")
_KANA = ("Jpan", "Hans", "Hant", "Kore")
_HANGUL = ("Kore", "Jpan", "Hans", "Hant")
_FONTS_OF_SCRIPT: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"Hani": _HAN, "Bopo": ("Hant", *_HAN), "Hira": _KANA, "Kana": _KANA, "Hang": _HANGUL}
)


# A viewer finds glyphs by number and reads the text beside the font, so that
# names, characters and layout rules are dead weight in the file.
_TABLES_WITHOUT_USE = frozenset(
    int.from_bytes(f"{tag:4}".encode())
    for tag in ("BASE", "GDEF", "GPOS", "GSUB", "STAT", "cmap", "name", "post", "gasp", "vhea", "vmtx", "OS/2", "meta")
)

_LIGATURES = "\ufb00\ufb01\ufb02\ufb03\ufb04"
_COMMON = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0·–—‘’“”…" + _LIGATURES


class Face:
    """One font file at one weight, measured in thousandths of the type size."""

    def __init__(self, key: str, weight: int) -> None:
        package, path = _FONT_FILES[key]
        self.key = key
        self.weight = weight
        self.name = f"{path.rpartition('/')[2].partition('[')[0]}-{weight}"
        self.source = _open_font(str(files(package).joinpath(path)))
        self.font = uharfbuzz.Font(self.source)
        self.font.scale = (1000, 1000)
        self.axes = {"wght": weight, "wdth": _NARROWER if key.startswith("serif") else 100}
        self.font.set_variations(self.axes)
        self._glyphs: dict[int, int] = {}
        self._advances: dict[int, int] = {}

    def __repr__(self) -> str:
        return f"Face({self.name})"

    @cached_property
    def ascent(self) -> int:
        """Return the height above the base line that the designer reserved."""
        return int(self.font.get_font_extents("ltr").ascender)

    @cached_property
    def descent(self) -> int:
        """Return the depth below the base line, as a positive number."""
        return -int(self.font.get_font_extents("ltr").descender)

    def has(self, character: str) -> bool:
        """Tell whether this face can draw the character."""
        code = ord(character)
        glyph = self._glyphs.get(code)
        if glyph is None:
            glyph = self._glyphs[code] = self.font.get_nominal_glyph(code) or 0
        return glyph != 0

    @cached_property
    def spelling(self) -> dict[int, str]:
        """Return the text that each glyph stands for, unless a document says otherwise: its first character."""
        found: dict[int, str] = {}
        for code in sorted(self.source.unicodes):
            text = chr(code)
            found.setdefault(
                self.font.get_nominal_glyph(code) or 0,
                unicodedata.normalize("NFKC", text) if text in _LIGATURES else text,
            )
        return found

    def spells(self, glyph: int, text: str) -> bool:
        """Tell whether a glyph stands for what the font says."""
        return self.spelling.get(glyph) == text

    @cached_property
    def common(self) -> frozenset[int]:
        """Return the glyphs that nearly every letter needs; none for a face of one script only."""
        if not self.key.startswith(("serif", "sans")):
            return frozenset()
        return frozenset(self.font.get_nominal_glyph(ord(character)) or 0 for character in _COMMON)

    def advance(self, glyph: int) -> int:
        """Return the width of a glyph as the embedded font will state it."""
        width = self._advances.get(glyph)
        if width is None:
            width = self._advances[glyph] = int(self.font.get_glyph_h_advance(glyph))
        return width

    def cut(self, glyphs: frozenset[int]) -> tuple[bytes, Mapping[int, int]]:
        """Cut a static font with these glyphs only; return it and where each glyph went.

        HarfBuzz fixes the weight and the width while it subsets, in about a
        millisecond, so no static instances have to be kept anywhere.
        """
        wanted = uharfbuzz.SubsetInput()
        wanted.glyph_set.update(glyphs)
        for axis in self.source.axis_infos:
            wanted.pin_axis_location(self.source, axis.tag, self.axes[axis.tag])
        wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NO_LAYOUT_CLOSURE
        wanted.drop_table_tag_set.update(_TABLES_WITHOUT_USE)
        plan = uharfbuzz.SubsetPlan(self.source, wanted)
        return bytes(plan.execute().blob.data), dict(plan.old_to_new_glyph_mapping)


@cache
def _open_font(path: str) -> uharfbuzz.Face:
    return uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path))


@cache
def _opened(key: str, weight: int) -> Face:
    return Face(key, weight)


# Faces are told apart by identity, so that two threads must not open one twice.
_OPENING = Lock()


def face(key: str, weight: int) -> Face:
    """Open a face once per process."""
    with _OPENING:
        return _opened(key, weight)


@cache
def text_face(look: Look) -> Face:
    """Return the face of a look for Latin, Greek and Cyrillic."""
    return face(f"{look.family}-italic" if look.italic else look.family, look.weight)


@cache
def faces_for(look: Look, script: str) -> tuple[Face, ...]:
    """Return the faces to try for a script, best first. Scripts without a serif are set in sans."""
    keys = _FONTS_OF_SCRIPT.get(script, (script,) if script in _FONT_FILES else ())
    other = face("sans-italic" if look.italic else "sans", look.weight)
    return (*(face(key, look.weight) for key in keys), text_face(look), other)


@cache
def all_faces(look: Look) -> tuple[Face, ...]:
    """Return every face, for a character whose script says nothing about who has it."""
    others = (face(key, look.weight) for key in _FONT_FILES if not key.startswith(("serif", "sans")))
    return (text_face(look), face("sans", look.weight), *others)
