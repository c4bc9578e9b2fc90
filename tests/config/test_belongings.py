"""The data that `make demo` and `make run` share: nothing that people entered goes unasked."""

import sqlite3
from contextlib import closing

import pytest
from django.core.management import CommandError

from config import belongings
from config.sample.people import PERSONAS
from core.people.models import User
from tests.services import free_port


@pytest.fixture
def state(settings, tmp_path):
    settings.STATE_DIR = tmp_path
    return tmp_path


@pytest.fixture
def somebody(db):
    """Have one person in the database, as `make run` and start_fund leave it."""
    return User.objects.create_user("noor@lakeside.example", name="Noor Halvorsen")


@pytest.fixture
def said():
    return []


def test_the_demo_refuses_to_replace_what_people_entered(manage, bare_environment, tmp_path):
    state = tmp_path / "state"
    (state / "files").mkdir(parents=True)
    (state / "files" / "thesis.pdf").touch()
    with closing(sqlite3.connect(state / "fund.sqlite3")) as database, database:
        database.execute(f"CREATE TABLE {User._meta.db_table} (name text)")  # as much as is asked for
        database.execute(f"INSERT INTO {User._meta.db_table} VALUES ('Noor')")

    done = manage("demo", environment=bare_environment | {"PORT": str(free_port())})

    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"CommandError: The data in {state} are not the sample: people entered them, and `make run` goes on with them. "
        "`make demo RESET=1` deletes them all (the database, the files, the mail) and loads the sample in their "
        "place; `DATA_DIR=/another/folder make demo` leaves them alone."
    )
    assert (state / "files" / "thesis.pdf").exists()
    with closing(sqlite3.connect(state / "fund.sqlite3")) as database:
        assert database.execute(f"SELECT name FROM {User._meta.db_table}").fetchall() == [("Noor",)]


@pytest.mark.parametrize("sample", [True, False], ids=["demo", "run"])
def test_a_sample_that_is_there_in_part_is_removed_and_that_is_said(state, said, sample):
    belongings.mark_loading()
    (state / "fund.sqlite3").touch()

    belongings.clear_the_way(sample=sample, say=said.append)

    assert said == ["The last start was stopped before its data were complete; starting over."]
    assert list(state.iterdir()) == []


def test_what_is_loaded_stays_and_so_does_what_is_entered_under_run(state, said, somebody):
    (state / "fund.sqlite3").touch()
    belongings.clear_the_way(sample=False, say=said.append)
    with pytest.raises(CommandError, match="people entered them"):
        belongings.clear_the_way(sample=True, say=said.append)
    belongings.mark_loading()
    belongings.mark_loaded()

    belongings.clear_the_way(sample=True, say=said.append)

    assert said == []
    assert (state / "fund.sqlite3").exists()


@pytest.mark.django_db
def test_the_sample_goes_into_a_database_in_which_nobody_is(state, said):
    belongings.clear_the_way(sample=True, say=said.append)

    assert not belongings.has_people()
    assert said == []


def test_starting_over_removes_what_was_made_here_and_nothing_else(state):
    for name in ("fund.sqlite3", "fund.sqlite3-wal", "demo-password", "demo-loaded", "thesis.odt"):
        (state / name).touch()
    for name in ("files", "incoming", "mail"):
        (state / name / "a").mkdir(parents=True)

    belongings.remove()

    assert [path.name for path in state.iterdir()] == ["thesis.odt"]


def test_a_removal_that_is_cut_off_is_gone_on_with(state, said, monkeypatch):
    def cut_off(path):
        raise KeyboardInterrupt

    belongings.mark_loading()
    belongings.mark_loaded()
    (state / "files").mkdir()
    with monkeypatch.context() as patch:
        patch.setattr("config.belongings.shutil.rmtree", cut_off)
        with pytest.raises(KeyboardInterrupt):
            belongings.remove()
    assert belongings.what_stays() == "The data were not complete; the next start begins again."

    belongings.clear_the_way(sample=True, say=said.append)

    assert list(state.iterdir()) == []


def test_the_password_is_made_once_and_for_its_owner_only(state):
    password = belongings.password()

    assert belongings.password() == password
    assert (state / "demo-password").stat().st_mode & 0o777 == 0o600
    assert [len(part) for part in password.split("-")] == [4, 4, 4]


@pytest.mark.parametrize("changed", range(len(PERSONAS)), ids=[each.role for each in PERSONAS])
def test_the_password_fits_every_persona_whoever_changed_theirs(state, somebody, changed):
    people = [User.objects.create_user(each.person.email, name=each.person.name) for each in PERSONAS]
    belongings.give_password()
    people[changed].set_password("another one of their own")
    people[changed].save()

    belongings.give_password()

    assert [User.objects.get(pk=each.pk).check_password(belongings.password()) for each in people] == [True] * 6
    somebody.refresh_from_db()
    assert not somebody.has_usable_password()


def test_a_start_on_which_nobody_changed_it_works_out_one_hash(state, db, monkeypatch):
    for each in PERSONAS:
        User.objects.create_user(each.person.email, name=each.person.name)
    belongings.give_password()
    asked = []
    check = belongings.check_password
    monkeypatch.setattr(belongings, "check_password", lambda *each: asked.append(each) or check(*each))
    monkeypatch.setattr(belongings, "make_password", lambda _: pytest.fail("a password was set again"))

    belongings.give_password()

    assert len(asked) == 1
