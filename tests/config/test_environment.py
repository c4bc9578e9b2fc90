"""What the environment decides: the mode, what must be given, and what stays closed."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment


@pytest.fixture
def variables(monkeypatch, production):
    """Set exactly these variables, and return a function that reads the environment."""

    def read(**given):
        for name in production | given:
            monkeypatch.delenv(name, raising=False)
        for name, value in given.items():
            monkeypatch.setenv(name, value)
        return environment.read(Path("/srv/fund"))

    return read


@pytest.fixture
def complete(production):
    return {name: production[name] for name in environment.REQUIRED}


def test_without_variables_everything_is_on_this_machine(variables):
    here = variables()

    assert here.embedded
    assert here.hosts == ["127.0.0.1", "[::1]", "localhost"]
    assert here.site_url == "http://127.0.0.1:8000"
    assert here.database == {"ENGINE": "django.db.backends.sqlite3", "NAME": Path("/srv/fund/var/fund.sqlite3")}
    assert here.redis_url == ""
    assert here.mailer == {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": "/srv/fund/var/mail"},
    }


def test_the_port_stands_in_the_address_of_links(variables):
    assert variables(PORT="8001").site_url == "http://127.0.0.1:8001"


@pytest.mark.parametrize("hosts", ["localhost", "127.0.0.1", "localhost,127.0.0.1"])
def test_a_local_host_name_leaves_the_mode_as_it_is(variables, hosts):
    assert variables(ALLOWED_HOSTS=hosts).embedded


@pytest.mark.parametrize("one", [{"DATABASE_URL": "postgres://db/fund"}, {"ALLOWED_HOSTS": "localhost,fund.example"}])
def test_a_database_or_a_public_name_asks_for_every_secret(variables, one):
    with pytest.raises(ImproperlyConfigured) as refusal:
        variables(**one)

    for name in set(environment.REQUIRED) - set(one):
        assert f"{name} ({environment.REQUIRED[name]})" in str(refusal.value)
    assert next(iter(one)) + " (" not in str(refusal.value)


@pytest.mark.parametrize("missing", environment.REQUIRED)
def test_each_missing_secret_is_named_alone(variables, complete, missing):
    rest = complete | {missing: " "}
    if missing == "DATABASE_URL":
        del rest[missing]

    with pytest.raises(ImproperlyConfigured) as refusal:
        variables(**rest)

    assert f"not set: {missing} ({environment.REQUIRED[missing]}). Set them" in str(refusal.value)


def test_production_reads_the_complete_environment(variables, complete):
    there = variables(**complete, SITE_URL="https://apply.fund.example/")

    assert there.production
    assert there.hosts == ["apply.fund.example", "fund.example", "www.fund.example"]
    assert there.site_url == "https://apply.fund.example"
    assert there.database["ENGINE"] == "django.db.backends.postgresql"
    assert there.mailer == {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": "mail.example", "port": 587, "username": "fund", "password": "secret",
            "use_tls": True, "use_ssl": False, "timeout": 20,
        },
    }  # fmt: skip


def test_a_mail_catcher_needs_neither_name_nor_encryption(variables, complete):
    options = variables(**complete | {"EMAIL_URL": "smtp://mail:1025"}).mailer["OPTIONS"]

    assert options == {
        "host": "mail", "port": 1025, "username": "", "password": "", "use_tls": False, "use_ssl": False, "timeout": 20,
    }  # fmt: skip


def test_no_command_starts_without_a_secret(manage, production):
    del production["SECRET_KEY"]

    done = manage("check", environment=production)

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: Production mode needs these environment variables, which are not "
        "set: SECRET_KEY (a long random text that signs sessions and links). Set them and start again, or unset "
        "DATABASE_URL and ALLOWED_HOSTS to run on this machine only."
    )


def test_check_deploy_is_clean_in_production(manage, production):
    done = manage("check", "--deploy", "--fail-level", "INFO", environment=production)

    assert (done.returncode, done.stdout.strip()) == (0, "System check identified no issues (0 silenced)."), done.stderr


def test_sign_in_through_orcid_is_there_with_both_its_credentials_only(variables):
    both = {"ORCID_CLIENT_ID": "APP-1", "ORCID_CLIENT_SECRET": "secret"}
    app = {"client_id": "APP-1", "secret": "secret"}

    assert variables().sign_in == {}
    assert variables(ORCID_CLIENT_ID="", ORCID_CLIENT_SECRET="").sign_in == {}
    assert variables(**both, ORCID_SANDBOX="").sign_in == {"orcid": {"APP": app, "BASE_DOMAIN": "orcid.org"}}
    assert variables(**both, ORCID_SANDBOX="1").sign_in["orcid"]["BASE_DOMAIN"] == "sandbox.orcid.org"


@pytest.mark.parametrize(
    ("given", "missing"),
    [("ORCID_CLIENT_ID", "ORCID_CLIENT_SECRET"), ("ORCID_CLIENT_SECRET", "ORCID_CLIENT_ID")],
)
def test_one_credential_of_orcid_alone_stops_the_start(variables, given, missing):
    with pytest.raises(ImproperlyConfigured) as refusal:
        variables(**{given: "something"})

    assert str(refusal.value).startswith(
        f"ORCID_CLIENT_ID and ORCID_CLIENT_SECRET belong together, and {missing} is not set. Set both and start again"
    )


def test_what_is_secret_is_shown_by_no_error(variables, complete):
    orcid = {"ORCID_CLIENT_ID": "APP-1", "ORCID_CLIENT_SECRET": "sesame-1"}
    addresses = {
        "DATABASE_URL": "postgres://fund:sesame-2@db/fund", "EMAIL_URL": "smtp+tls://fund:sesame-3@mail.example:587",
        "REDIS_URL": "redis://:sesame-4@redis:6379/0", "SECRET_KEY": "sesame-5", "SIGNING_PASSPHRASE": "sesame-6",
    }  # fmt: skip
    found = variables(**(complete | orcid | addresses))

    assert found.signing.passphrase == "sesame-6"
    assert "sesame" not in repr(found)
