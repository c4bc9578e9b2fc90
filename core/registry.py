"""What core adds when the product starts."""

from core.mail import send as mail_jobs
from core.people import invitations as people_jobs
from core.people import rules as people_rules

__all__ = ["mail_jobs", "people_jobs", "people_rules"]
