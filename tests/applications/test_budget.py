"""The budget's sums and limits."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from applications.budget import Budget, Line, limits, most_indirect, problems
from applications.budget_form import BudgetForm
from fund.budget_plan import Category

CALL = SimpleNamespace(
    currency="USD", least_amount=Decimal(20_000), most_amount=Decimal(250_000), indirect_cap=Decimal("15.00"),
    categories=(Category("staff", "Staff"), Category("indirect", "Indirect costs")),
)  # fmt: skip


def budget(*lines: tuple[str, int, str]) -> Budget:
    return Budget(tuple(Line(category, "Something", year, Decimal(amount)) for category, year, amount in lines))


def test_sums_by_category_and_year():
    both = budget(("staff", 1, "60000"), ("staff", 2, "40000.50"), ("indirect", 2, "10000"))

    assert both.total == Decimal("110000.50")
    assert (both.direct, both.indirect) == (Decimal("100000.50"), Decimal(10000))
    assert (both.sum("staff"), both.sum(year=2), both.sum("staff", 2)) == (
        Decimal("100000.50"), Decimal("50000.50"), Decimal("40000.50"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("staff", 1, "20000")], []),
        ([("staff", 1, "250000")], []),
        ([("staff", 1, "100000"), ("indirect", 1, "15000")], []),
        ([], ["Write the budget: it has no line yet."]),
        (
            [("staff", 1, "19999.99")],
            ["The lines add up to USD 19,999.99, and this call gives USD 20,000 or more."],
        ),
        (
            [("staff", 1, "250000.01")],
            ["The lines add up to USD 250,000.01, and this call gives USD 250,000 at most. Take off USD 0.01."],
        ),
        (
            [("staff", 1, "100000"), ("indirect", 1, "15000.01")],
            ["Indirect costs may be 15 % of the direct costs, USD 15,000 here. Lower them by USD 0.01."],
        ),
        (
            [("staff", 3, "30000")],
            ["A line is in year 3, and the project lasts 24 months. Move it to an earlier year, or make the project longer."],
        ),
        (
            [("yachts", 1, "30000")],
            ["This call has no budget category “yachts”. Move these lines to one that it has."],
        ),
        (
            [("indirect", 1, "30000")],
            ["Indirect costs may be 15 % of the direct costs, USD 0 here. Lower them by USD 30,000."],
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_budget(lines, expected):
    assert list(problems(budget(*lines), CALL, months=24)) == expected


def test_the_base_of_the_indirect_costs_is_all_direct_costs_rounded_down():
    assert most_indirect(budget(("staff", 1, "33333.33"), ("indirect", 1, "9000")), CALL) == Decimal("4999.99")


@pytest.mark.parametrize(("own", "indirect"), [(None, "14999.99"), ("9000", "9000"), ("20000", "14999.99")])
def test_each_category_with_a_cap_has_its_limit_and_the_lower_of_two_counts(own, indirect):
    capped = (
        Category("staff", "Staff"), Category("travel", "Travel", most_share=Decimal(10)),
        Category("indirect", "Indirect costs", most_amount=own and Decimal(own)),
    )  # fmt: skip
    call = SimpleNamespace(**vars(CALL) | {"categories": capped})

    assert limits(budget(("staff", 1, "99999.99")), call) == {
        "travel": Decimal("9999.99"), "indirect": Decimal(indirect),
    }  # fmt: skip


def test_the_percentage_of_nothing_is_nothing():
    assert budget(("indirect", 1, "100")).indirect_percent is None


def test_the_form_reads_what_people_type_and_puts_one_line_in_a_row_across_years():
    form = BudgetForm(CALL, 2, data={"c0-0-what": " Researcher ", "c0-0-1": "USD 38,400", "c0-0-2": "39 600.50"})

    assert form.is_valid()
    assert form.lines() == [
        {"category": "staff", "description": "Researcher", "year": 1, "amount": Decimal(38400)},
        {"category": "staff", "description": "Researcher", "year": 2, "amount": Decimal("39600.50")},
    ]
    again = BudgetForm(CALL, 2, [SimpleNamespace(**line) for line in form.lines()])
    assert [(row.description, row.amounts) for row in again.rows["staff"]] == [
        ("Researcher", {1: Decimal(38400), 2: Decimal("39600.50")}), ("", {}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "where", "message"),
    [
        ({"c0-0-what": "A", "c0-0-1": "-5"}, "c0-0-1", "An amount cannot be negative. Write it without the minus sign."),
        ({"c0-0-what": "A", "c0-0-1": "lots"}, "c0-0-1", "“lots” is not an amount. Write it in figures, such as 12,500."),
        ({"c0-0-what": "A", "c0-0-1": "1.005"}, "c0-0-1", "USD has 2 decimals. Shorten the amount to fit."),
        ({"c0-0-what": "A", "c0-0-1": "NaN"}, "c0-0-1",
         "This is not an amount that can be paid. Write it in figures, such as 12,500."),
        ({"c0-0-1": "5"}, "c0-0-what", "Say what this line pays for."),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_says_why_and_keeps_what_was_typed(cells, where, message):
    form = BudgetForm(CALL, 1, data=cells)

    assert {name: list(errors) for name, errors in form.errors.items()} == {where: [message]}
    assert form[where].value() == cells.get(where)


def test_a_line_without_an_amount_yet_is_kept():
    form = BudgetForm(CALL, 2, data={"c0-0-what": "Workshops"})

    assert form.is_valid()
    assert form.lines() == [{"category": "staff", "description": "Workshops", "year": 1, "amount": Decimal(0)}]


def test_a_stored_line_of_an_unknown_category_is_shown_and_not_dropped():
    form = BudgetForm(CALL, 1, [Line("yachts", "A yacht", 1, Decimal(5))])

    assert list(form.categories) == ["staff", "indirect", "yachts"]


@pytest.mark.parametrize(
    ("travel", "expected"),
    [
        ("10000", []),
        (
            "10000.01",
            [
                "“Travel” may take USD 10,000 here (at most 10 % of the direct costs, and USD 10,000). Lower it by USD 0.01."
            ],
        ),
    ],
)
def test_a_category_stays_within_its_cap(travel, expected):
    caps = Category("travel", "Travel", Decimal(10), Decimal(10_000))
    call = SimpleNamespace(**vars(CALL) | {"categories": (Category("staff", "Staff"), caps)})

    found = list(problems(budget(("staff", 1, "120000"), ("travel", 1, travel)), call, 12))

    assert found == expected


def test_every_row_that_was_sent_is_kept_however_many_one_category_has():
    cells = {f"c0-{number}-what": f"Trip {number}" for number in range(180)}
    form = BudgetForm(CALL, 1, data=cells | {f"c0-{number}-1": "5" for number in range(180)})

    assert form.is_valid()
    assert len(form.lines()) == 180


def test_a_row_far_beyond_those_that_the_page_had_draws_no_table_full_of_rows():
    assert len(BudgetForm(CALL, 1, data={"c0-0-what": "A", "c0-999-what": "B"}).rows["staff"]) == 1
