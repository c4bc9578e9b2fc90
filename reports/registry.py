"""What this app adds when the product starts: its kinds of documents and the jobs that make them."""

from core import documents
from core.language import lazy
from reports import (
    boards,
    books,
    copies,
    exports,
    letters,
    minutes,
    questions,
    rankings,
    readable,
    receipts,
    review_exports,
    rules,
    submitted,
    summaries,
)

__all__ = [
    "boards",
    "books",
    "copies",
    "exports",
    "letters",
    "minutes",
    "questions",
    "rankings",
    "receipts",
    "review_exports",
    "rules",
    "submitted",
    "summaries",
]

documents.register("award-letter", label=lazy("Award letter"), readable=readable.award_letter, is_letter=True)
documents.register("outcome-letter", label=lazy("Outcome letter"), readable=readable.outcome_letter, is_letter=True)
documents.register("application-receipt", label=lazy("Application receipt"), readable=readable.receipt)
documents.register(summaries.KIND, label=lazy("Application summary"), readable=readable.summary)
documents.register(submitted.KIND, label=lazy("Application as submitted"), readable=readable.application_copy)
documents.register(books.KIND, label=lazy("Panel book"), readable=readable.printed)
documents.register("call-questions-pdf", label=lazy("All questions of a call"), readable=readable.nobodys)
documents.register("call-questions-docx", label=lazy("All questions of a call"), readable=readable.nobodys)
documents.register(exports.KIND, label=lazy("Export of applications"), readable=readable.export)
documents.register(rankings.KIND, label=lazy("Ranking report"), readable=readable.export)
documents.register(minutes.KIND, label=lazy("Minutes of a meeting"), readable=readable.minutes)
documents.register(review_exports.KIND, label=lazy("Export of reviews"), readable=readable.export)
documents.register(copies.SCHEDULE, label=lazy("Payment schedule"), readable=readable.payment_schedule)
documents.register(copies.FEEDBACK, label=lazy("Review feedback"), readable=readable.feedback)
documents.register(copies.OWN_REVIEWS, label=lazy("One’s own reviews"), readable=readable.own_reviews)
documents.register(boards.PROGRAMME, label=lazy("Programme report"), readable=readable.programme)
documents.register(boards.REGISTER, label=lazy("Register of awards"), readable=readable.register)
