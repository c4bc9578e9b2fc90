"""`make check`: the two checks that are our own."""

from pathlib import Path

import pytest

from tests.check import broken_links, requirements_that_differ

ROOT = Path(__file__).resolve().parents[2]
LOCK = '[[package]]\nname = "{}"\nversion = "{}"\nsource = {{ registry = "somewhere" }}\n'


@pytest.fixture
def tree(tmp_path):
    (tmp_path / "uv.lock").write_text(LOCK.format("django", "6.1") + LOCK.format("ruff", "0.17"))
    (tmp_path / "requirements.txt").write_text("django==6.1\n")
    (tmp_path / "requirements-dev.txt").write_text("django==6.1 ; python_version > '3'\nruff==0.17\n")
    return tmp_path


def test_requirements_equal_to_the_lock_pass(tree):
    assert requirements_that_differ(tree) == []


def test_requirements_that_differ_are_named(tree):
    (tree / "requirements.txt").write_text("django==6.0\n")
    (tree / "requirements-dev.txt").write_text("django==6.1\n")

    assert requirements_that_differ(tree) == [
        "requirements.txt: django==6.0, but the lock has 6.1. Run make requirements.",
        "requirements-dev.txt lacks ruff. Run make requirements.",
    ]


def test_links_that_lead_nowhere_are_named(tree):
    (tree / "docs").mkdir()
    (tree / "docs" / "a.md").write_text(
        "# One thing\n[up](../README.md) [b](b.md) [self](#one-thing) [web](https://x.example)"
    )
    (tree / "README.md").write_text("[a](docs/a.md#one-thing) [b](docs/a.md#two) ![picture](docs/p.png)")

    assert broken_links(tree) == [
        "README.md: docs/a.md#two leads nowhere.",
        "README.md: docs/p.png leads nowhere.",
        "docs/a.md: b.md leads nowhere.",
    ]
