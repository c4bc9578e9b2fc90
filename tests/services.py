"""Start PostgreSQL and Redis of the suite's own, on free ports of this machine and in a scratch folder.

`python -m tests.services COMMAND …` runs a command with DATABASE_URL set to such a PostgreSQL, when one is installed
and no DATABASE_URL is given.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import psycopg
import pytest
import redis

REQUIRED = os.environ.get("REQUIRE_SERVICES") == "1"
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell has no windows to keep, which saves a sixth of its work; the others do as well."""


def skip_for_lack(reason: str) -> NoReturn:
    """Skip a test for lack of a service, or fail it with REQUIRE_SERVICES=1."""
    if REQUIRED:
        pytest.fail(f"REQUIRE_SERVICES=1, but {reason}.", pytrace=False)
    pytest.skip(reason)


def find_postgres() -> Path | None:
    """Return the folder of PostgreSQL's server programs, the newest first."""
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    candidates = [*reversed(installed), *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def find_redis() -> str | None:
    """Return the path of redis-server or of its successor."""
    return shutil.which("redis-server") or shutil.which("valkey-server")


def find_clamd() -> str | None:
    """Return the path of the virus scanner's daemon."""
    return shutil.which("clamd") or shutil.which("/usr/sbin/clamd")


def find_chromium() -> str | None:
    """Return the path of a Chromium, or of the one that CHROMIUM names."""
    named = os.environ.get("CHROMIUM")
    return named or next((path for path in map(shutil.which, CHROMIUMS) if path), None)


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until(is_so: Callable[[], bool], *, what: str, seconds: float = 30) -> None:
    """Wait for something to become so, or say what never did."""
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            raise TimeoutError(f"After {seconds:g} seconds still not so: {what}.")
        time.sleep(0.05)


def stop(process: subprocess.Popen, *, seconds: float = 15, how: int = signal.SIGTERM) -> None:
    """Stop a process that was started here, by force if it does not go in time."""
    if process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass
class Postgres:
    """A PostgreSQL server with the rights to make databases."""

    url: str
    """The address of its maintenance database, ending in its name."""

    def make_database(self, name: str, *, like: str = "template1") -> str:
        """Make an empty database or a copy, in place of one of that name, and return its address."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return self.url.rsplit("/", 1)[0] + f"/{name}"

    def drop_database(self, name: str) -> None:
        """Remove a database and whoever is still connected to it."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _account() -> dict[str, object]:
    """Return how to start PostgreSQL, which refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name for entry in pwd.getpwall()}
    account = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


@contextmanager
def running_postgres(programs: Path) -> Iterator[Postgres]:
    """Run a PostgreSQL for the length of a block."""
    account = _account()
    folder = Path(tempfile.mkdtemp(prefix="fund-pg-", dir="/tmp"))  # a socket's path must be short
    if account:
        os.chown(folder, int(str(account["user"])), int(str(account["group"])))
    port = free_port()
    make = [programs / "initdb", "-D", folder / "db", "-U", "fund", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"]
    subprocess.run(make, check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)
    flags = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": folder, "max_connections": 200,
        "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "log_min_messages": "fatal",
        "jit": "off",  # of tables that nobody analysed it expects much, and compiles for longer than it runs
    }  # fmt: skip
    command = [programs / "postgres", "-D", folder / "db", *(f"--{name}={value}" for name, value in flags.items())]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder, start_new_session=True, **account)
    server = Postgres(f"postgres://fund@127.0.0.1:{port}/postgres")
    try:
        wait_until(lambda: _answers(server.url), what=f"PostgreSQL answers (its log is {folder / 'log'})")
        yield server
    finally:
        stop(process, how=signal.SIGINT)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)


def _answers(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@dataclass
class Redis:
    """A Redis that a test can stop and start again."""

    program: str
    port: int
    process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        """Its address."""
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Start it empty and wait until it answers."""
        command = [self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd="/", start_new_session=True)
        wait_until(self.is_up, what="Redis answers")

    def stop(self) -> None:
        """Stop it; what it held is gone."""
        if self.process is not None:
            stop(self.process)
            self.process = None

    def is_up(self) -> bool:
        """Whether it answers."""
        with redis.Redis.from_url(self.url, socket_timeout=1, socket_connect_timeout=1) as client:
            try:
                return bool(client.ping())
            except redis.exceptions.RedisError:
                return False


def _main(command: list[str]) -> int:
    programs = find_postgres()
    if "DATABASE_URL" in os.environ or programs is None:
        return subprocess.call(command)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with running_postgres(programs) as server:
        os.environ["DATABASE_URL"] = server.url
        return subprocess.call(command)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
