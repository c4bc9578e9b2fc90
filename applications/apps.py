"""The applications app."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Who asks for what?"""

    name = "applications"

    def ready(self) -> None:
        """Register rules, jobs, doors, navigation and what waits for people."""
        from applications import registry  # noqa: F401, PLC0415
