"""Applications: drafts and their parts, versions, screening."""

from applications.models.application import Application, Extension
from applications.models.parts import Answer, Attachment, BudgetLine, TeamMember
from applications.models.records import ApplicationVersion, Screening

__all__ = [
    "Answer", "Application", "ApplicationVersion", "Attachment", "BudgetLine", "Extension", "Screening", "TeamMember",
]  # fmt: skip
