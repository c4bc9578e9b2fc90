"""What this app adds when the product starts."""

from reviews import doors, rules
from reviews.actions import assigning

__all__ = ["assigning", "doors", "rules"]
