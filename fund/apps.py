"""The fund app."""

from django.apps import AppConfig


class FundConfig(AppConfig):
    """What money is there, for what, and who has it?"""

    name = "fund"

    def ready(self) -> None:
        """Register rules, the ledger’s protection, the door of its mail, navigation and what waits for people."""
        from fund import registry  # noqa: F401, PLC0415
