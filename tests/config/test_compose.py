"""docker-compose.yml: valid, without secrets, and each service's own command run here on a real PostgreSQL and Redis.

The image itself is not built here: that needs a Docker engine.
"""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socketserver
import ssl
import subprocess
import sys
import threading
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import pytest

from tests import services
from tests.config import compose

ROOT = Path(__file__).resolve().parents[2]
SECRETS = {"SECRET_KEY": "k7-" + "correct horse battery staple " * 3, "POSTGRES_PASSWORD": "letters4and7digits"}
OURS = ("web", "worker", "beat", "migrate")


@pytest.fixture(scope="module")
def described():
    return compose.read(**SECRETS)


def test_the_file_follows_the_compose_specification():
    checked = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (checked.returncode, checked.stdout.strip()) == (0, "ok -- validation done")


def test_the_services_are_the_ones_that_a_fund_needs(described):
    assert sorted(described["services"]) == [
        "beat", "clamav", "db", "mail", "migrate", "proxy", "redis", "web", "worker"
    ]  # fmt: skip


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_asked_for_with_a_sentence(name):
    with pytest.raises(compose.Missing, match=f"^Put {name}, .* into .env$"):
        compose.read(**{other: value for other, value in SECRETS.items() if other != name})


def test_the_example_names_every_variable_of_the_file():
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", compose.FILE.read_text()))
    named = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / "config/deploy/env.example").read_text(), re.MULTILINE))

    assert named == used


@pytest.mark.parametrize("name", OURS)
def test_our_services_run_without_rights_on_one_image_and_one_volume(described, name):
    service = described["services"][name]

    assert service["image"] == "safe-online-research-fund"
    assert service["volumes"] == ["files:/var/lib/fund"]
    assert (service["read_only"], service["cap_drop"]) == (True, ["ALL"])
    assert service["environment"]["EMAIL_URL"] == "smtp://mail:1025"


def test_the_image_ends_as_a_user_without_rights():
    lines = (ROOT / "Dockerfile").read_text().splitlines()

    assert [line for line in lines if line.startswith("USER")] == ["USER fund"]
    assert lines.index("USER fund") > max(
        number for number, line in enumerate(lines) if line.startswith(("RUN", "COPY"))
    )


def test_many_workers_can_run(described):
    """A fixed name or port would stop `--scale worker=4`."""
    assert {"container_name", "ports", "hostname"}.isdisjoint(described["services"]["worker"])


def test_only_the_proxy_is_reached_from_outside(described):
    ports = {name: service["ports"] for name, service in described["services"].items() if "ports" in service}

    assert ports == {"proxy": ["80:8080", "443:8443"], "mail": ["127.0.0.1:8025:8025"]}


def test_what_the_image_copies_is_in_the_tree():
    kept = [line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")]

    assert [name for name in kept if not (ROOT / name).exists()] == []


class Catcher(socketserver.StreamRequestHandler):
    """The few words of SMTP that a sender needs."""

    def handle(self):
        """Take mails until the sender says goodbye."""
        self.wfile.write(b"220 catcher\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 go on\r\n")
                self.server.mails.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
            self.wfile.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                return


@pytest.fixture(scope="module")
def mails():
    """Catch mail, and return the server with its port and what it caught."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Catcher) as server:
        server.daemon_threads = True
        server.mails = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    return tmp_path_factory.mktemp("deployment")


@pytest.fixture(scope="module")
def redis():
    program = services.find_redis()
    if program is None:
        pytest.skip("redis-server is not installed")
    server = services.Redis(program, services.free_port())
    yield server
    server.stop()


@pytest.fixture(scope="module")
def deployment(described, postgres_server, redis, mails, scratch):
    """Run the services by the commands of the file, with addresses of this machine in place of the containers' names."""
    database = postgres_server.make_database(f"compose_{os.getpid()}")
    ports = SimpleNamespace(web=services.free_port(), http=services.free_port(), https=services.free_port())
    changes = {
        "DATABASE_URL": database,
        "REDIS_URL": redis.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mails.server_address[1]}",
        "SITE_URL": f"https://localhost:{ports.https}",
        "DATA_DIR": str(scratch / "files"),
        "STATIC_ROOT": str(scratch / "static"),
    }
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}:/usr/sbin"
    base = {"PATH": path, "HOME": str(scratch), "HOSTNAME": os.uname().nodename}
    running = Deployment(described, base, changes, ports, scratch)
    yield running
    running.stop()
    postgres_server.drop_database(f"compose_{os.getpid()}")


