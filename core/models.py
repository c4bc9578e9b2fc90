"""Brings the models of core's modules together, so that Django finds them."""

from core.audit.models import AuditEvent, AuditSeal
from core.documents.models import Document, IssuedLetter
from core.forms.models import FormVersion
from core.interests.models import Declaration
from core.jobs.models import Batch, Job
from core.mail.models import Message
from core.people.models import ApiToken, Organisation, RoleGrant, User

__all__ = [
    "ApiToken", "AuditEvent", "AuditSeal", "Batch", "Declaration", "Document", "FormVersion", "IssuedLetter", "Job", "Message",
    "Organisation", "RoleGrant", "User",
]  # fmt: skip
