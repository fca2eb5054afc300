"""``serve`` and ``clock``: LendED at work."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime

import click
from flask import Flask, current_app
from flask.cli import with_appcontext

from config import Settings
from lended.clock import LONDON, at, now
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
@click.option("--once", is_flag=True, help="Run once and end; that is so without it too.")
@click.option("--every", type=click.IntRange(1), metavar="SECONDS", help="Go on, at such a pace.")
@click.option(
    "--at",
    "moment",
    type=click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]),
    help="Do what is due at this moment, in London, instead of now.",
)
@with_appcontext
def clock(every: int | None, moment: datetime | None, *, once: bool) -> None:
    """Do what is due by date: start and end loans, send reminders and mail; safe to repeat."""
    if every and (once or moment):
        raise click.UsageError("Going on cannot be once, or at one moment.")
    if every:
        _keep_going(every)
        return
    told = moment.replace(tzinfo=LONDON) if moment else now()
    with at(told):
        run = clockwork.run(this_app())
    click.echo(run.words)
    if run.failed:
        raise click.ClickException(f"Not done: {', '.join(run.failed)}.")


def _keep_going(seconds: int) -> None:
    """Run again and again until told to stop, finishing what is being done."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    while not stopped.is_set():
        click.echo(clockwork.run(this_app()).words)
        stopped.wait(seconds)


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
