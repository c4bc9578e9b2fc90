"""Filed documents: what was made, its hash, and the one route by which it is read."""

from core.documents.filing import file
from core.documents.registry import register

__all__ = ["file", "register"]
