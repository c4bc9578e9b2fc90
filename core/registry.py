"""What core adds when the product starts: rules, jobs, places in the navigation."""

from django.urls import reverse

from core import jobs
from core.language import lazy
from core.letters import rules as letter_rules
from core.letters import signing
from core.mail import send as mail_jobs
from core.mail.models import Message
from core.people import addresses, orcid
from core.people import invitations as people_jobs
from core.people import rules as people_rules
from core.people import schema as people_schema
from core.people.models import User
from core.waiting import letters as mail_waiting
from core.waiting import stopped
from core.web import nav

__all__ = [
    "addresses",
    "letter_rules",
    "mail_jobs",
    "mail_waiting",
    "orcid",
    "people_jobs",
    "people_rules",
    "people_schema",
    "signing",
    "stopped",
]

# What could not be sent waits in the outbox.
jobs.concerns(
    "mail-send", "message",
    lambda user: Message.objects.visible_to_staff(user).filter(state=Message.State.QUEUED), page=Message.staff_url,
)  # fmt: skip
jobs.concerns(
    "invitation", "user", lambda user: User.objects.all(), page=lambda row: reverse("manage_core:person", args=[row.pk])
)

nav.register(lazy("Account"), "people:profile", shown=lambda user: user.is_authenticated, section="account")
nav.register(lazy("Home"), "home", shown=lambda user: user.is_authenticated, section="home")
nav.register(
    lazy("People"), "manage_core:people", shown=lambda user: user.is_authenticated and user.reads_all, section="office"
)
nav.register(
    lazy("Documents"), "documents:list", shown=lambda user: user.is_authenticated and user.is_insider, section="office"
)
nav.register(
    lazy("Letters"), "letters:register", shown=lambda user: user.is_authenticated and user.reads_all, section="office"
)
nav.register(
    lazy("Audit"), "manage_core:audit", shown=lambda user: user.is_authenticated and user.reads_all, section="office"
)
