"""QR codes: squares of our own pen that somebody else's reader understands."""

from datetime import date

import pypdfium2
import pytest
import zxingcpp

from core.pdf.blocks import Columns, paragraph
from core.pdf.codes import QrCode
from core.pdf.document import Imprint, make_document
from tests.core.pdf.reading import problems_of, reader


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_reader_finds_what_was_given_and_no_picture(is_mirrored: bool) -> None:
    address = "https://safe.example/verify/7KQ4-M2XD"
    imprint = Imprint(title="A letter", fund="Fund", kind="Letter", is_mirrored=is_mirrored, dated=date(2026, 12, 1))
    pdf = make_document(imprint, [Columns([[QrCode(address)], [paragraph("Beside it")]])])
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=2).to_pil()

    assert [(each.text, str(each.format)) for each in zxingcpp.read_barcodes(page)] == [(address, "QR Code")]
    assert list(reader(pdf).pages[0].images) == []
    assert problems_of(pdf) == ""
