"""What the proxy of docker-compose.yml says of a request: nothing that the visitor wrote, and when it had the whole."""

import http.client
import http.server
import os
import re
import shutil
import ssl
import subprocess
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings

from core import clock
from core.clock.middleware import LONGEST_WAIT
from tests import services

ROOT = Path(__file__).resolve().parents[2]
FORGED = {
    "X-Request-Start": "t=1.000", "X_Request_Start": "t=1.000", "X-Real-IP": "10.9.8.7", "X-Forwarded-For": "10.9.8.7",
    "X-Forwarded-Proto": "http",
}  # fmt: skip
NOISE = 0.05
"""The proxy's clock is read once for all that happens in a moment."""


class Web(http.server.BaseHTTPRequestHandler):
    """Stands where the web server does, and keeps what the proxy says."""

    seen: list = []

    def do_POST(self):
        """Take a request."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.seen.append(self.headers)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *given):
        """Say nothing."""


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """Run the proxy before a web server that only listens, and return its encrypted port."""
    path = f"{os.environ['PATH']}:/usr/sbin"
    if not shutil.which("nginx", path=path):
        services.skip_for_lack("nginx is not installed")
    work, port = tmp_path_factory.mktemp("proxy"), services.free_port()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web) as web:
        threading.Thread(target=web.serve_forever, args=(0.01,), daemon=True).start()
        process = subprocess.Popen(
            ["sh", str(ROOT / "config/deploy/proxy.sh")], stderr=subprocess.DEVNULL,
            env={"PATH": path, "HOME": str(work), "WORK": str(work), "TLS": str(work), "RESOLVER": "127.0.0.1",
                 "WEB": f"127.0.0.1:{web.server_address[1]}", "LISTEN_HTTP": str(services.free_port()),
                 "LISTEN_HTTPS": str(port)},
        )  # fmt: skip
        try:
            services.wait_until((work / "nginx.pid").exists, what="the proxy runs")
            yield port
        finally:
            process.terminate()
            process.wait()
            web.shutdown()


def send(port, body, *, pause=0.0):
    """Send a request, the second half of it after a pause, and return what the proxy said of it and when it was whole."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=ssl._create_unverified_context(), timeout=10)  # noqa: S323
    connection.putrequest("POST", "/apply/1/submit/")
    for name, value in {**FORGED, "Content-Length": str(len(body))}.items():
        connection.putheader(name, value)
    connection.endheaders(body[: len(body) // 2])
    time.sleep(pause)
    whole = clock.now().timestamp()
    connection.send(body[len(body) // 2 :])
    assert connection.getresponse().status == 204
    connection.close()
    return Web.seen.pop(), whole


def test_nobody_but_the_proxy_says_when_a_request_came_and_from_where(proxy):
    said, whole = send(proxy, b"a=1")

    assert {name: said.get_all(name) for name in FORGED if name != "X-Request-Start"} == {
        "X_Request_Start": None, "X-Real-IP": ["127.0.0.1"], "X-Forwarded-For": ["127.0.0.1"],
        "X-Forwarded-Proto": ["https"],
    }  # fmt: skip
    [mark] = said.get_all("X-Request-Start")
    assert whole - NOISE <= float(mark.removeprefix("t=")) <= clock.now().timestamp()


def test_a_request_that_began_in_time_and_was_not_whole_then_came_when_it_was(proxy):
    said, whole = send(proxy, b"a=1&" * 1000, pause=0.3)

    assert float(said["X-Request-Start"].removeprefix("t=")) >= whole - NOISE


def test_what_no_page_would_take_is_refused_with_the_limit_before_it_is_sent(proxy):
    connection = http.client.HTTPSConnection("127.0.0.1", proxy, context=ssl._create_unverified_context(), timeout=10)  # noqa: S323
    connection.putrequest("POST", "/verify/")
    connection.putheader("Content-Length", str(65 * 2**20))
    connection.endheaders()
    answer = connection.getresponse()
    page = answer.read().decode()
    connection.close()

    assert (answer.status, answer.headers["Content-Type"], Web.seen) == (413, "text/html", [])
    assert f"A file may have {settings.UPLOAD_LIMIT // 2**20} MB." in page


def test_the_mark_is_believed_for_as_long_as_the_proxy_waits():
    patience = re.search(r"proxy_read_timeout (\d+)s;", (ROOT / "config/deploy/nginx.conf").read_text())

    assert LONGEST_WAIT.total_seconds() == int(patience[1])
