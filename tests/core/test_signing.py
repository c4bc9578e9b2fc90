"""The fund's signature on letters, looked at with somebody else's tool."""

import subprocess
from datetime import timedelta
from pathlib import Path
from shutil import which
from urllib.request import urlopen

import pytest
from django.core.checks import run_checks

from config.environment import Signing
from core import clock
from core.letters import certificates, signing
from reports.builders.award_letter import build_award_letter
from tests import factories
from tests.core.pdf.reading import problems_of
from tests.core.signatures import SOUND, verdict
from tests.offline import NetworkAsked, no_network
from tests.reports.builders.terms import award
from tests.services import skip_for_lack


@pytest.fixture
def certificate(tmp_path: Path, settings) -> Path:
    """A certificate that signed itself, as the demo has one."""
    path = tmp_path / "signing.p12"
    certificates.make_self_signed(path, name="Fund of the tests", at=clock.now(), passphrase="open sesame")
    settings.SIGNING = Signing(path, "open sesame", is_required=True)
    return path


def said_of(pdf: bytes, folder: Path) -> str:
    """Return what pdfsig of poppler says about the signatures of a PDF."""
    if which("pdfsig") is None:
        skip_for_lack("pdfsig of poppler-utils is not installed")
    file = folder / "letter.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", str(file)], capture_output=True, check=False).stdout.decode()


def test_a_letter_is_signed_as_a_whole_and_a_change_breaks_the_signature(certificate: Path, tmp_path: Path) -> None:
    plain = factories.make_pdf()
    pdf, is_signed = signing.signed(plain)
    said = said_of(pdf, tmp_path)
    changed = pdf.replace(b"/MediaBox", b"/MediaBax", 1)

    assert is_signed
    assert pdf.startswith(plain)
    assert problems_of(pdf) == ""
    for words in ("ETSI.CAdES.detached", "Total document signed", "Signature is Valid.", "CN=Fund of the tests"):
        assert words in said
    assert changed != pdf
    assert "Signature is Valid." not in said_of(changed, tmp_path)


def test_a_signature_asks_no_address_for_anything(certificate: Path) -> None:
    with no_network():
        pdf, is_signed = signing.signed(build_award_letter(award()))
        with pytest.raises(NetworkAsked):
            urlopen("http://127.0.0.1:9/")

    assert is_signed
    assert verdict(pdf) == SOUND


def test_without_a_certificate_the_bytes_stay_as_they_were_set(settings, tmp_path: Path) -> None:
    settings.SIGNING = Signing(tmp_path / "none.p12", "", is_required=False)

    assert signing.signed(b"%PDF-1.7 as set") == (b"%PDF-1.7 as set", False)
    assert run_checks(tags=[signing.TAG]) == []


def test_a_certificate_that_cannot_be_used_is_named_before_the_start_and_holds_letters(
    certificate: Path, settings
) -> None:
    def told() -> str:
        with pytest.raises(signing.CannotSign) as refusal:
            signing.signed(factories.make_pdf())
        (found,) = run_checks(tags=[signing.TAG])
        said = found.msg.partition(". ")[2].replace(str(certificate), certificate.name)
        assert said in str(refusal.value), "a page says it without the folder"
        return str(found.msg)

    assert run_checks(tags=[signing.TAG]) == []
    with clock.at(clock.now() + timedelta(days=4000)):
        assert "ended on" in told()
    settings.SIGNING = Signing(certificate, "another", is_required=True)
    assert "cannot be opened" in told()
    certificate.unlink()
    assert "there is no such file" in told()
