"""The parts of a DOCX or an XLSX: their XML, what they lead to, and what else lies among them."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit
from xml.parsers import expat

from core.files.kinds import Kind, Refused

DEEPEST = 256
MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": Kind.DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": Kind.XLSX,
}
MACRO_TYPES = ("macroenabled", "vbaproject", "macrosheet", "intlmacrosheet", "dialogsheet", "keymapcustomizations")
TEMPLATE_TYPES = ("template.main+xml",)
LEADS_TO = {
    "vbaproject": "office-macro", "wordvbadata": "office-macro", "xlmacrosheet": "office-macro",
    "xlintlmacrosheet": "office-macro", "dialogsheet": "office-macro", "extensibility": "office-macro",
    "oleobject": "office-embedded", "package": "office-embedded", "afchunk": "office-embedded",
    "subdocument": "office-elsewhere", "externallink": "office-elsewhere", "externallinkpath": "office-elsewhere",
    "connections": "office-elsewhere", "querytable": "office-elsewhere", "attachedtemplate": "office-elsewhere",
    "frame": "office-elsewhere", "xmlmaps": "office-elsewhere",
    "control": "office-active-x", "activexcontrolbinary": "office-active-x",
    "webextension": "office-active-x", "webextensiontaskpanes": "office-active-x",
}  # fmt: skip
"""What kinds of relations lead to, by the last word of their type."""
HARMLESS_LINKS = {"http", "https", "mailto", "tel", ""}
XML_SUFFIXES = (".xml", ".rels", ".vml", ".svg")
OTHER_SUFFIXES = (
    ".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".emf", ".wmf", ".wdp", ".odttf", ".ttf", ".fntdata",
)  # fmt: skip
PRINTER = re.compile(r"(xl|word)/printerSettings/printerSettings\d+\.bin$")
FILES_INSIDE = (b"MZ", b"\x7fELF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF-", b"#!", b"Rar!", b"7z\xbc\xaf")
FIELD = "\x01"
"""Stands where a field of a text begins."""
FIELDS = re.compile(
    rf"{FIELD}\s*(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|DATABASE|LINK|MACROBUTTON|QUOTE\s+\d)\b", re.IGNORECASE
)
FETCHES = re.compile(r"\b(WEBSERVICE|IMAGE|RTD|CALL|REGISTER\.ID|SQL\.REQUEST|FILTERXML)\s*\(", re.IGNORECASE)
SCRIPTED = {"script", "foreignObject"}

Start = Callable[[str, dict[str, str]], None]


def parse(content: bytes, start: Start, text: Callable[[str, str], None] | None = None) -> None:
    """Read XML that declares nothing of its own and is not endlessly deep, calling `start(name, attributes)`."""
    stack: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        stack.append(local(name))
        if len(stack) > DEEPEST:
            raise Refused("office-deep")
        start(stack[-1], {local(key): value for key, value in attributes.items()})

    def declares(*given: Any) -> None:
        raise Refused("office-entities")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda name: stack.pop()
    parser.StartDoctypeDeclHandler = declares
    parser.EntityDeclHandler = declares
    if text is not None:
        parser.CharacterDataHandler = lambda piece: text(stack[-1], piece)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError):
        raise Refused("office-damaged") from None


def local(name: str) -> str:
    """Return a name without its namespace."""
    return name.rpartition(" ")[2]


def check_content_types(content: bytes) -> None:
    """Refuse a document that says itself that it has macros, or is a template."""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        kind = attributes.get("ContentType", "").lower()
        if any(word in kind for word in MACRO_TYPES):
            raise Refused("office-macro")
        if any(kind.endswith(word) for word in TEMPLATE_TYPES):
            raise Refused("office-template")
        if "activex" in kind:
            raise Refused("office-active-x")

    parse(content, start)


def check_relationships(content: bytes) -> None:
    """Refuse what leads out of the document by itself, or to something that acts."""

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        is_outside = attributes.get("TargetMode", "").lower() == "external"
        if code := LEADS_TO.get(kind):
            raise Refused(code)
        if is_outside and kind != "hyperlink":
            raise Refused("office-elsewhere")
        if is_outside:
            _check_link(attributes.get("Target", ""))

    parse(content, start)


def _check_link(target: str) -> None:
    """Let a link to the web stand, since it waits for a click, but none to a file or a program on a computer."""
    try:
        scheme = urlsplit(target.strip()).scheme.lower()
    except ValueError:
        scheme = "unreadable"
    if scheme not in HARMLESS_LINKS or target.strip().startswith(("\\\\", "//")):
        raise Refused("office-link")


def kind_of(parts: Mapping[str, bytes]) -> Kind:
    """Return what the main part is, found the way that office programs find it."""
    targets: list[str] = []

    def relation(name: str, attributes: Mapping[str, str]) -> None:
        if attributes.get("Type", "").endswith("/officeDocument"):
            targets.append("/" + attributes.get("Target", "").lstrip("/"))

    kinds: dict[str, str] = {}

    def override(name: str, attributes: Mapping[str, str]) -> None:
        if name == "Override":
            kinds[attributes.get("PartName", "")] = attributes.get("ContentType", "")

    if "_rels/.rels" not in parts:
        raise Refused("archive", what="ZIP")
    parse(parts["_rels/.rels"], relation)
    parse(parts["[Content_Types].xml"], override)
    if len(targets) != 1 or targets[0][1:] not in parts:
        raise Refused("office-damaged")
    if kinds.get(targets[0]) not in MAIN:
        raise Refused("archive", what="ZIP")
    return MAIN[kinds[targets[0]]]


def check_part(name: str, content: bytes) -> None:
    """Read a part that is XML; ask of any other that it is one of those that documents have."""
    lower = name.lower()
    if "vbaproject" in lower or "vbadata" in lower:
        raise Refused("office-macro")
    if "/activex/" in lower:
        raise Refused("office-active-x")
    if "/embeddings/" in lower:
        raise Refused("office-embedded")
    if lower.endswith(XML_SUFFIXES):
        _check_xml(content)
    elif content.startswith(FILES_INSIDE):
        raise Refused("office-embedded")
    elif not lower.endswith(OTHER_SUFFIXES) and not PRINTER.match(name):
        raise Refused("office-stranger")


class _Content:
    """Looks for fields and formulas that fetch from elsewhere, and for pictures with scripts."""

    def __init__(self) -> None:
        self.fields: list[str] = []
        self.formulas: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in SCRIPTED:
            raise Refused("office-active-x")
        if name in {"ddeLink", "oleLink"}:
            raise Refused("office-fields")
        if name == "fldSimple" or attributes.get("fldCharType") == "begin":
            self.fields.append(FIELD + attributes.get("instr", ""))
        if name == "f":
            self.formulas.append(" ")

    def text(self, name: str, piece: str) -> None:
        if name == "instrText":
            self.fields.append(piece)
        elif name == "f":
            self.formulas.append(piece)


def _check_xml(content: bytes) -> None:
    found = _Content()
    parse(content, found.start, found.text)
    if FIELDS.search("".join(found.fields)) or FETCHES.search("".join(found.formulas)):
        raise Refused("office-fields")
