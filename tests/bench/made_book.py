"""Makes a panel book of the rows of a database in a process of its own: `python -m tests.bench.made_book 1000`."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def told(count: int) -> dict[str, float]:
    """Fill a database with so many applications, make their book in another process, and return what that took."""
    with tempfile.TemporaryDirectory() as folder:
        given = os.environ | {"SUITE_STATE": folder, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        for step in ("fill", "make"):
            code = f"import django; django.setup(); from tests.bench import book_rows; book_rows.{step}({count})"
            done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=given, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    print(told(int(sys.argv[1])))
