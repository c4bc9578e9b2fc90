"""A face inside a PDF: glyphs numbered by first use, each with the text that it stands for."""

import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from threading import Lock
from types import SimpleNamespace
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFDocument,
    PDFName,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from core.pdf.faces import Face, Look
from core.pdf.shaping import Glyph, Run, shape

_SYMBOLIC = 4
_KEPT = 1 << 14
"""So many drawn words of one face are kept for their next use in a document."""
_SLANT = -12


class GlyphCodes:
    """The codes of one face in one document: a code is a glyph together with its text.

    The same shape can stand for different characters (a Latin and a Cyrillic
    letter, a letter with and without a joiner), and each must extract as it was
    typed. Codes follow first use, so that the same document gets the same bytes
    whatever this process set before.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.codes: dict[tuple[int, str], int] = {}
        self.shown: dict[tuple[Run, float], str] = {}

    def code(self, glyph: Glyph) -> int:
        """Return the code of a glyph, giving it the next free one at its first use."""
        return self.codes.setdefault((glyph.number, glyph.text), len(self.codes) + 1)


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
        self.face = SimpleNamespace(
            name=face.name, builtIn=False, ascent=face.ascent, descent=-face.descent, familyName=face.name
        )
        self._documents: WeakKeyDictionary[PDFDocument, GlyphCodes] = WeakKeyDictionary()

    def in_document(self, document: PDFDocument) -> GlyphCodes:
        """Return this face's codes in a document, naming the font at its first use."""
        codes = self._documents.get(document)
        if codes is None:
            codes = self._documents[document] = GlyphCodes(f"F{len(document.fontMapping) + 1}")
            document.fontMapping[self.fontName] = f"/{codes.name}"
            document.delayedFonts.append(self)
        return codes

    def stringWidth(self, text: str, size: float, encoding: str = "utf-8") -> float:
        """Measure a string that ReportLab draws itself, such as the label of a chart."""
        return sum(glyph.advance for glyph in self._glyphs(text)) * size / 1000

    def splitString(self, text: str, document: PDFDocument, encoding: str = "utf-8") -> list[tuple[int, bytes]]:
        """Encode a string that ReportLab draws itself."""
        codes = self.in_document(document)
        return [(0, b"".join(codes.code(glyph).to_bytes(2) for glyph in self._glyphs(text)))]

    def _glyphs(self, text: str) -> Iterator[Glyph]:
        family = "sans" if self.source.key.startswith("sans") else "serif"
        look = Look(family, self.source.weight, self.source.key.endswith("italic"))
        return (glyph._replace(x_offset=0) for run in shape(text, look) for glyph in run.glyphs)

    def getSubsetInternalName(self, subset: int, document: PDFDocument) -> str:
        """Return the name under which a page's content selects the font."""
        return f"/{self.in_document(document).name}"

    def addObjects(self, document: PDFDocument) -> None:
        """Write the font into the document when everything has been drawn."""
        codes = self._documents.pop(document)
        used = list(codes.codes)
        data, places = self.source.cut(frozenset(number for number, _ in used))
        name = f"{_tag(used)}+{self.source.name}"
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(name),
                "CIDSystemInfo": PDFDictionary(
                    {"Registry": PDFString("Adobe"), "Ordering": PDFString("Identity"), "Supplement": 0}
                ),
                "FontDescriptor": document.Reference(self._descriptor(document, name, data)),
                "DW": 0,
                "W": PDFArray([1, PDFArray([self.source.advance(number) for number, _ in used])]),
                "CIDToGIDMap": document.Reference(
                    _stream(b"\0\0" + b"".join(places.get(number, 0).to_bytes(2) for number, _ in used))
                ),
            }
        )
        document.idToObject["BasicFonts"].dict[codes.name] = document.Reference(
            PDFDictionary(
                {
                    "Type": PDFName("Font"),
                    "Subtype": PDFName("Type0"),
                    "BaseFont": PDFName(name),
                    "Encoding": PDFName("Identity-H"),
                    "DescendantFonts": PDFArray([document.Reference(descendant)]),
                    "ToUnicode": document.Reference(_stream(_to_unicode(text for _, text in used))),
                }
            )
        )

    def _descriptor(self, document: PDFDocument, name: str, data: bytes) -> PDFDictionary:
        file = _stream(data)
        file.dictionary["Length1"] = len(data)
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(name),
                "Flags": _SYMBOLIC,
                "FontBBox": PDFArray([-1000, -self.source.descent, 2000, self.source.ascent]),
                "ItalicAngle": _SLANT if self.source.key.endswith("italic") else 0,
                "Ascent": self.source.ascent,
                "Descent": -self.source.descent,
                "CapHeight": 714,
                "StemV": 50 + self.source.weight // 8,
                "FontFile2": document.Reference(file),
            }
        )


def _stream(content: bytes) -> PDFStream:
    stream = PDFStream(content=content)
    stream.filters = [PDFZCompress]
    return stream


def _tag(used: Iterable[tuple[int, str]]) -> str:
    """Return the six letters that tell subsets of one font apart."""
    digest = hashlib.sha256(repr(sorted({number for number, _ in used})).encode()).digest()
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])


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


def _to_unicode(texts: Iterable[str]) -> bytes:
    lines = [
        f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for code, text in enumerate(texts, start=1) if text
    ]
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


def show(run: Run, size: float, document: PDFDocument) -> str:
    """Return the operators that draw a run where the text position stands."""
    codes = embedded(run.face).in_document(document)
    shown = codes.shown.get((run, size))
    if shown is None:
        if len(codes.shown) > _KEPT:
            codes.shown.clear()
        shown = codes.shown[run, size] = _operators(run, size, codes)
    return shown


def _operators(run: Run, size: float, codes: GlyphCodes) -> str:
    parts: list[str] = []
    pending, rise = 0, 0
    for glyph in run.glyphs:
        if glyph.y_offset != rise:
            rise = glyph.y_offset
            parts.append(f"] TJ {rise * size / 1000:.3f} Ts [")
        pending -= glyph.x_offset
        if pending:
            parts.append(str(pending))
        parts.append(f"<{codes.code(glyph):04X}>")
        pending = glyph.x_offset + run.face.advance(glyph.number) - glyph.advance
    if pending:
        parts.append(str(pending))
    drawn = f"[{' '.join(parts)}] TJ" + (" 0 Ts" if rise else "")
    drawn = drawn.replace("[] TJ ", "").replace("> <", "")
    if run.is_spelled:
        return drawn
    typed = f"\ufeff{run.text}".encode("utf-16-be").hex().upper()
    return f"/Span <</ActualText <{typed}>>> BDC {drawn} EMC"
