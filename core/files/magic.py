"""What the first bytes of a file say that it is, whatever its name says."""

import re

from core.files.kinds import Refused

HEAD = 4096
"""So many bytes from the beginning are enough to tell."""

_PICTURES = {
    b"\xff\xd8\xff": "JPEG", b"\x89PNG\r\n": "PNG", b"GIF8": "GIF", b"II*\x00": "TIFF", b"MM\x00*": "TIFF",
    b"8BPS": "PSD", b"\x00\x00\x01\x00": "ICO", b"BM": "BMP", b"\x00\x00\x00\x0cjP  ": "JPEG 2000",
    b"\xff\x0a": "JPEG XL",
}  # fmt: skip
_FILMS = {
    b"\x1aE\xdf\xa3": "MKV", b"FLV\x01": "FLV", b"\x00\x00\x01\xba": "MPEG", b"\x00\x00\x01\xb3": "MPEG",
    b"0&\xb2u\x8ef\xcf\x11": "WMV", b"OggS": "OGG", b"ID3": "MP3", b"fLaC": "FLAC", b"\xff\xfb": "MP3",
}  # fmt: skip
_PROGRAMS = {
    b"MZ": "Windows", b"\x7fELF": "Linux", b"\xfe\xed\xfa": "macOS", b"\xcf\xfa\xed\xfe": "macOS",
    b"\xca\xfe\xba\xbe": "Java", b"#!": "script", b"L\x00\x00\x00\x01\x14\x02": "Windows", b"dex\n": "Android",
    b"\x00asm": "WebAssembly",
}  # fmt: skip
_ARCHIVES = {
    b"Rar!\x1a\x07": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "GZ", b"BZh": "BZ2", b"\xfd7zXZ\x00": "XZ",
    b"(\xb5/\xfd": "ZST", b"MSCF": "CAB", b"!<arch>": "AR",
}  # fmt: skip
_FAMILIES = (
    ("picture", _PICTURES), ("film", _FILMS), ("program", _PROGRAMS), ("archive", _ARCHIVES),
    ("old-office", {b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "OLE"}), ("rich-text", {b"{\\rtf": "RTF"}),
    ("postscript", {b"%!PS": "PostScript", b"\xc5\xd0\xd3\xc6": "EPS"}),
)  # fmt: skip
_MARKUP = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*<(!doctype|html|head|body|script|svg|\?xml|\?php|!--|iframe)", re.IGNORECASE
)
_BRANDS = {b"heic": "HEIC", b"heix": "HEIC", b"mif1": "HEIC", b"avif": "AVIF"}


def family_of(head: bytes) -> str:
    """Return `pdf`, `zip` or `text` for what may be one of our kinds, or refuse what is plainly something else."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    _refuse_known(head)
    if b"%PDF-" in head[:1024]:
        raise Refused("pdf-prefix")
    if _MARKUP.match(head):
        raise Refused("markup")
    return "text"


def _refuse_known(head: bytes) -> None:
    for code, family in _FAMILIES:
        for mark, what in family.items():
            if head.startswith(mark) and (len(mark) > 3 or not _is_text(head)):
                raise Refused(code, what=what)
    if head[4:8] == b"ftyp":
        what = _BRANDS.get(head[8:12], "")
        raise Refused("picture" if what else "film", what=what or "MP4")
    if head.startswith(b"RIFF"):
        is_picture = head[8:12] == b"WEBP"
        raise Refused("picture" if is_picture else "film", what="WEBP" if is_picture else "AVI")
    if head[257:262] == b"ustar":
        raise Refused("archive", what="TAR")


def _is_text(head: bytes) -> bool:
    """Whether a mark of two or three letters may as well be the beginning of a table: BM, MZ and #! are words, too."""
    return not head.startswith(b"#!") and b"\x00" not in head and head.isascii()
