"""The audit trail: append-only rows, one per action, sealed afterwards in a chain of hashes."""

from core.audit.record import record

__all__ = ["record"]
