"""A PAdES signature on a PDF, added behind what was set, by pyHanko.

Loaded only where something is signed (`signing`): pyHanko brings a client for time stamps that nothing else needs.
"""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers

FIELD = "Fund"
ROOM = 16 * 1024
"""How many bytes a signature may take with a chain of certificates; to try it out first would double the work."""


def sign(content: bytes, *, certificate: Path, passphrase: str, name: str) -> bytes:
    """Return the PDF with a signature over all of it; no address is asked for anything.

    Signatures may be added to it, as who accepts an award may want to; nothing else.
    """
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, md_algorithm="sha256", name=name, certify=True,
        docmdp_permissions=fields.MDPPerm.FILL_FORMS, subfilter=fields.SigSeedSubFilter.PADES,
    )  # fmt: skip
    signer = _signer(certificate, passphrase, certificate.stat().st_mtime_ns)
    writer = IncrementalPdfFileWriter(BytesIO(content))
    signed: BytesIO = signers.PdfSigner(metadata, signer).sign_pdf(writer, bytes_reserved=ROOM)
    return signed.getvalue()


@lru_cache(maxsize=1)
def _signer(certificate: Path, passphrase: str, changed: int) -> signers.SimpleSigner:
    """Open the key once, until its file changes."""
    found = signers.SimpleSigner.load_pkcs12(str(certificate), passphrase=passphrase.encode() or None)
    if found is None:
        raise ValueError("The file is no PKCS#12 file, or the passphrase does not open it.")
    return found
