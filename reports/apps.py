"""The reports app."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What is written down about it?"""

    name = "reports"

    def ready(self) -> None:
        """Register rules, document kinds, jobs, navigation and what waits for people."""
        from reports import registry  # noqa: F401, PLC0415
