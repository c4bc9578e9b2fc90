"""What `make demo` and `make run` keep in their folder: which data are there, whose they are, and how they go."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.core.management import CommandError
from django.db import connection

from config.sample.people import PERSONAS
from core.people.models import User

OWN = ("fund.sqlite3*", "files", "incoming", "mail", "broker*", "beat*", "log", "signing.p12", "demo-*")
"""What is made in the folder, and removed to start over, in this order."""
LETTERS = "bcdfghjkmnpqrstvwxz"


def folder() -> Path:
    """Return the folder as people see it: from the root of the project if it is in there."""
    state = settings.STATE_DIR
    return state.relative_to(settings.BASE_DIR) if state.is_relative_to(settings.BASE_DIR) else state


def remove() -> None:
    """Remove the database, the files, the mail and everything else that was made here, and nothing else.

    The marks go last: if this is cut off, the next start goes on with it.
    """
    _mark("loading").touch()
    for pattern in OWN:
        for path in settings.STATE_DIR.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def clear_the_way(*, sample: bool, say: Callable[[str], object]) -> None:
    """Remove a sample that is there in part; refuse to load the sample beside what people entered.

    Nothing was served while the sample was loading, so what bears that mark is nobody's work.
    """
    if is_in_part():
        say("The last start was stopped before its data were complete; starting over.")
        remove()
    elif sample and not has_sample() and has_people():
        raise CommandError(
            f"The data in {folder()} are not the sample: people entered them, and `make run` goes on with them. "
            "`make demo RESET=1` deletes them all (the database, the files, the mail) and loads the sample in their "
            "place; `DATA_DIR=/another/folder make demo` leaves them alone."
        )


def is_in_part() -> bool:
    """Whether the sample was not loaded to its end, or data not removed to the end."""
    return _mark("loading").exists()


def what_stays() -> str:
    """Say what the next start will find."""
    if is_in_part():
        return "The data were not complete; the next start begins again."
    return "The data stay; the next start goes on from here."


def has_people() -> bool:
    """Whether there is anybody in the database, which may have no tables yet."""
    return User._meta.db_table in connection.introspection.table_names() and User.objects.exists()


def has_sample() -> bool:
    """Whether the sample is here, loaded to its end."""
    return _mark("loaded").exists()


def mark_loading() -> None:
    """Write down that the sample begins to be loaded, so that a part of it is known as one."""
    _mark("loading").touch()


def mark_loaded() -> None:
    """Write down that the sample is here."""
    _mark("loading").replace(_mark("loaded"))


def password() -> str:
    """Return the password of the sample's personas, made once and kept beside the data."""
    kept = _mark("password")
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text("-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)))
    return kept.read_text().strip()


def give_password() -> None:
    """Let every persona, and nobody else, sign in with the password.

    They share one hash, so a persona who has another one is found without working out six.
    """
    personas = User.objects.filter(email__in=[persona.person.email for persona in PERSONAS])
    hashes = set(personas.values_list("password", flat=True))
    if len(hashes) > 1 or not all(check_password(password(), each) for each in hashes):
        personas.update(password=make_password(password()))


def _mark(name: str) -> Path:
    return settings.STATE_DIR / f"demo-{name}"
