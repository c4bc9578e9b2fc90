"""What a save and a submit cost, as ratios to an empty page of the same server: two gunicorn workers on PostgreSQL."""

import os
import subprocess
import sys
import tempfile

from tests import services


def main() -> None:
    """Make a database of its own and measure in a process that has the server's settings."""
    programs = services.find_postgres()
    if programs is None:
        print("PostgreSQL is not installed.")
        return
    with services.running_postgres(programs) as server, tempfile.TemporaryDirectory() as folder:
        variables = {
            "SUITE_DATABASE_URL": server.make_database("bench"), "SUITE_STATE": folder,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }  # fmt: skip
        command = [sys.executable, "-m", "tests.bench.last_minute"]
        subprocess.run(command, env=os.environ | variables, check=True)


if __name__ == "__main__":
    main()
