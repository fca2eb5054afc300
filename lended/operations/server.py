"""The built-in server: waitress, our own static files, and an orderly end."""

from __future__ import annotations

import signal
import socket
import tempfile
from pathlib import Path
from types import FrameType

import click
import waitress
from flask import Flask
from whitenoise import WhiteNoise

from config import Settings
from lended import demo
from lended.operations import clockwork

CONNECTIONS = 1000
ONE_YEAR = 31_536_000


def demand_free_port(host: str, port: int) -> None:
    """Go on only when the port can be listened on.

    Raises
    ------
    click.ClickException
        In one line, when it is taken or not ours to use.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Cannot listen on {host}, port {port}: {error.strerror}. "
                "Choose another with --port."
            ) from error


def demand_writable(folder: Path) -> None:
    """Go on only when the data folder can be written to.

    Raises
    ------
    click.ClickException
        In one line, when it cannot.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise click.ClickException(
            f"The folder {folder} cannot be written to: {error.strerror}. "
            "Set LENDED_DATA_FOLDER to one that can."
        ) from error


def serve(app: Flask, settings: Settings, host: str, port: int) -> None:
    """Serve until told to stop, finishing what is being answered."""
    static = Path(str(app.static_folder))
    wsgi = WhiteNoise(
        app,
        root=str(static),
        prefix="static/",
        max_age=ONE_YEAR,
        allow_all_origins=False,
    )
    listening = waitress.create_server(
        wsgi,
        host=host,
        port=port,
        threads=settings.threads,
        connection_limit=CONNECTIONS,
        ident=None,
        clear_untrusted_proxy_headers=True,
    )
    _say_where(settings, host, listening.effective_port)
    signal.signal(signal.SIGTERM, _stop)
    pulse = clockwork.start(app, settings.clock_seconds)
    try:
        listening.run()
    finally:
        pulse.stop()
        listening.close()
    click.echo("LendED has stopped.")


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _say_where(settings: Settings, host: str, port: int) -> None:
    shown = "127.0.0.1" if host in {"0.0.0.0", ""} else host  # noqa: S104
    click.echo(f"\nLendED is at http://{shown}:{port}")
    if settings.demo:
        click.echo("This is the demo. Sign in with one click on the sign-in page, or with")
        for line in demo.account_lines():
            click.echo(f"  {line}")
    click.echo("Press Ctrl+C to stop.")
