"""Reading a budget out of a spreadsheet: its layouts, its amounts, and what is said of what cannot be read."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from applications.budget_paste import read_table
from core.money.reading import decimal_mark, read

CATEGORIES = {"staff": "Staff", "fieldwork": "Fieldwork", "indirect": "Indirect costs"}
LINES = [("staff", "Postdoc", 1, 60000), ("staff", "Postdoc", 2, 30000), ("fieldwork", "Sites", 2, 5000)]


def pasted(text: str, years: int = 2):
    return read_table(text, categories=CATEGORIES, years=years, currency="USD")


def lines(text: str) -> list[tuple[str, str, int, int]]:
    found = pasted(text)
    assert found.problems == []
    return [(each["category"], each["description"], each["year"], int(each["amount"])) for each in found.lines]


@pytest.mark.parametrize(
    "text",
    [
        "Staff\tPostdoc\t60,000\t30,000\nFieldwork\tSites\t\t5,000",
        "staff\tPostdoc\t60 000\t30 000\r\nFIELDWORK:\tSites\t-\t5 000\r\n\r\n",
        (
            "Category\tWhat for\tYear 1\tYear 2\tTotal\nStaff\tPostdoc\t60.000,00\t30.000,00\t90.000,00\n"
            "Fieldwork\tSites\t0,00\t5.000,00\t5.000,00\nTotal\t\t60.000,00\t35.000,00\t95.000,00"
        ),
        "Staff\nPostdoc\t60000\t30000\nFieldwork\nSites\t\t5000",
        "Category\tWhat for\tYear\tAmount\nStaff\tPostdoc\t1\t60000\nStaff\tPostdoc\t2\t30000\nFieldwork\tSites\t2\t5000",
        "Staff\tPostdoc\t$60,000\t$30,000\t$90,000\nFieldwork\tSites\t$0\t$5,000\t$5,000",
    ],
    ids=["plain", "spaces and dashes", "head, sums, commas for decimals", "grouped", "a column of years", "sums"],
)
def test_the_layouts_that_people_have(text):
    assert lines(text) == LINES


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Personnel\tA\t5", "Row 1: “Personnel” is not a category of this call."),
        ("Staff\tA\t5\nStaff\t\t100", "Row 2: Say what this line pays for."),
        ("Staff\tA\t1\t2\t9", "Row 1: It has amounts for more than the 2 years of the project."),
        ("Staff\tA\tlater", "Row 1: “later” is not an amount in USD. Write it in figures, such as 12,500."),
        ("Staff\tA\t(500)", "Row 1: “(500)” is negative. Write amounts without a minus sign."),
        ("A\t5", "Row 1: It has no category. Write the category in the first column."),
        ("Category\tWhat for\tYear\tAmount\nStaff\tA\t3\t1", "Row 2: “3” is not a year of the project. Write 1 to 2."),
        (
            "Category\tWhat for\tYear\tAmount\nStaff\tA\t" + "9" * 5000 + "\t1",
            "Row 2: “" + "9" * 20 + "” is not a year of the project. Write 1 to 2.",
        ),
        ("Staff", "There is no line with an amount in what was pasted. Copy the cells with the amounts too."),
        ("Staff\tA\t1\n" * 201, "A budget has at most 200 lines. Put small ones together."),
    ],
)
def test_what_cannot_be_read_is_said_with_its_row(text, problem):
    assert pasted(text).problems == [problem]


def test_rows_of_sums_are_left_out_and_said_so():
    assert pasted("Staff\tA\t5\nTotal\t\t5").notes == ["Row 2 is a sum and was left out."]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12,500", "12500"), ("12.500,00", "12500"), ("12 500,5", "12500.5"), ("1'234.50", "1234.5"), ("1.234.567", "1234567"),
        ("12,34,567.50", "1234567.5"), ("0.5", "0.5"), (",5", "0.5"), ("0,500", "0.5"), ("USD 1,200.00", "1200"), ("US$ 7", "7"),
        ("١٢٬٥٠٠٫٥", "12500.5"), ("12\u202f500", "12500"),
    ],
)  # fmt: skip
def test_amounts_of_many_countries_are_read(text, amount):
    assert read(text, "USD") == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "1.500",
        "€ 500",
        "-5",
        "\u22125",
        "1.23.4",
        "1,2,3",
        "NaN",
        "1e5",
        "1,500.000,00",
        "12,505,0",
        "12,50.5",
        "0.125",
        "9" * 20,
    ],
)
def test_what_could_be_two_amounts_or_none_is_refused(text):
    with pytest.raises(ValidationError):
        read(text, "USD")


def test_the_other_amounts_of_a_table_tell_what_a_point_means():
    assert decimal_mark(["1.500", "12,50"]) == ","
    assert read("1.500", "USD", ",") == 1500
    assert read("1.500", "USD", ".") == Decimal("1.5")
    assert decimal_mark(["1,50", "1.50"]) == ""
    assert decimal_mark(["1.500 €", "12,50 €", "EUR 3.000"]) == ","
    assert decimal_mark(["1.500", "Laptops, 3 pcs.", "Version 2.1", "v1.2"]) == ""
    assert read("1.500", "KWD") == Decimal("1.5")
    assert read("\u2013", "USD") is None
