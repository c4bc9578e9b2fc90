"""How the applications came out: the expected rank of each, and how sure it is."""

from reviews.ranking.funding import FundingLine, funding_line
from reviews.ranking.rank import rank
from reviews.ranking.result import VERSION, Grade, Leniency, Ranked, Ranking

__all__ = ["VERSION", "FundingLine", "Grade", "Leniency", "Ranked", "Ranking", "funding_line", "rank"]
