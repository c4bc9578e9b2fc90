"""Check the audit trail."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.audit.models import AuditSeal
from core.audit.seal import faults, long_unsealed


class Command(BaseCommand):
    """Names changed, missing and long-unsealed rows of the audit trail."""

    help = "Check the audit trail and name changed, missing and long-unsealed rows."

    def handle(self, *args: Any, **options: Any) -> None:
        """Read the whole chain; exit with an error if a link does not hold."""
        found = [*faults(), *long_unsealed()]
        for fault in found:
            self.stdout.write(fault)
        if found:
            raise CommandError(f"The audit trail has {len(found)} faults.")
        last = AuditSeal.objects.order_by("-position").first()
        text = f"{last.position} rows, last seal {last.digest}" if last else "no row is sealed yet"
        self.stdout.write(f"The audit trail is whole: {text}.")
