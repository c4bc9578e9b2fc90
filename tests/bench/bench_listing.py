"""What a page of a list of 20,000 applications costs, as a ratio to a list of 200: on a PostgreSQL of its own."""

import os
import subprocess
import sys
import tempfile

from tests import services


def main() -> None:
    """Make a database of its own and measure in a process that has the suite's settings."""
    programs = services.find_postgres()
    if programs is None:
        print("PostgreSQL is not installed.")
        return
    with services.running_postgres(programs) as server, tempfile.TemporaryDirectory() as folder:
        variables = {
            "SUITE_DATABASE_URL": server.make_database("bench"), "SUITE_STATE": folder,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        }  # fmt: skip
        code = "import django; django.setup(); from tests.bench import long_list; long_list.main()"
        subprocess.run([sys.executable, "-c", code], env=os.environ | variables, check=True)


if __name__ == "__main__":
    main()
