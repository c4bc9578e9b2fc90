"""The register of letters: each has its number from the transaction that orders it, and a code that anybody can check."""

from core.letters.register import Entry, as_code, enter, hold, issue, mend, mend_all, replace, withdraw

__all__ = ["Entry", "as_code", "enter", "hold", "issue", "mend", "mend_all", "replace", "withdraw"]