class Deployment:
    """The processes of the services, started when a test first needs them."""

    def __init__(self, described, base, changes, ports, scratch):
        self.described = described
        self.base = base
        self.changes = changes
        self.ports = ports
        self.scratch = scratch
        self.processes = {}

    def translate(self, words):
        """Put addresses and folders of this machine in place of the container's."""
        places = {
            "0.0.0.0:8000": f"127.0.0.1:{self.ports.web}",
            "127.0.0.1:8000": f"127.0.0.1:{self.ports.web}",
            "127.0.0.1:8080": f"127.0.0.1:{self.ports.http}",
            "/etc/fund/": f"{ROOT}/config/deploy/",
            "/tmp/beat": f"{self.scratch}/beat",
        }
        for there, here in places.items():
            words = [word.replace(there, here) for word in words]
        return words

    def environment(self, service, **more):
        """Return the service's environment with the addresses of this machine."""
        given = self.described["services"][service].get("environment", {})
        return (
            self.base
            | given
            | {name: value for name, value in self.changes.items() if name in given or service in OURS}
            | more
        )

    def run(self, service, words=None, **more):
        """Run a service's command to its end, or another one in its environment."""
        command = self.translate(words or self.described["services"][service]["command"])
        return subprocess.run(
            command,
            cwd=ROOT,
            env=self.environment(service, **more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, service, **more):
        """Start a service's command, unless it runs."""
        if service not in self.processes:
            command = self.translate(self.described["services"][service]["command"])
            with self.log(service).open("wb") as output:
                self.processes[service] = subprocess.Popen(
                    command, cwd=ROOT, env=self.environment(service, **more),
                    stdout=output, stderr=output, start_new_session=True,
                )  # fmt: skip

    def keep_up(self):
        """Start again what ended, as Docker does; Celery's worker ends if Redis does before it could acknowledge a task."""
        for service in OURS:
            process = self.processes.get(service)
            if process and process.poll() is not None and self.described["services"][service]["restart"] != "no":
                del self.processes[service]
                self.start(service)

    def log(self, name):
        """Return the file that a service writes to."""
        return self.scratch / f"{name}.log"

    def says(self, name, text, *, seconds=60):
        """Wait until a service's log contains a text."""
        services.wait_until(lambda: text in self.log(name).read_text(), what=f"{name} says “{text}”", seconds=seconds)

    def is_healthy(self, service, **more):
        """Run the service's own health check."""
        kind, *words = self.described["services"][service]["healthcheck"]["test"]
        done = self.run(service, ["sh", "-c", *words] if kind == "CMD-SHELL" else words, **more)
        return done.returncode == 0

    def get(self, path, *, port, **headers):
        """Ask over plain HTTP and return the answer with its text."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text

    def stop(self):
        """End what was started, with all its children."""
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@pytest.fixture(scope="module")
def migrated(deployment):
    """Prepare the database and the static files, as the migrate service and the image do."""
    done = deployment.run("migrate")
    assert done.returncode == 0, done.stderr
    done = deployment.run("migrate", ["python", "manage.py", "collectstatic", "--noinput"])
    assert done.returncode == 0, done.stderr
    return deployment


@pytest.fixture(scope="module")
def whole(migrated, redis):
    """Run everything: Redis, web, worker, beat and the proxy."""
    for program in ("nginx", "curl"):
        if not shutil.which(program, path=migrated.base["PATH"]):
            services.skip_for_lack(f"{program} is not installed")
    redis.start()
    ports = migrated.ports
    migrated.start("web")
    migrated.start("worker")
    migrated.start("beat")
    (migrated.scratch / "proxy").mkdir()
    migrated.start(
        "proxy", WORK=str(migrated.scratch / "proxy"), WEB=f"127.0.0.1:{ports.web}", RESOLVER="127.0.0.1",
        LISTEN_HTTP=str(ports.http), LISTEN_HTTPS=str(ports.https), SITE_URL=migrated.changes["SITE_URL"],
    )  # fmt: skip
    services.wait_until(lambda: migrated.is_healthy("web"), what="web is healthy", seconds=60)
    services.wait_until(lambda: migrated.is_healthy("proxy"), what="the proxy is healthy")
    migrated.says("worker", " ready.")
    return migrated


def services_test(function):
    """Mark a test that runs the deployment's processes: a minute of work, which `make more` does."""
    return pytest.mark.more(pytest.mark.services(pytest.mark.redis(function)))


@services_test
def test_health_is_told_on_plain_http_to_any_host(whole):
    for path in ("/healthz", "/readyz"):
        answer, text = whole.get(path, port=whole.ports.http, Host="10.1.2.3")
        assert (answer.status, json.loads(text)["status"]) == (200, {"/healthz": "alive", "/readyz": "ready"}[path])


@services_test
def test_every_other_page_goes_to_the_encrypted_address(whole):
    answer, _ = whole.get("/awards/?page=2", port=whole.ports.http, Host="elsewhere.example")

    assert (answer.status, answer.headers["Location"]) == (308, f"{whole.changes['SITE_URL']}/awards/?page=2")


@services_test
def test_the_web_server_itself_does_not_believe_any_host(whole):
    answer, _ = whole.get("/", port=whole.ports.web, Host="elsewhere.example", **{"X-Forwarded-Proto": "https"})

    assert answer.status == 400


@services_test
def test_the_worker_of_this_machine_passes_its_health_check(whole):
    assert whole.is_healthy("worker", HOSTNAME=os.uname().nodename)


@services_test
def test_beat_ticks_and_a_worker_does_what_it_says(whole):
    whole.says("beat", "Sending due task sweep")

    whole.says("worker", "core.jobs.tasks.sweep")


def ask_for_mail(deployment, email):
    """Ask for a new password by the form, as a person does, through the proxy and TLS."""
    certificate = deployment.scratch / "proxy" / "fullchain.pem"
    browser = urllib.request.build_opener(
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=str(certificate))),
        urllib.request.HTTPCookieProcessor(CookieJar()),
    )
    address = deployment.changes["SITE_URL"] + "/account/password/reset/"
    page = browser.open(address, timeout=30).read().decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    form = urlencode({"csrfmiddlewaretoken": token, "email": email}).encode()
    with browser.open(urllib.request.Request(address, form, {"Referer": address}), timeout=30) as answer:
        return answer.status


