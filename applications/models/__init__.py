"""Applications: drafts and their parts, versions, screening."""

from applications.models.application import Application, Extension
from applications.models.desk import ChecklistItem, Label, Labelling, Likeness, Note, TextBand, Tick
from applications.models.files import Attachment, AttachmentPage
from applications.models.history import AnswerRevision, OwnerChange
from applications.models.incidents import Handover, Incident
from applications.models.inquiries import Inquiry
from applications.models.invitations import CallInvitation, Reminder
from applications.models.parts import Answer, BudgetLine, TeamMember
from applications.models.records import ApplicationVersion, HostSignature, Screening
from applications.models.search import SavedView, SearchText

__all__ = [
    "Answer", "AnswerRevision", "Application", "ApplicationVersion", "Attachment", "AttachmentPage", "BudgetLine",
    "CallInvitation", "ChecklistItem", "Extension", "Handover", "HostSignature", "Incident", "Inquiry", "Label",
    "Labelling", "Likeness", "Note", "OwnerChange", "Reminder", "SavedView", "Screening", "SearchText", "TeamMember", "TextBand",
    "Tick",
]  # fmt: skip
