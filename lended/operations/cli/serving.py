"""``serve`` and ``clock``: LendED at work."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from config import Settings
from lended.demo import filling as demo
from lended.operations import clockwork, server
from lended.operations.database import refresh_statistics, upgrade_database
from lended.web.database import db

EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - named, not listened on


@click.command()
@click.option("--host", help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on.")
@click.option("--fresh", is_flag=True, help="Throw the demo away and fill it anew.")
@with_appcontext
def serve(host: str | None, port: int | None, *, fresh: bool) -> None:
    """Prepare the database, fill the demo when it is empty, and serve."""
    app = this_app()
    settings = _settings(app, host, port)
    server.demand_writable(settings.data_folder)
    with closing(server.listening_socket(settings.host, settings.port)) as listening:
        _prepare(app, settings, fresh=fresh)
        server.serve(app, settings, listening, lambda: _say_where(settings, listening))
    click.echo("LendED has stopped.")


@click.command()
@with_appcontext
def clock() -> None:
    """Do what is due by date: start and end loans, send reminders and mail; safe to repeat."""
    run = clockwork.run(this_app())
    click.echo(run.words)
    if run.failed:
        raise click.ClickException(f"Not done: {', '.join(run.failed)}.")


def this_app() -> Flask:
    """Return the application itself, which others may keep."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    return app


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done, and how long it took."""
    click.echo(f"{words} … ", nl=False)
    began = time.perf_counter()
    yield
    click.echo(f"done ({time.perf_counter() - began:.1f} s)")


def _prepare(app: Flask, settings: Settings, *, fresh: bool) -> None:
    if fresh:
        _forget(settings)
    with step("Bringing the database up to date"):
        upgrade_database(app)
    if settings.demo and demo.is_empty(app):
        with step("Filling the demo"):
            demo.fill(app)
    refresh_statistics(db.engine)
    with step("Reading the catalogue"):
        app.extensions["lended.index"].value()


def _settings(app: Flask, host: str | None, port: int | None) -> Settings:
    settings: Settings = app.extensions["lended.settings"]
    wanted = settings.served_at(host or settings.host, settings.port if port is None else port)
    app.extensions["lended.settings"] = wanted
    return wanted


def _forget(settings: Settings) -> None:
    if not settings.demo:
        raise click.UsageError("--fresh is for the demo only; this installation is a real one.")
    demo.forget(settings)


def _say_where(settings: Settings, listening: socket.socket) -> None:
    port = listening.getsockname()[1]
    shown = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    click.echo(f"\nLendED is at http://{shown}:{port}")
    if settings.demo:
        click.echo("This is the demo. Sign in with one click on the sign-in page, or with")
        for line in demo.account_lines():
            click.echo(f"  {line}")
    click.echo("Press Ctrl+C to stop.")
