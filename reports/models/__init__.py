"""What this app keeps besides the documents themselves."""

from reports.models.printed import PrintedApplication, PrintedFile

__all__ = ["PrintedApplication", "PrintedFile"]
