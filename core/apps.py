"""The core app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CoreConfig(AppConfig):
    """What do all apps stand on?"""

    name = "core"

    def ready(self) -> None:
        """Register rules, jobs and navigation, and the audit trail's triggers after each migration."""
        from core import registry  # noqa: F401, PLC0415
        from core.audit import triggers  # noqa: PLC0415

        post_migrate.connect(triggers.install, sender=self, dispatch_uid="audit-triggers")
