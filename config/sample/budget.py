"""Draw up a budget that adds up: lines by category and year, indirect costs within the cap."""

from collections.abc import Mapping

from config.sample.shapes import BudgetLine
from config.sample.wording import Chooser, compose, corpus

LEAST, MOST = 20_000, 250_000
INDIRECT_CAP = 15
"""Per cent of the direct costs."""

SHARES = {
    "staff": (44, 62),
    "travel": (3, 9),
    "equipment": (2, 8),
    "participants and fieldwork": (8, 22),
    "services": (5, 14),
    "dissemination": (4, 8),
}
DESK_SHARES = SHARES | {"staff": (60, 74), "participants and fieldwork": (1, 4), "equipment": (6, 14)}

RATES = (0, 5, 7, 8, 10, 10, 10, 12, 12, 15, 15)

YEARLY = ("staff", "travel", "participants and fieldwork", "services")


def draw_up(*, kind: str, months: int, chooser: Chooser, slots: Mapping[str, object]) -> tuple[BudgetLine, ...]:
    """Return the lines of a budget whose total lies between the least and the most a call pays."""
    rate = chooser.one(RATES)
    direct = int(total_wanted(months, chooser) * 100 / (100 + rate))
    shares = DESK_SHARES if kind in ("computational", "documents") else SHARES
    weights = {category: chooser.whole(*limits) for category, limits in shares.items()}
    lines: list[BudgetLine] = []
    for category, weight in weights.items():
        amount = rounded(direct * weight / sum(weights.values()), chooser)
        lines += lines_of(category, amount, months, chooser, slots)
    return (*lines, *indirect_lines(lines, rate, slots)) if rate else tuple(lines)


def total_wanted(months: int, chooser: Chooser) -> int:
    """Long projects ask for more; one in seven asks for nearly all that the call allows."""
    if chooser.chance(1 / 7):
        return chooser.whole(238_000, 247_500)
    wanted = 26_000 + months * 5_200 + int(chooser.bell() * 28_000)
    return max(LEAST + 2_500, min(MOST - 4_000, wanted))


def rounded(amount: float, chooser: Chooser) -> int:
    step = chooser.one([10, 50, 100, 100])
    return int(amount / step) * step


def lines_of(
    category: str, amount: int, months: int, chooser: Chooser, slots: Mapping[str, object]
) -> list[BudgetLine]:
    texts = corpus("passages")["budget"][category]
    count = 2 if category in ("staff", "participants and fieldwork") and amount > 24_000 else 1
    chosen = chooser.some(texts, count)
    first = amount if count == 1 else int(amount * (0.55 + 0.2 * chooser.fraction()) / 10) * 10
    parts = [first] if count == 1 else [first, amount - first]
    lines: list[BudgetLine] = []
    for text, part in zip(chosen, parts, strict=True):
        description = compose(text, by=chooser, slots=slots)
        lines += over_years(category, description, part, months, chooser)
    return lines


def over_years(category: str, description: str, amount: int, months: int, chooser: Chooser) -> list[BudgetLine]:
    years = 1 + (months - 1) // 12
    if category == "equipment":
        return [BudgetLine(category, description, 1, amount)]
    if category == "dissemination":
        return [BudgetLine(category, description, years, amount)]
    if years == 1 or (category not in YEARLY) or amount < 3_000:
        return [BudgetLine(category, description, 1, amount)]
    share = (12 / months) * (0.92 + 0.16 * chooser.fraction())
    first = int(amount * min(share, 0.85) / 10) * 10
    return [BudgetLine(category, description, 1, first), BudgetLine(category, description, 2, amount - first)]


def indirect_lines(lines: list[BudgetLine], rate: int, slots: Mapping[str, object]) -> list[BudgetLine]:
    text = corpus("passages")["budget"]["indirect"][0]
    description = compose(text, by=Chooser("indirect"), slots={**slots, "rate": rate})
    by_year: dict[int, int] = {}
    for line in lines:
        by_year[line.year] = by_year.get(line.year, 0) + line.amount
    return [
        BudgetLine("indirect", description, year, direct * rate // 100)
        for year, direct in sorted(by_year.items())
        if direct * rate // 100
    ]
