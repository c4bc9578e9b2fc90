"""Looks at a signature as a recipient's reader does, and changes signed files as a forger might."""

from dataclasses import dataclass
from io import BytesIO

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext


@dataclass(frozen=True)
class Verdict:
    """What a signature says of a file, for who trusts its certificate."""

    is_intact: bool
    """What was signed is there unchanged."""
    is_whole: bool
    """Nothing was added behind what was signed."""
    is_allowed: bool
    """What was added, if anything, is what the signer allowed."""


SOUND = Verdict(is_intact=True, is_whole=True, is_allowed=True)


def verdict(pdf: bytes) -> Verdict:
    """Check the one signature of a PDF."""
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    found = validate_pdf_signature(signature, ValidationContext(trust_roots=[signature.signer_cert]))
    return Verdict(
        is_intact=found.intact and found.valid,
        is_whole=found.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        is_allowed=bool(found.docmdp_ok),
    )


def with_a_byte_changed(pdf: bytes) -> bytes:
    """Change one byte of the first page."""
    place = pdf.index(b"endstream") - 4
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def with_bytes_behind(pdf: bytes) -> bytes:
    """Add what no reader shows."""
    return pdf + b"\n% And more\n"


def drawn_over(pdf: bytes) -> bytes:
    """Hide a part of the first page below a square by an incremental update: what was signed stays byte for byte."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    square = writer.add_object(generic.StreamObject(stream_data=b"1 g 60 400 300 200 re f"))
    writer.add_stream_to_page(0, square)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
