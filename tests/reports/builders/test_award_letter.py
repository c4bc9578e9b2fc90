"""The award letter says everything that the award says, and nothing else."""

from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from reports.builders.award_letter import Instalment, build_award_letter
from reports.builders.issue import InconsistentTerms, Signatory
from tests.core.pdf.reading import pages_of, problems_of, text_of, words_of
from tests.reports.builders.terms import TITLE, award

CLAUSES = (
    *("Purpose", "Changes", "Unspent money", "Delay", "Records, audit and visits", "Reports", "Change of status"),
    *("Acknowledgement", "Sanctions and anti-bribery", "Safeguarding and ethics", "Data protection"),
    *("Intellectual property, open access and open data", "Research integrity", "Sub-grants"),
    *("Suspension, termination and repayment", "Liability", "Governing law"),
)


@cache
def letter() -> bytes:
    """Return the letter of the usual terms, made once."""
    return build_award_letter(award())


@pytest.mark.parametrize(
    "said",
    [
        "16 December 2026",
        "Decision of 15 December 2026",
        "SORF-A-2026-001",
        "Rift Lakes University Office of Research Grants 14 Acacia Way, Nakuvale, Kenya",
        "For the attention of Prof. Daudi Otiende",
        "Principal investigator: Dr Wanjiru Kamande",
        f"the fund has decided to support {TITLE}. The panel found the question pressing.",
        "USD 158,700.00",
        "One hundred fifty-eight thousand seven hundred US dollars",
        "1 June 2027 to 30 November 2028, 18 months",
        "Friday 29 January 2027, 17:00 UTC. After this the offer lapses.",
        "First 1 June 2027 the agreement is signed by both 63,480.00",
        "Last 31 January 2029 the final report is accepted 31,740.00",
        "Award 158,700.00",
        "To find out whether a one-day course helps teachers",
        "First progress report 15 December 2027 1 June to 30 November 2027",
        "Final report 31 January 2029",
        "1. Work with children begins when the ethics committee’s approval is on file.",
        "Paulo Teixeira, Director",
        "Prof. Daudi Otiende, Deputy Vice-Chancellor",
        "accepted for Rift Lakes University, date",
        "governed by the laws of England and Wales",
        "decided by the courts of London",
        "You can accept at safe.example/awards/SORF-A-2026-001.",
    ],
)
def test_it_says(said):
    layout = " ".join(text_of(letter(), "-layout").split())

    assert said in layout or said in words_of(letter())


def test_the_standard_clauses_are_numbered_and_complete():
    text = words_of(letter())

    assert [title for number, title in enumerate(CLAUSES, start=1) if f"{number}. {title}." not in text] == []


def test_what_is_not_in_the_terms_is_not_in_the_letter():
    terms = award(
        panel_view="",
        conditions=(),
        reports=(),
        instalments=(),
        accept_address="",
        address=(),
        grantee_signatory=Signatory("Prof. Daudi Otiende"),
    )
    pdf = build_award_letter(terms)
    text = words_of(pdf)

    assert problems_of(pdf) == ""
    for absent in (
        "The panel",
        "Special conditions",
        "Instalment",
        "Covers",
        "You can accept at",
        "None",
    ):
        assert absent not in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "The special conditions and standard clauses are part of this offer. The offer becomes"),
        ({"conditions": ()}, "The standard clauses are part of this offer. The offer becomes"),
        ({"is_advised_by_panel": False}, "grant The fund has decided to support"),
    ],
)
def test_it_speaks_only_of_what_there_is(changes, said):
    assert said in words_of(build_award_letter(award(**changes)))


def test_instalments_that_do_not_add_up_hold_the_letter():
    wrong = (Instalment("Only", date(2027, 6, 1), Decimal(158000)),)

    with pytest.raises(InconsistentTerms, match=r"add up to USD.158,000\.00, but the award is USD.158,700\.00"):
        build_award_letter(award(instalments=wrong))


def test_the_signatures_stand_together():
    for count in range(1, 16):
        conditions = tuple(f"Condition number {number} of this letter" for number in range(count))
        pages = pages_of(build_award_letter(award(conditions=conditions)))
        assert ["Paulo Teixeira" in page for page in pages] == ["accepted for" in page for page in pages]


def test_eighty_instalments_go_over_pages_with_their_head():
    many = tuple(Instalment(f"Payment {n:02}", date(2027, 6, 1), Decimal("1983.75"), "always") for n in range(80))
    pages = [page for page in pages_of(build_award_letter(award(instalments=many))) if "Payment " in page]

    assert len(pages) >= 3
    assert [page.count("Paid once") for page in pages] == [1] * len(pages)


def test_an_arabic_investigator_and_title_stand_in_the_english_sentence():
    pdf = build_award_letter(award(title="المعلمون أول من يصغي", principal_investigator="محمد الأمين"))
    text = words_of(pdf)

    assert "Principal investigator: محمد الأمين" in text
    assert "has decided to support المعلمون أول من يصغي." in text
