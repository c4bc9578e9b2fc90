"""What the environment says, read once and checked before anything starts."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
REQUIRED = {
    "SECRET_KEY": "a long random text that signs sessions and links",
    "DATABASE_URL": "where PostgreSQL is, such as postgres://user:password@db:5432/fund",
    "REDIS_URL": "where Redis is, such as redis://redis:6379/0",
    "EMAIL_URL": "which server sends mail, such as smtp+tls://user:password@mail.example:587",
    "ALLOWED_HOSTS": "the host names that people type, separated by commas",
    "DEFAULT_FROM_EMAIL": "the address that letters and notices come from",
}

# Without these, publishing to a Redis that is down tries for six seconds inside the request.
REDIS_OPTIONS: dict[str, float | str] = {
    "socket_timeout": 1, "socket_connect_timeout": 1, "max_retries": 1, "interval_start": 0, "interval_step": 0,
    "interval_max": 0,
}  # fmt: skip


@dataclass(frozen=True)
class Signing:
    """The certificate that letters are signed with; if it is required, nothing leaves without."""

    certificate: Path
    passphrase: str = field(repr=False)
    is_required: bool


@dataclass(frozen=True)
class Environment:
    """The deployment, as its environment variables describe it; what is secret in it is shown by no error."""

    production: bool
    secret_key: str = field(repr=False)
    hosts: list[str]
    site_url: str
    database: dict[str, Any] = field(repr=False)
    redis_url: str = field(repr=False)
    clamav_socket: str
    mailer: dict[str, Any] = field(repr=False)
    from_email: str
    sign_in: dict[str, Any] = field(repr=False)
    signing: Signing
    state: Path
    static: Path

    @property
    def embedded(self) -> bool:
        """Whether this is the single-machine mode that needs no variable at all."""
        return not self.production


def read(root: Path) -> Environment:
    """Read the environment, or say in one sentence which secret is missing."""
    env = environ.Env()
    hosts = env.list("ALLOWED_HOSTS", default=[])
    production = "DATABASE_URL" in env.ENVIRON or bool(set(hosts) - LOCAL_HOSTS)
    if production:
        _require(env)
    state = Path(env.str("DATA_DIR", default=str(root / "var")))
    here = f"http://127.0.0.1:{env.str('PORT', default='') or 8000}"
    site_url = env.str("SITE_URL", default=f"https://{hosts[0]}" if production else here)
    return Environment(
        production=production,
        secret_key=env.str("SECRET_KEY", default="only-for-this-machine-and-its-sample-data"),
        hosts=sorted({*hosts, urlsplit(site_url).hostname or ""} - {""}) if production else sorted(LOCAL_HOSTS),
        site_url=site_url.rstrip("/"),
        database=env.db("DATABASE_URL") if "DATABASE_URL" in env.ENVIRON else _sqlite(state),
        redis_url=env.str("REDIS_URL", default=""),
        clamav_socket=env.str("CLAMAV_SOCKET", default=""),
        mailer=_mail_server(env) if env.str("EMAIL_URL", default="") else _mail_folder(state),
        from_email=env.str("DEFAULT_FROM_EMAIL", default="Safe Online Research Fund <fund@fund.example>"),
        sign_in=_orcid(env),
        signing=_signing(env, state),
        state=state,
        static=Path(env.str("STATIC_ROOT", default=str(state / "static"))),
    )


def _require(env: environ.Env) -> None:
    missing = [name for name in REQUIRED if not env.str(name, default="").strip()]
    if missing:
        wanted = "; ".join(f"{name} ({REQUIRED[name]})" for name in missing)
        raise ImproperlyConfigured(
            f"Production mode needs these environment variables, which are not set: {wanted}. "
            "Set them and start again, or unset DATABASE_URL and ALLOWED_HOSTS to run on this machine only."
        )


def _orcid(env: environ.Env) -> dict[str, Any]:
    """Return the credentials with which ORCID knows us, if there are any."""
    found = {name: env.str(name, default="").strip() for name in ("ORCID_CLIENT_ID", "ORCID_CLIENT_SECRET")}
    missing = [name for name, value in found.items() if not value]
    if len(missing) == len(found):
        return {}
    if missing:
        raise ImproperlyConfigured(
            f"ORCID_CLIENT_ID and ORCID_CLIENT_SECRET belong together, and {missing[0]} is not set. "
            "Set both and start again, or neither to go without sign-in through ORCID."
        )
    domain = "sandbox.orcid.org" if env.bool("ORCID_SANDBOX", default=False) else "orcid.org"
    app = {"client_id": found["ORCID_CLIENT_ID"], "secret": found["ORCID_CLIENT_SECRET"]}
    return {"orcid": {"APP": app, "BASE_DOMAIN": domain}}


def _signing(env: environ.Env, state: Path) -> Signing:
    """Return the certificate that is named, else where the demo keeps its own."""
    named = env.str("SIGNING_CERTIFICATE", default="").strip()
    return Signing(
        certificate=Path(named) if named else state / "signing.p12",
        passphrase=env.str("SIGNING_PASSPHRASE", default=""),
        is_required=bool(named),
    )


def _sqlite(state: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": state / "fund.sqlite3"}


def _mail_folder(state: Path) -> dict[str, Any]:
    return {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": str(state / "mail")},
    }


def _mail_server(env: environ.Env) -> dict[str, Any]:
    """Return the mailer of an address such as smtp://host:1025, smtp+tls://… or smtp+ssl://…."""
    parsed = env.email("EMAIL_URL")
    options = {
        "host": parsed["EMAIL_HOST"],
        "port": parsed["EMAIL_PORT"] or 25,
        "username": parsed["EMAIL_HOST_USER"] or "",
        "password": parsed["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": parsed.get("EMAIL_USE_TLS", False),
        "use_ssl": parsed.get("EMAIL_USE_SSL", False),
        "timeout": 20,
    }
    return {"BACKEND": parsed["EMAIL_BACKEND"], "OPTIONS": options}
