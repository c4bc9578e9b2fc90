"""How the applications came out: the expected rank of each, how sure it is, and a draw of those too close to call."""

from reviews.ranking.draw import Drawn, Lot, draw, draw_order, fitting, ticket
from reviews.ranking.funding import FundingLine, funding_line, line_of
from reviews.ranking.rank import rank
from reviews.ranking.result import VERSION, Grade, Leniency, Ranked, Ranking

__all__ = [
    "VERSION", "Drawn", "FundingLine", "Grade", "Leniency", "Lot", "Ranked", "Ranking", "draw", "draw_order", "fitting",
    "funding_line", "line_of", "rank", "ticket",
]  # fmt: skip
