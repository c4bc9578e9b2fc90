"""Mail: a message is a row, queued in the transaction of the action, sent by a job, never twice by itself."""

from core.mail.queue import queue

__all__ = ["queue"]
