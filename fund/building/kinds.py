"""Kinds of questions, their uses and their limits, in the words of the person who sets up a form."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.forms.kinds import ROLES, Kind

KINDS: dict[Kind, str | Promise] = {
    Kind.LONG_TEXT: _("Long text"),
    Kind.SHORT_TEXT: _("Short text"),
    Kind.CHOICE: _("Choose one"),
    Kind.CHOICES: _("Choose several"),
    Kind.YES_NO: _("Yes or no"),
    Kind.NUMBER: _("Number"),
    Kind.MONEY: _("Amount of money"),
    Kind.DATE: _("Date"),
    Kind.COUNTRY: _("Country"),
    Kind.ORGANISATION: _("Organisation (ROR)"),
    Kind.ORCID: _("ORCID iD"),
    Kind.THEME: _("Theme of the call"),
    Kind.TABLE: _("Table"),
    Kind.FILE: _("File"),
    Kind.DECLARATION: _("Declaration"),
    Kind.TEAM: _("Team"),
    Kind.BUDGET: _("Budget"),
    Kind.ETHICS: _("Ethics and safeguarding"),
}
ROLE_WORDS: dict[str, str | Promise] = {
    "title": _("The project’s title"),
    "summary": _("The summary for the public"),
    "theme": _("The theme"),
    "host": _("The host organisation"),
    "country": _("The country of the host"),
    "months": _("The length in months"),
    "starts_on": _("The first day"),
    "ethics_status": _("The state of the ethics approval"),
    "content_notes": _("Answers that stand behind a content note"),
}


SHORT = {
    "choose": Kind.CHOICE,
    "several": Kind.CHOICES,
    "yes no": Kind.YES_NO,
    "orcid": Kind.ORCID,
    "ethics": Kind.ETHICS,
}
"""Other words for kinds, as they are typed in lines."""


def kind_called(words: str) -> Kind | None:
    """Return the kind of a name as people type it, such as “short text” or “yes or no”."""
    said = words.strip().lower()
    names = {str(label).lower(): kind for kind, label in KINDS.items()}
    return SHORT.get(said) or names.get(said) or next((kind for kind in Kind if kind.replace("_", " ") == said), None)


def label_of(kind: str) -> str:
    """Return a kind's name."""
    return str(KINDS.get(Kind(kind), kind))


def roles_for(kind: Kind) -> list[tuple[str, str]]:
    """Return the uses that an answer of a kind can have, with their words."""
    return [(role, str(ROLE_WORDS.get(role, role))) for role, kinds in ROLES.items() if kind in kinds]
