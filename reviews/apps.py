"""The reviews app."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Who judges it, and how did it come out?"""

    name = "reviews"

    def ready(self) -> None:
        """Register rules, doors, jobs, navigation and what waits for people."""
        from reviews import registry  # noqa: F401, PLC0415
