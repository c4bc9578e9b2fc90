"""Whether letters are signed, and with which certificate: a file that the environment names, or none."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string

from core import clock
from core.letters.certificates import CannotOpen, ends_at

SIGN = "core.letters.pades.sign"
TAG = "letters"


class CannotSign(Exception):
    """A certificate is configured and cannot be used; no letter leaves without the signature that it should have."""


def is_configured() -> bool:
    """Whether letters are signed: a certificate is named, or lies where this machine keeps its own."""
    return settings.SIGNING.is_required or settings.SIGNING.certificate.exists()


def signed(content: bytes) -> tuple[bytes, bool]:
    """Return a PDF with the fund's signature, where there is a certificate, and whether it has one."""
    if not is_configured():
        return content, False
    certificate = settings.SIGNING.certificate
    if fault := fault_of(certificate, settings.SIGNING.passphrase, place=certificate.name):
        raise CannotSign(f"The letter cannot be signed. {fault}")
    sign = import_string(SIGN)
    given = {"certificate": certificate, "passphrase": settings.SIGNING.passphrase}
    return sign(content, name=settings.SITE_NAME, **given), True


def fault_of(certificate: Path, passphrase: str, *, place: str) -> str:
    """Say in a sentence what is wrong with a certificate, in words for where it lies; nothing, if it can sign now."""
    if not certificate.is_file():
        return f"SIGNING_CERTIFICATE names {place}, and there is no such file. Put the PKCS#12 file there."
    try:
        end = ends_at(certificate, passphrase, certificate.stat().st_mtime_ns)
    except CannotOpen:
        return f"{place} cannot be opened. It must be a PKCS#12 file, with its passphrase in SIGNING_PASSPHRASE."
    if end <= clock.now():
        return f"The certificate in {place} ended on {end:%d %B %Y}. Put a new one there."
    return ""


@register(TAG)
def check_certificate(**_: Any) -> list[CheckMessage]:
    """Say before anything starts that letters could not be signed."""
    if not settings.SIGNING.is_required:
        return []
    certificate = settings.SIGNING.certificate
    fault = fault_of(certificate, settings.SIGNING.passphrase, place=str(certificate))
    return [Error(f"Letters cannot be signed. {fault}", id="letters.E001")] if fault else []
