"""Mail: a message is a row, queued in the transaction of the action, sent by a job, never twice by itself."""

from core.mail.queue import draft, queue

__all__ = ["draft", "queue"]
