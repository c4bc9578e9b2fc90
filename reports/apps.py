"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What is written down about it?"""

    name = "reports"

    def ready(self) -> None:
        """Register rules, kinds of documents and the jobs that make them."""
        from reports import registry  # noqa: F401, PLC0415
