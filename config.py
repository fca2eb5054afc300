"""Settings: one frozen object, read once from the environment and from nowhere else.

Every setting is an environment variable named ``LENDED_…`` and is described in
``docs/operating.md``; a test compares the two lists.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"", "0", "false", "no", "off"})
SEMANTIC = ("off", "table", "mixed", "model")
"""Ways to compare in meaning, as `matching.Matcher` names them."""
MATCH_ENGINES = ("memory", "postgres")


class SettingsError(Exception):
    """A setting is missing or cannot be understood; its words are for the operator."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation may choose.

    Parameters
    ----------
    secret_key
        Signs sessions and tokens; at least 32 characters.
    data_folder
        Where the SQLite database, mail files and saved indexes live.
    database_url
        ``sqlite:///…`` or ``postgresql+psycopg://…``.
    base_url
        The address people use, without a final slash; links in mail start with it.
    smtp_url
        ``smtp://user:password@host:port``, ``smtps://…``, or empty to write mail into files.
    match_engine
        ``memory``, or ``postgres`` to keep the index of suggestions in the database.
    demo
        Fill an empty database with invented content and allow one-click sign-in.
    proxies
        How many trusted proxies stand in front (0 when people reach the server directly).
    clock_seconds
        Pause between two runs of the clock inside the built-in server; 0 turns it off.
    semantic
        By what needs and products are compared in meaning, one of `SEMANTIC`.
    """

    secret_key: str = field(repr=False)
    data_folder: Path
    database_url: str = field(repr=False)
    base_url: str = "http://127.0.0.1:8000"
    host: str = "127.0.0.1"
    port: int = 8000
    smtp_url: str = field(default="", repr=False)
    mail_from: str = "LendED <no-reply@lended.example>"
    security_contact: str = "security@lended.example"
    trusted_hosts: tuple[str, ...] = ()
    rate_limit_store: str = field(default="memory://", repr=False)
    match_engine: str = MATCH_ENGINES[0]
    demo: bool = False
    proxies: int = 0
    threads: int = 8
    clock_seconds: int = 60
    semantic: str = "table"
    testing: bool = False

    @property
    def secure(self) -> bool:
        """Tell whether people reach LendED over HTTPS."""
        return self.base_url.startswith("https://")

    def served_at(self, host: str, port: int) -> Settings:
        """Return the settings for another address to listen on; ``base_url`` follows if it can."""
        follows = self.base_url == f"http://{self.host}:{self.port}"
        base_url = f"http://{host}:{port}" if follows else self.base_url
        return replace(self, host=host, port=port, base_url=base_url)

    @property
    def mail_folder(self) -> Path:
        """Where mail is written when no mail server is configured."""
        return self.data_folder / "mail"

    @property
    def upload_folder(self) -> Path:
        """Where pictures that people sent are kept."""
        return self.data_folder / "uploads"

    @property
    def index_folder(self) -> Path:
        """Where every process of this machine finds what the matcher has learnt."""
        return self.data_folder / "index"


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings from the environment.

    Raises
    ------
    SettingsError
        When a required setting is missing or a value makes no sense.
    """
    reader = _Reader(os.environ if environ is None else environ)
    demo = reader.flag("DEMO", default=False)
    data_folder = Path(reader.text("DATA_FOLDER", str(ROOT / "instance"))).absolute()
    host = reader.text("HOST", "127.0.0.1")
    port = reader.number("PORT", 8000, least=0, most=65535)
    database_url = _database_url(reader, data_folder)
    return Settings(
        secret_key=_secret_key(reader, data_folder, demo=demo),
        data_folder=data_folder,
        database_url=database_url,
        base_url=reader.text("BASE_URL", f"http://{host}:{port}").rstrip("/"),
        host=host,
        port=port,
        smtp_url=reader.text("SMTP_URL", ""),
        mail_from=reader.text("MAIL_FROM", "LendED <no-reply@lended.example>"),
        security_contact=reader.text("SECURITY_CONTACT", "security@lended.example"),
        trusted_hosts=reader.words("TRUSTED_HOSTS"),
        rate_limit_store=reader.text("RATE_LIMIT_STORE", "memory://"),
        match_engine=_match_engine(reader, database_url),
        demo=demo,
        proxies=reader.number("PROXIES", 0, least=0, most=10),
        threads=reader.number("THREADS", 8, least=1, most=256),
        clock_seconds=reader.number("CLOCK_SECONDS", 60, least=0, most=86_400),
        semantic=reader.one_of("SEMANTIC", SEMANTIC, "table"),
    )


class _Reader:
    """Reads ``LENDED_…`` variables and explains what is wrong with one."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ

    def text(self, name: str, default: str) -> str:
        return self.environ.get(f"LENDED_{name}", "").strip() or default

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(word for word in self.text(name, "").replace(",", " ").split() if word)

    def flag(self, name: str, *, default: bool) -> bool:
        value = self.environ.get(f"LENDED_{name}")
        if value is None:
            return default
        word = value.strip().casefold()
        if word in TRUE_WORDS:
            return True
        if word in FALSE_WORDS:
            return False
        raise SettingsError(f"LENDED_{name} must be 1 or 0, not {value!r}.")

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """Read one of several words."""
        value = self.text(name, default).casefold()
        if value not in choices:
            *others, last = choices
            raise SettingsError(
                f"LENDED_{name} must be {', '.join(others)} or {last}, not {value!r}."
            )
        return value

    def number(self, name: str, default: int, *, least: int, most: int) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
            raise SettingsError(
                f"LENDED_{name} must be a whole number from {least} to {most}, not {value!r}."
            )
        return int(value)


def _secret_key(reader: _Reader, data_folder: Path, *, demo: bool) -> str:
    key = reader.text("SECRET_KEY", "")
    if not key and demo:
        key = _kept_secret(data_folder / "secret_key")
    if not key:
        raise SettingsError(
            "LENDED_SECRET_KEY is not set. Give it a long random text, at least 32 characters."
        )
    if len(key) < 32:
        raise SettingsError("LENDED_SECRET_KEY is too short: at least 32 characters.")
    return key


def _kept_secret(path: Path) -> str:
    """Return the demo's secret, made on first use and readable by its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    except OSError as error:
        raise SettingsError(
            f"The folder {path.parent} cannot be written to ({error.strerror}). "
            "Set LENDED_DATA_FOLDER to one that can."
        ) from error
    return path.read_text().strip()


def _match_engine(reader: _Reader, database_url: str) -> str:
    engine = reader.text("MATCH_ENGINE", MATCH_ENGINES[0])
    if engine not in MATCH_ENGINES:
        raise SettingsError(
            f"LENDED_MATCH_ENGINE must be {' or '.join(MATCH_ENGINES)}, not {engine!r}."
        )
    if engine == "postgres" and not database_url.startswith("postgresql"):
        raise SettingsError(
            "LENDED_MATCH_ENGINE=postgres needs LENDED_DATABASE_URL to begin with postgresql://."
        )
    return engine


def _database_url(reader: _Reader, data_folder: Path) -> str:
    url = reader.text("DATABASE_URL", "")
    if not url:
        return f"sqlite:///{data_folder / 'lended.db'}"
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    if url.startswith(("sqlite:///", "postgresql+psycopg://")):
        return url
    raise SettingsError("LENDED_DATABASE_URL must begin with sqlite:/// or postgresql://.")
