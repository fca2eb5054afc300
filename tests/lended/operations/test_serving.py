"""The built-in server: what it says, what it sends, and how it stops."""

from __future__ import annotations

import gzip
import re
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import brotli
import pytest

from lended.operations.files import compressed_files
from lended.web import files
from tests.lended.operations.running import Running, running_server

SLOW_SECONDS = 2.0
MOST_BYTES_OF_A_PAGE = 120_000
SLOW = f"""
@app.get("/slow")
@audience(EVERYONE)
def slow():
    time.sleep({SLOW_SECONDS})
    return "x" * 300_000
"""


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """Start a server whose address ``/slow`` takes its time."""
    with running_server(tmp_path, SLOW, CLOCK_SECONDS="1") as running:
        yield running


def test_a_request_under_way_is_answered_in_full_after_the_order_to_stop(running: Running) -> None:
    answers: list[tuple[int, int]] = []

    def ask() -> None:
        response, body = running.fetch("/slow")
        answers.append((response.status, len(body)))

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(SLOW_SECONDS / 4)
    began = time.monotonic()
    assert running.stop() == 0
    asking.join()
    assert answers == [(200, 300_000)]
    assert time.monotonic() - began < SLOW_SECONDS + 5


def test_an_idle_server_stops_at_once_and_lets_nobody_in(running: Running) -> None:
    waiting = socket.create_connection(("127.0.0.1", running.port))
    running.fetch("/healthz")
    began = time.monotonic()
    assert running.stop() == 0
    assert time.monotonic() - began < 5
    waiting.close()
    with pytest.raises(ConnectionRefusedError):
        running.fetch("/healthz")


def test_what_is_sent(running: Running) -> None:
    """One server, for starting one takes seconds."""
    weigh_a_page(running)
    demand_files_that_last(running)
    demand_encodings(running)
    demand_health(running)


def weigh_a_page(running: Running) -> None:
    """Add up a page and everything it fetches."""
    response, page = running.fetch("/", Accept_Encoding="br")
    assert response.status == 200
    text = brotli.decompress(page).decode()
    addresses = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', text))
    assert any(address.endswith(".woff2") for address in addresses)
    weight = len(page)
    for address in addresses:
        answer, body = running.fetch(address, Accept_Encoding="br")
        assert answer.status == 200, address
        weight += len(body)
    assert 40_000 < weight < MOST_BYTES_OF_A_PAGE


def demand_files_that_last(running: Running) -> None:
    """See that static files are kept for good, by ourselves only, at an address of their own."""
    response, body = running.fetch(f"{files.prefix()}/css/base.css", Accept_Encoding="gzip")
    assert response.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == (files.FOLDER / "css" / "base.css").read_bytes()
    assert "immutable" in response.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in response.headers
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Server"] is None or "waitress" not in response.headers["Server"]
    assert running.fetch("/static/000000000000/css/base.css")[0].status == 404
    assert running.fetch(f"{files.prefix()}/../../config.py")[0].status == 404


def demand_encodings(running: Running) -> None:
    """See that a page comes as the browser can read it."""
    plain = running.fetch("/products")[1]
    zipped, body = running.fetch("/products", Accept_Encoding="gzip")
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert len(body) < len(plain) / 2
    refused, body = running.fetch("/products", Accept_Encoding="br;q=0, gzip;q=0")
    assert refused.headers["Content-Encoding"] is None
    assert b"<html" in body


def demand_health(running: Running) -> None:
    """See that both health addresses answer without a session."""
    for address in ("/healthz", "/readyz"):
        response, body = running.fetch(address)
        assert (response.status, response.headers["Set-Cookie"]) == (200, None), body


def test_files_are_compressed_once_and_old_ones_go(tmp_path: Path) -> None:
    old = tmp_path / "static" / "an-old-version"
    old.mkdir(parents=True)
    folder = compressed_files(tmp_path)
    assert not old.exists()
    made_at = (folder / "css" / "base.css.br").stat().st_mtime_ns
    assert compressed_files(tmp_path) == folder
    assert (folder / "css" / "base.css.br").stat().st_mtime_ns == made_at
    assert not list(folder.rglob("*.woff2.*"))
