"""The product's own processes with a production environment."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODES = ("ALLOWED_HOSTS", "DATABASE_URL", "DATA_DIR", "DJANGO_SETTINGS_MODULE", "EMAIL_URL", "REDIS_URL", "SECRET_KEY",
         "SITE_URL", "STATIC_ROOT", "PORT", "RESET", "DEFAULT_FROM_EMAIL", "ORCID_CLIENT_ID", "ORCID_CLIENT_SECRET", "ORCID_SANDBOX")  # fmt: skip


@pytest.fixture
def bare_environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment without any of our variables, but with a scratch folder for the data."""
    kept = {name: value for name, value in os.environ.items() if name not in MODES and not name.startswith("SUITE_")}
    return kept | {"DATA_DIR": str(tmp_path / "state")}


@pytest.fixture
def production(bare_environment: dict[str, str], tmp_path: Path) -> dict[str, str]:
    """Return a complete production environment; nothing answers at its addresses."""
    return bare_environment | {
        "SECRET_KEY": "k7-" + "correct horse battery staple " * 3,
        "DATABASE_URL": "postgres://fund:secret@127.0.0.1:9/fund",
        "REDIS_URL": "redis://127.0.0.1:9/0",
        "EMAIL_URL": "smtp+tls://fund:secret@mail.example:587",
        "ALLOWED_HOSTS": "fund.example,www.fund.example",
        "DEFAULT_FROM_EMAIL": "fund@fund.example",
    }


@pytest.fixture
def manage(bare_environment: dict[str, str]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs manage.py and captures what it says."""

    def run(*arguments: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=environment or bare_environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    return run
