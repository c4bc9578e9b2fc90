"""A file of 200 MB through a real gunicorn: refused with a sentence, and held neither in memory nor on the disk."""

import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from applications.models import Attachment
from tests import factories, rush, services
from tests.conftest import ROOT

pytestmark = [pytest.mark.soak, pytest.mark.services, pytest.mark.django_db(transaction=True)]
SIZE = 200 * 2**20
PIECE = bytes(2**20)
MOST_MORE = 40 * 2**20
"""What the server may hold more than before: its own buffers, a fifth of the file."""


@pytest.fixture
def server(shared_environment: dict[str, str], tmp_path: Path) -> Iterator[tuple[int, int]]:
    """Run gunicorn on this test's database, and return its process and its port."""
    port = services.free_port()
    options = ["--bind", f"127.0.0.1:{port}", "--threads", "4", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", *options]
    with (tmp_path / "web.log").open("wb") as log:
        process = subprocess.Popen(command, env=shared_environment, cwd=ROOT, stdout=log, stderr=log)
    try:
        services.wait_until(lambda: rush.is_up(port), what=f"the web server answers ({log.name})", seconds=90)
        yield process.pid, port
    finally:
        services.stop(process)


def test_two_hundred_megabytes_are_refused_without_being_held(server: tuple[int, int]) -> None:
    ada = factories.make_user("Ada", email="ada@size.example")
    draft = factories.make_draft(factories.make_call("size"), ada)
    browser = Client()
    browser.force_login(ada)
    pid, port = server
    before, most, done = _resident(pid), [0], threading.Event()
    watcher = threading.Thread(target=_watch, args=(pid, most, done))
    watcher.start()
    status, told = _send(port, browser.cookies["sessionid"].value, draft.pk)
    done.set()
    watcher.join()

    print(f"200 MB in one file: {(most[0] - before) / 2**20:.1f} MB more in memory")
    assert (status, "This file has 200 MB and the limit is 20 MB." in told) == (422, True), told[:500]
    assert most[0] - before < MOST_MORE
    assert _files_of("incoming") == []
    assert not Attachment.objects.exists()


def _files_of(folder: str) -> list[Path]:
    return [each for each in (settings.STATE_DIR / folder).rglob("*") if each.is_file()]


def _resident(pid: int) -> int:
    """Return how many bytes a process and its children have in memory."""
    listed = subprocess.run(
        ["ps", "-o", "rss=", "--pid", str(pid), "--ppid", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return sum(int(line) for line in listed.split()) * 1024


def _watch(pid: int, most: list[int], done: threading.Event) -> None:
    while not done.is_set():
        most[0] = max(most[0], _resident(pid))
        time.sleep(0.05)


def _send(port: int, session: str, pk: int) -> tuple[int, str]:
    """Send the file piece by piece as a browser does, with the token that the form has."""
    token = "a" * 32
    head = (
        f'--edge\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'
        '--edge\r\nContent-Disposition: form-data; name="attested"\r\n\r\non\r\n'
        '--edge\r\nContent-Disposition: form-data; name="file"; filename="film.pdf"\r\n\r\n%PDF-1.7\n'
    ).encode()
    foot = b"\r\n--edge--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.putrequest("POST", f"/apply/{pk}/files/letter/")
    for name, value in {
        "Content-Type": "multipart/form-data; boundary=edge", "Content-Length": str(len(head) + SIZE + len(foot)),
        "Accept": "application/json", "Cookie": f"sessionid={session}; csrftoken={token}",
    }.items():  # fmt: skip
        connection.putheader(name, value)
    connection.endheaders()
    connection.send(head)
    for _ in range(SIZE // len(PIECE)):
        connection.send(PIECE)
    connection.send(foot)
    answer = connection.getresponse()
    told = answer.status, answer.read().decode()
    connection.close()
    return told
