"""Certificates in PKCS#12 files: when one ends, and one of our own for a machine that shows sample data."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, NoEncryption, pkcs12
from cryptography.x509.oid import NameOID

YEARS = timedelta(days=3650)


class CannotOpen(Exception):
    """The file holds no key and certificate that the passphrase opens."""


@lru_cache(maxsize=1)
def ends_at(certificate: Path, passphrase: str, changed: int) -> datetime:
    """Return when a certificate ends; read once, until its file changes."""
    try:
        key, found, _ = pkcs12.load_key_and_certificates(certificate.read_bytes(), passphrase.encode() or None)
    except (ValueError, OSError) as error:
        raise CannotOpen from error
    if key is None or found is None:
        raise CannotOpen
    return found.not_valid_after_utc.astimezone(UTC)


def make_self_signed(path: Path, *, name: str, at: datetime, passphrase: str = "") -> None:
    """Write a key with a certificate that it signed itself: it shows what a signature does, and proves nobody's name."""
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name[:64])])
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = (
        x509.CertificateBuilder()
        .subject_name(issuer)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + YEARS)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    lock = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    path.touch(mode=0o600)
    path.write_bytes(pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, None, lock))
