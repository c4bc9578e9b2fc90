"""What this app adds when the product starts."""

from reviews import rules

__all__ = ["rules"]
