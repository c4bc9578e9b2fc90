"""`manage.py take_bounces`: read the notices of mails that came back."""

import mailbox
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.mail import bounces


class Command(BaseCommand):
    """Read one notice from the standard input, or all new ones of a maildir folder.

    Of a folder, what belongs to one of our mails is marked as seen; all else stays new for a person to read.
    """

    help = "Mark mails that came back: one notice on the standard input, or a folder with --maildir."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the folder."""
        parser.add_argument("--maildir", help="a folder in the form of maildir, with the mail to the fund's address")

    def handle(self, *args: Any, maildir: str | None = None, **options: Any) -> None:
        """Take what is there and say how much of it was ours."""
        if maildir is None:
            taken, left = (1, 0) if bounces.take(sys.stdin.buffer.read()) else (0, 1)
        else:
            taken, left = self._take_folder(maildir)
        self.stdout.write(f"{taken} notices belong to our mails, {left} do not.")

    def _take_folder(self, path: str) -> tuple[int, int]:
        try:
            folder = mailbox.Maildir(path, factory=None, create=False)
        except mailbox.NoSuchMailboxError as error:
            raise CommandError(f"There is no maildir at {path}.") from error
        taken = left = 0
        for key in sorted(set(folder.keys()) - _seen(Path(path))):
            if bounces.take(folder.get_bytes(key)) is None:
                left += 1
                continue
            taken += 1
            entry = folder[key]
            entry.set_subdir("cur")
            entry.add_flag("S")
            folder[key] = entry
        return taken, left


def _seen(folder: Path) -> set[str]:
    """Return the keys of what is marked as seen, by its names alone: to take a mail apart for its marks can fail."""
    named = (file.name.partition(":2,") for file in (folder / "cur").iterdir())
    return {key for key, _, flags in named if "S" in flags}
