"""Start the whole product on this machine, with sample data."""

import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection

from config import belongings
from config.apps import make_folders
from config.processes import CannotStart, Child, Children
from config.sample.people import PERSONAS

SOURCES = ("*.py", "*.html", "*.css", "*.js", "*.txt")
BEGIN = """\
Nobody is here yet. Begin a fund, in another terminal:

    {folder}.venv/bin/python manage.py start_fund you@fund.example "Your Name"

and open the invitation, which is then at {address}home/outbox/.
"""


class Command(BaseCommand):
    """`make demo`, and with --bare `make run`."""

    help = "Start web and worker on this machine, with sample data and one sign-in per persona."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Read the port and the wish to start over from the environment, as make passes them."""
        parser.add_argument("--port", default=os.environ.get("PORT") or "8000")
        parser.add_argument("--reset", action="store_true", default=os.environ.get("RESET", "") not in ("", "0"))
        parser.add_argument("--bare", action="store_true", help="load no sample data; restart when the code changes")

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare the data, run until somebody stops it, and stop everything."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        port = _read_port(options["port"])
        _refuse_production()
        with _only_one(port):
            _check_free(port)
            if options["reset"]:
                belongings.remove()
            try:
                self._prepare(bare=options["bare"])
                self._serve(port, bare=options["bare"])
            except KeyboardInterrupt:
                self.stdout.write(f"\nStopped. {belongings.what_stays()}")

    def _prepare(self, *, bare: bool) -> None:
        belongings.clear_the_way(sample=not bare, say=self.stdout.write)
        make_folders()
        self.stdout.write("Preparing the database.")
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        if not bare and not belongings.has_people():
            belongings.mark_loading()
            call_command("load_sample", stdout=self.stdout, stderr=self.stderr)
            belongings.mark_loaded()
        if belongings.has_sample():
            belongings.give_password()

    def _serve(self, port: int, *, bare: bool) -> None:
        children = Children(_web(port), _worker(), say=self.stdout.write)
        welcome = _welcome(port, bare=bare)
        connection.close()
        try:
            children.start()
            _wait_for(f"http://127.0.0.1:{port}/readyz", children)
            self.stdout.write(welcome)
            self._watch(children, reload=bare)
        except CannotStart as error:
            raise CommandError(str(error)) from error
        finally:
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            children.stop()

    def _watch(self, children: Children, *, reload: bool) -> None:
        seen = _newest_source() if reload else 0.0
        while True:
            time.sleep(1)
            children.mend()
            if reload and (newest := _newest_source()) != seen:
                seen = newest
                self.stdout.write("The code changed; starting again.")
                children.restart()


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _read_port(text: str) -> int:
    if not text.isdecimal() or not 1024 <= int(text) <= 65535:
        raise CommandError(f"“{text}” is no port. Choose a number from 1024 to 65535, such as PORT=8001.")
    return int(text)


def _refuse_production() -> None:
    if not settings.EMBEDDED:
        raise CommandError(
            "The demo is for this machine only, with sample data and a shared password. "
            "Unset DATABASE_URL and ALLOWED_HOSTS and start it again."
        )


@contextmanager
def _only_one(port: int) -> Iterator[None]:
    """Hold the folder of the data, so that no two of us write to it."""
    settings.STATE_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.STATE_DIR / ".running").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            where = file.read().strip()
            raise CommandError(f"These data are in use already, at {where}. Stop that with Ctrl-C.") from None
        file.truncate(0)
        file.write(f"http://127.0.0.1:{port}/")
        file.flush()
        yield


def _check_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise CommandError(
                f"Port {port} is used by another program. Stop that one, or choose another: make demo PORT={port + 1}"
            ) from None


def _web(port: int) -> Child:
    options = f"--bind 127.0.0.1:{port} --workers 2 --threads 4 --timeout 60 --graceful-timeout 5 --log-level warning --no-control-socket"
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", *options.split()]
    return Child("web server", command, settings.STATE_DIR / "log" / "web.log", {"PORT": str(port)})


def _worker() -> Child:
    options = "worker --beat --concurrency 2 --without-mingle --without-gossip --loglevel info"
    command = [sys.executable, "-m", "celery", "-A", "config", *options.split()]
    return Child("worker", command, settings.STATE_DIR / "log" / "worker.log")


def _wait_for(address: str, children: Children) -> None:
    end = time.monotonic() + 180  # a slow machine compiles every module first
    while time.monotonic() < end:
        children.mend()
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - our own address
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise CannotStart(f"{address} does not answer. The logs are in {settings.STATE_DIR / 'log'}.")


def _welcome(port: int, *, bare: bool) -> str:
    address = f"http://127.0.0.1:{port}/"
    lines = ["", f"{settings.SITE_NAME}, on this machine only:", "", f"    {address}", ""]
    if belongings.has_sample():
        lines += [f"Sign in as any of these; the password is  {belongings.password()}", ""]
        lines += [f"    {persona.title:<24}{persona.person.email}" for persona in PERSONAS]
        lines += [""]
    elif not belongings.has_people():
        named = os.environ.get("DATA_DIR")
        lines += [BEGIN.format(address=address, folder=f"DATA_DIR={named} " if named else "")]
    again = "make run RESET=1" if bare else "make demo RESET=1"
    lines += [f"Ctrl-C stops it. The data stay in {belongings.folder()}; `{again}` deletes them and starts over.", ""]
    return "\n".join(lines)


def _newest_source() -> float:
    folders = [settings.BASE_DIR / name for name in ("config", "core", "fund", "applications", "reviews", "reports")]
    paths = (path for folder in folders for pattern in SOURCES for path in folder.rglob(pattern))
    return max(path.stat().st_mtime for path in paths)
