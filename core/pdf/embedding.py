"""A face inside a PDF: glyphs under their own numbers, each with the text that it stands for."""

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain
from threading import Lock
from types import SimpleNamespace
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument, PDFObject

from core.pdf.faces import Face
from core.pdf.shaping import Glyph

_SYMBOLIC = 4
_SLANT = -12
_LAST_CODE = 0xFFFF
_QUICK = 3
"""How hard pages are packed: the usual 6 takes two and a half times as long and saves a sixth."""

type Coded = tuple[int, int, str]
"""A code, the glyph that it draws, and the text that it stands for."""


class GlyphCodes:
    """The codes of one face in one document: a code is a glyph together with its text.

    A glyph that stands for what its font says (`Face.spelling`) has its own
    number in every document, so that what was drawn once is never worked out
    again. The same shape can stand for other characters (a Latin and a Cyrillic
    letter, a letter with and without a joiner), and each must extract as it was
    typed: those are numbered from above in the order of their first use, so that
    the same document gets the same bytes whatever this process set before.
    """

    def __init__(self, face: Face) -> None:
        self.face = face
        self.used: set[int] = set()
        self.others: dict[tuple[int, str], int] = {}
        self.shown: dict[tuple[object, float], str] = {}

    def code(self, glyph: Glyph) -> int:
        """Return the code of a glyph, giving it the next free one at its first use."""
        if self.face.spells(glyph.number, glyph.text):
            self.used.add(glyph.number)
            return glyph.number
        return self.others.setdefault((glyph.number, glyph.text), _LAST_CODE - len(self.others))

    def packed(self) -> "_Packed":
        """Return the font with all that was drawn.

        A document without any rare letter has the common ones as a whole: that
        font is cut and packed once per process, and is the same in every letter.
        """
        if not self.others and self.used <= self.face.common:
            return _packed_common(self.face)
        return _packed(self.face, tuple(chain(_own(self.face, self.used), sorted(self._coded_others()))))

    def _coded_others(self) -> Iterator[Coded]:
        return ((code, number, text) for (number, text), code in self.others.items())


def _own(face: Face, glyphs: Iterable[int]) -> Iterator[Coded]:
    """Return glyphs under their own numbers, with the text that their font says."""
    return ((number, number, face.spelling[number]) for number in sorted(glyphs))


class EmbeddedFace:
    """What ReportLab asks of a font, answered with a composite font of HarfBuzz's making.

    ReportLab's own TrueType fonts know characters, not glyphs: shaped text needs
    private-use characters there, whose numbers depend on what the process did before.
    """

    _dynamicFont = 1
    _multiByte = 1
    shapable = False
    encoding = SimpleNamespace(name="Identity-H")

    def __init__(self, face: Face) -> None:
        self.source = face
        self.fontName = face.name
        self.resource = f"/{face.key}{face.weight}"
        self.face = SimpleNamespace(
            name=face.name, builtIn=False, ascent=face.ascent, descent=-face.descent, familyName=face.name
        )
        self._documents: WeakKeyDictionary[PDFDocument, GlyphCodes] = WeakKeyDictionary()

    def in_document(self, document: PDFDocument) -> GlyphCodes:
        """Return this face's codes in a document, naming the font at its first use."""
        codes = self._documents.get(document)
        if codes is None:
            codes = self._documents[document] = GlyphCodes(self.source)
            document.fontMapping[self.fontName] = self.resource
            document.delayedFonts.append(self)
        return codes

    def getSubsetInternalName(self, subset: int, document: PDFDocument) -> str:
        """Return the name under which a page's content selects the font."""
        self.in_document(document)
        return self.resource

    def addObjects(self, document: PDFDocument) -> None:
        """Write the font into the document when everything has been drawn."""
        packed = self._documents.pop(document).packed()
        file, places, spelling = (number_of(document, Written(each)) for each in packed.streams)
        descriptor = number_of(document, Written(packed.descriptor % file))
        descendant = number_of(document, Written(packed.descendant % (descriptor, places)))
        font = Written(packed.font % (descendant, spelling))
        document.idToObject["BasicFonts"].dict[self.resource[1:]] = document.Reference(font)


