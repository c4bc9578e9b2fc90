"""What this app adds when the product starts."""

from fund import rules

__all__ = ["rules"]
