"""Background work: every piece is a row, written in the transaction that caused it.

Redis (or the file-system broker) only carries the news that there is work; losing it loses nothing.
"""

from core.jobs.failures import concerns
from core.jobs.queue import Priority, call_off, cancel, open_batch, put, put_all, redo_held, resume, retry_failed
from core.jobs.registry import daily, handles, teller, told_of
from core.jobs.work import Claim, LostLease

__all__ = [
    "Claim", "LostLease", "Priority", "call_off", "cancel", "concerns", "daily", "handles", "open_batch", "put", "put_all",
    "redo_held", "resume", "retry_failed", "teller", "told_of",
]  # fmt: skip
