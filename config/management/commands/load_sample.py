"""Load the sample data into an empty database."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.loading import story
from core import clock
from core.letters import certificates, signing
from core.people.models import User


class Command(BaseCommand):
    """Loads the sample through the actions that people take."""

    help = "Load the sample data: six calls, their applications, panels, reviews, decisions and letters."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read how much to load."""
        parser.add_argument("--small", action="store_true", help="the same calls with few applications")

    def handle(self, *args: Any, **options: Any) -> None:
        """Tell the story of the calls, with a bar of progress."""
        if User.objects.exists():
            raise CommandError("There are people in this database. The sample is for an empty one.")
        _make_certificate()
        story.tell(tick=self._tick, counts=story.FEW if options["small"] else story.COUNTS)
        self.stdout.write("")

    def _tick(self, done: int, total: int, what: str) -> None:
        if self.stdout.isatty():
            full = done * 30 // total
            self.stdout.write(f"\r{'█' * full}{'░' * (30 - full)} {done:4} of {total}  {what:<34}", ending="")
            self.stdout.flush()
        elif done % 250 == 0 or done == total:
            self.stdout.write(f"{done} of {total}: {what}")
        sys.stdout.flush()


def _make_certificate() -> None:
    """Let the sample's letters be signed with a certificate of this machine's own, unless one is configured."""
    if settings.EMBEDDED and not signing.is_configured():
        name = f"{settings.SITE_NAME} (sample)"
        certificates.make_self_signed(settings.SIGNING.certificate, name=name, at=clock.now())
