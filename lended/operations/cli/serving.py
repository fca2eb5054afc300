"""``serve`` and ``clock``: LendED at work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from config import Settings
from lended import demo
from lended.operations import clockwork, server
from lended.operations.database import upgrade_database


@click.command()
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--fresh", is_flag=True, help="Throw the demo away and fill it anew.")
@with_appcontext
def serve(host: str | None, port: int | None, *, fresh: bool) -> None:
    """Prepare the database, fill the demo when it is empty, and serve."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    settings: Settings = app.extensions["lended.settings"]
    host, port = host or settings.host, settings.port if port is None else port
    server.demand_free_port(host, port)
    server.demand_writable(settings.data_folder)
    if fresh:
        demo.forget(settings)
    with step("Bringing the database up to date"):
        upgrade_database(app)
    if settings.demo:
        _fill_demo(app)
    with step("Reading the catalogue"):
        app.extensions["lended.index"].value()
    server.serve(app, settings, host, port)


@click.command()
@with_appcontext
def clock() -> None:
    """Do what is due by date: start and end loans, send reminders and mail; safe to repeat."""
    click.echo(clockwork.run(current_app._get_current_object()).words)  # type: ignore[attr-defined]  # noqa: SLF001


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    click.echo(f"{words} … ", nl=False)
    began = time.perf_counter()
    yield
    click.echo(f"done ({time.perf_counter() - began:.1f} s)")


def _fill_demo(app: Flask) -> None:
    if not demo.is_empty(app):
        return
    with step("Filling the demo"):
        demo.fill(app)
