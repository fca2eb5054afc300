"""A running LendED with the demo in it, and people who walk through it in Chromium."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import waitress
from flask import Flask
from playwright.sync_api import Browser, sync_playwright

from config import ROOT, Settings
from lended import create_app
from lended.demo import filling
from lended.operations.database import upgrade_database
from tests.journeys.letters import Letters
from tests.journeys.walker import Walker

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SHOTS = ROOT / "instance" / "shots"
THREADS = 8
LONGER_THAN_ANY_JOURNEY = 10**9
"""In seconds: when the clock is moved by weeks, nobody is to be hung up on."""
PATIENCE_MILLISECONDS = 15_000

Meet = Callable[..., Walker]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Start Chromium, once for each worker."""
    executable = os.environ.get("LENDED_CHROMIUM") or shutil.which("chromium")
    if not executable:
        pytest.fail("There is no Chromium. Run the tests with: python3 manage.py test")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def filled_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fill a demo, once for each worker; each test has a copy of its database file."""
    folder = tmp_path_factory.mktemp("demo")
    app = create_app(_settings(folder))
    upgrade_database(app)
    filling.fill(app)
    with app.app_context():
        app.extensions["migrate"].db.engine.dispose()  # so that nothing is left in the log file
    return folder / "lended.db"


@pytest.fixture
def house(tmp_path: Path, filled_demo: Path) -> Iterator[Flask]:
    """Serve a filled demo in this process, on a port of its own."""
    shutil.copy(filled_demo, tmp_path / "lended.db")
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        app = create_app(_settings(tmp_path, base_url=f"http://127.0.0.1:{port}"))
        with _served(app, door):
            yield app


@contextmanager
def _served(app: Flask, door: socket.socket) -> Iterator[None]:
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # a burst of pictures is no news
    server = waitress.create_server(
        app, sockets=[door], threads=THREADS, channel_timeout=LONGER_THAN_ANY_JOURNEY
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield
    server.close()
    thread.join(timeout=5)


@pytest.fixture
def letters(house: Flask) -> Letters:
    """Return the mail of this LendED, which goes into a folder of files."""
    return Letters(house)


@pytest.fixture
def meet(chromium: Browser, house: Flask) -> Iterator[Meet]:
    """Return a function that brings somebody to LendED, with a browser of their own."""
    contexts = []

    def somebody(name: str, *, javascript: bool = True, width: int = 1280, **rest: Any) -> Walker:
        context = chromium.new_context(
            base_url=house.extensions["lended.settings"].base_url,
            java_script_enabled=javascript,
            locale="en-GB",
            **rest,
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        return Walker(name, context.new_page(), SHOTS, javascript=javascript, width=width)

    yield somebody
    for context in contexts:
        context.close()


def _settings(folder: Path, **more: Any) -> Settings:
    return Settings(
        secret_key="a secret that only the journeys know, and long enough",
        data_folder=folder,
        database_url=f"sqlite:///{folder / 'lended.db'}",
        demo=True,
        clock_seconds=0,
        **more,
    )
