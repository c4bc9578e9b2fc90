"""Finding a Python that is new enough, with nothing but a shell."""

import os
import subprocess
import sys

import pytest

SENTENCE = (
    "Python 3.12 or newer with its venv module is needed: install it (on Debian 13 or Ubuntu 24.04: "
    "sudo apt install python3 python3-venv) and run the same command again"
)


@pytest.fixture
def shell(tmp_path):
    """Return a function that runs python.sh where only these programs are installed."""

    def run(**programs):
        for name, text in programs.items():
            path = tmp_path / name
            path.write_text(f"#!/bin/sh\n{text}\n")
            path.chmod(0o755)
        return subprocess.run(
            ["/bin/sh", "config/deploy/python.sh"],
            env={"PATH": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def old(version):
    """Return the text of a Python of another version: it answers what it is, and fails every other question."""
    return f"case $2 in *print*) echo {version};; *) exit 1;; esac"


def test_no_python_is_one_sentence(shell):
    done = shell()

    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{SENTENCE}.\n")


def test_an_older_python_is_named_in_the_sentence(shell):
    done = shell(python3=old("3.11.7"))

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{SENTENCE}; only Python 3.11.7 is here.\n"


def test_a_python_without_venv_says_so(shell):
    without = "case $2 in *print*) echo 3.13.5;; *version_info*) exit 0;; *) exit 1;; esac"

    done = shell(python3=without)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{SENTENCE}; Python 3.13.5 is here, but without its venv module.\n"


def test_a_program_that_only_has_the_name_is_passed_over(shell):
    """Version managers leave names on the path that answer with an error."""
    done = shell(**{"python3.13": "echo not here >&2; exit 127", "python3": f'exec "{sys.executable}" "$@"'})

    assert (done.returncode, done.stderr) == (0, "")
    assert os.path.realpath(done.stdout.strip()) == os.path.realpath(sys.executable)
