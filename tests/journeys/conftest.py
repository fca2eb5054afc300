"""A running LendED with the demo in it, and people who walk through it in Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, sync_playwright

from config import ROOT, Settings
from lended import create_app
from lended.demo import filling
from lended.operations.database import upgrade_database
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


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """Serve a freshly filled demo in this process; return its address."""
    settings = Settings(
        secret_key="a secret that only the journeys know, and long enough",
        data_folder=tmp_path,
        database_url=f"sqlite:///{tmp_path / 'lended.db'}",
        demo=True,
        clock_seconds=0,
    )
    app = create_app(settings)
    upgrade_database(app)
    filling.fill(app)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=5)


Meet = Callable[..., Walker]


@pytest.fixture
def meet(chromium: Browser, address: str) -> Iterator[Meet]:
    """Return a function that brings somebody to LendED, with a browser of their own."""
    contexts = []

    def somebody(name: str, *, javascript: bool = True) -> Walker:
        context = chromium.new_context(
            base_url=address, java_script_enabled=javascript, locale="en-GB"
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        return Walker(name, context.new_page(), SHOTS, javascript=javascript)

    yield somebody
    for context in contexts:
        context.close()
