"""What this app keeps besides the documents themselves."""

from reports.models.printed import PrintedApplication, PrintedFile
from reports.models.templates import TemplateVersion, first_version, in_force, version_of, versions_of

__all__ = [
    "PrintedApplication",
    "PrintedFile",
    "TemplateVersion",
    "first_version",
    "in_force",
    "version_of",
    "versions_of",
]