class Written(PDFObject):
    """An object of a PDF that is written already; it is let go of when the file takes it."""

    __RefOnly__ = 1

    def __init__(self, content: bytes) -> None:
        self.content = content

    def format(self, document: PDFDocument) -> bytes:
        """Return it as it is."""
        content, self.content = self.content, b""
        return content


def number_of(document: PDFDocument, written: PDFObject) -> int:
    """Take an object into a document, and return its number there."""
    return int(document.idToObjectNumberAndVersion[document.Reference(written).name][0])


def stream(content: bytes | Sequence[str], *, more: str = "") -> bytes:
    """Write a stream, packed; operators are given as a list."""
    if isinstance(content, bytes):
        packed = zlib.compress(content)
    else:
        packed = zlib.compress("\n".join(content).encode("ascii"), _QUICK)
    return f"<< /Filter /FlateDecode /Length {len(packed)}{more} >>\nstream\n".encode() + packed + b"\nendstream\n"


class _Packed:
    """A font as it is written: only the numbers of its objects are left open."""

    def __init__(self, face: Face, coded: tuple[Coded, ...]) -> None:
        data, places = face.cut(frozenset(number for _, number, _ in coded))
        name = f"{_tag(coded)}+{face.name}"
        self.streams = (
            stream(data, more=f" /Length1 {len(data)}"),
            stream(_places(coded, places)),
            stream(_to_unicode(coded)),
        )
        self.descriptor = _written(
            f"/Type /FontDescriptor /FontName /{name} /Flags {_SYMBOLIC} "
            f"/FontBBox [-1000 {-face.descent} 2000 {face.ascent}] "
            f"/ItalicAngle {_SLANT if face.key.endswith('italic') else 0} /Ascent {face.ascent} "
            f"/Descent {-face.descent} /CapHeight 714 /StemV {50 + face.weight // 8} /FontFile2 %d 0 R"
        )
        self.descendant = _written(
            f"/Type /Font /Subtype /CIDFontType2 /BaseFont /{name} /CIDSystemInfo "
            "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/FontDescriptor %d 0 R /DW 0 /W [{_widths(face, coded)}] /CIDToGIDMap %d 0 R"
        )
        self.font = _written(
            f"/Type /Font /Subtype /Type0 /BaseFont /{name} /Encoding /Identity-H "
            "/DescendantFonts [%d 0 R] /ToUnicode %d 0 R"
        )


_packed = lru_cache(maxsize=64)(_Packed)


@cache
def _packed_common(face: Face) -> _Packed:
    return _Packed(face, tuple(_own(face, face.common)))


def _written(entries: str) -> bytes:
    return f"<< {entries} >>\n".encode("ascii")


def _tag(coded: Iterable[Coded]) -> str:
    """Return the six letters that tell subsets of one font apart."""
    digest = hashlib.sha256(repr(sorted({number for _, number, _ in coded})).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


def _widths(face: Face, coded: Iterable[Coded]) -> str:
    """Return the widths of codes, those that follow one another in one list."""
    parts: list[str] = []
    last = -2
    for code, number, _ in coded:
        parts.append(f" {face.advance(number)}" if code == last + 1 else f"]{code}[{face.advance(number)}")
        last = code
    return "".join(parts).removeprefix("]") + ("]" if parts else "")


def _places(coded: tuple[Coded, ...], places: Mapping[int, int]) -> bytes:
    table = bytearray(2 * (max((code for code, _, _ in coded), default=0) + 1))
    for code, number, _ in coded:
        table[2 * code : 2 * code + 2] = places.get(number, 0).to_bytes(2)
    return bytes(table)


_CMAP_HEAD = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
"""
_CMAP_FOOT = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"


def _to_unicode(coded: Iterable[Coded]) -> bytes:
    lines = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, _, text in coded if text]
    parts = [_CMAP_HEAD]
    for start in range(0, len(lines), 100):
        chunk = lines[start : start + 100]
        parts.append(f"{len(chunk)} beginbfchar\n" + "\n".join(chunk) + "\nendbfchar\n")
    return ("".join(parts) + _CMAP_FOOT).encode("ascii")


@cache
def _registered(face: Face) -> EmbeddedFace:
    font = EmbeddedFace(face)
    pdfmetrics.registerFont(font)
    return font


_REGISTERING = Lock()


def embedded(face: Face) -> EmbeddedFace:
    """Register a face with ReportLab once per process."""
    with _REGISTERING:
        return _registered(face)
