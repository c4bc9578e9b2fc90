"""What this app adds when the product starts."""

from applications import rules

__all__ = ["rules"]
