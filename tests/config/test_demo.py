"""`make demo`: what it refuses with a sentence, and how it minds its processes."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.management import CommandError

from config import belongings
from config.management.commands import demo
from config.processes import CannotStart, Child, Children
from config.sample.people import PERSONAS
from tests.services import wait_until

FOREVER = "import time; time.sleep(60)"


def test_the_web_server_listens_on_this_machine_only():
    assert demo._web(8123).command[2:6] == ["gunicorn", "config.wsgi", "--bind", "127.0.0.1:8123"]


def test_a_taken_port_is_named_with_another_to_try(manage, bare_environment):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        done = manage("demo", environment=bare_environment | {"PORT": str(port)})

    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"CommandError: Port {port} is used by another program. "
        f"Stop that one, or choose another: make demo PORT={port + 1}"
    )


@pytest.mark.parametrize("port", ["80", "70000", "http"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(CommandError) as refusal:
        demo._read_port(port)

    assert str(refusal.value) == f"“{port}” is no port. Choose a number from 1024 to 65535, such as PORT=8001."


def test_production_has_no_demo(settings):
    settings.EMBEDDED = False

    with pytest.raises(CommandError) as refusal:
        demo._refuse_production()

    assert str(refusal.value) == (
        "The demo is for this machine only, with sample data and a shared password. "
        "Unset DATABASE_URL and ALLOWED_HOSTS and start it again."
    )


def test_two_demos_do_not_share_their_data(settings, tmp_path):
    settings.STATE_DIR = tmp_path / "state"

    with demo._only_one(8123), pytest.raises(CommandError) as refusal, demo._only_one(8124):
        pass

    assert str(refusal.value) == ("These data are in use already, at http://127.0.0.1:8123/. Stop that with Ctrl-C.")


def test_the_data_are_free_again_after_a_demo(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    for port in (8123, 8124):
        with demo._only_one(port):
            assert (tmp_path / ".running").read_text() == f"http://127.0.0.1:{port}/"


@pytest.fixture
def state(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    return tmp_path


@pytest.mark.django_db
def test_run_says_how_to_begin_where_nobody_is(state):
    words = demo._welcome(8123, bare=True)

    assert 'manage.py start_fund you@fund.example "Your Name"' in words
    assert "http://127.0.0.1:8123/home/outbox/" in words
    assert f"The data stay in {state}; `make run RESET=1` deletes them and starts over." in words
    assert "Sign in as" not in words


@pytest.mark.django_db
def test_run_on_the_demo_s_data_gives_the_same_sign_ins(state):
    belongings.mark_loading()
    belongings.mark_loaded()

    for bare in (True, False):
        words = demo._welcome(8123, bare=bare)
        assert f"the password is  {belongings.password()}" in words
        assert all(persona.person.email in words for persona in PERSONAS)
        assert "start_fund" not in words


@pytest.fixture
def said():
    return []


@pytest.fixture
def run(tmp_path, said):
    """Start processes of one line of Python each, and stop them after the test."""
    started = []

    def start(*lines):
        names = [f"process {number}" for number, _ in enumerate(lines, 1)]
        commands = [[sys.executable, "-c", line] for line in lines]
        made = [Child(name, command, tmp_path / name) for name, command in zip(names, commands, strict=True)]
        started.append(Children(*made, say=said.append))
        started[-1].start()
        return started[-1]

    yield start
    for children in started:
        children.stop()


def test_a_process_that_dies_is_started_again_and_said(run, said, tmp_path):
    children = run(FOREVER, FOREVER)
    killed, other = (child.process.pid for child in children.children)
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: children.children[0].is_dead, what="the process is dead")

    children.mend()

    assert not any(child.is_dead for child in children.children)
    assert children.children[0].process.pid != killed
    assert children.children[1].process.pid == other
    assert said == [f"The process 1 ended by itself; it is started again. Its log is {tmp_path / 'process 1'}."]


def test_a_process_that_never_starts_ends_it_all_with_its_own_words(run):
    children = run("raise SystemExit('no database')")

    def mend_for_a_while():
        for _ in range(200):
            children.mend()
            time.sleep(0.05)

    with pytest.raises(CannotStart, match="The process 1 does not start") as end:
        mend_for_a_while()

    assert str(end.value).endswith("no database")


def test_stopping_stops_all_also_what_does_not_listen(run, monkeypatch):
    monkeypatch.setattr("config.processes.PATIENCE", 0.5)
    children = run(
        FOREVER, f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('on', flush=True); {FOREVER}"
    )
    wait_until(lambda: "on" in children.children[1].last_lines(), what="the second process has started")

    children.stop()

    assert [child.process.returncode for child in children.children] == [-signal.SIGTERM, -signal.SIGKILL]


def test_a_killed_demo_leaves_no_process_behind(tmp_path):
    parent = f"""
import sys, time
from pathlib import Path
from config.processes import Child
child = Child("child", [sys.executable, "-c", "{FOREVER}"], Path("{tmp_path}/log"))
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    child = int(process.stdout.readline())

    process.kill()
    process.communicate()

    wait_until(lambda: not Path(f"/proc/{child}").exists(), what="the child has ended")