@services_test
def test_a_mail_asked_for_on_a_page_comes_out_at_the_catcher(whole, mails):
    """The way leads by the proxy, the web server, a job's row, Redis, a worker and the mail server."""
    assert ask_for_mail(whole, "nobody@fund.example") == 200

    services.wait_until(lambda: any("nobody@fund.example" in mail for mail in mails.mails), what="the mail was caught")


@services_test
def test_what_is_asked_for_while_redis_is_down_is_done_when_it_is_back(whole, redis, mails):
    redis.stop()
    try:
        answer, text = whole.get("/readyz", port=whole.ports.http)
        assert (answer.status, json.loads(text)["broker"]) == (200, "unreachable")
        assert ask_for_mail(whole, "patient@fund.example") == 200
    finally:
        redis.start()

    def is_caught():
        whole.keep_up()
        return any("patient@fund.example" in mail for mail in mails.mails)

    services.wait_until(is_caught, what="the mail was caught", seconds=90)
    assert sum("patient@fund.example" in mail for mail in mails.mails) == 1


@services_test
def test_the_command_of_redis_keeps_nothing(described, scratch):
    program, *arguments = described["services"]["redis"]["command"]
    assert program == "redis-server"
    port = services.free_port()
    command = [services.find_redis(), *arguments, "--port", str(port), "--bind", "127.0.0.1"]
    process = subprocess.Popen(command, cwd=scratch, stdout=subprocess.DEVNULL)
    server = services.Redis("", port, process)
    services.wait_until(server.is_up, what="Redis answers")

    server.stop()

    assert not (scratch / "dump.rdb").exists()
