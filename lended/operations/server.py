"""The built-in server: waitress, our own static files, and an orderly end."""

from __future__ import annotations

import signal
import socket
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import waitress
from flask import Flask
from waitress import wasyncore

from config import Settings
from lended.catalogue.kept import Watch
from lended.operations import clockwork, files

CONNECTIONS = 1000
MOST_BYTES = 16 * 1024 * 1024
"""Of a request's body, above which waitress itself refuses; the application refuses sooner."""

SECONDS_TO_FINISH = 10.0
"""For what is being answered when told to stop; the clock has a few more."""


def listening_socket(host: str, port: int) -> socket.socket:
    """Take the port, at once and for good, so that nobody waits for a start that cannot succeed.

    Raises
    ------
    click.ClickException
        In one line, when it is taken or not ours to use.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        return _taken(socket.socket(family, kind, protocol), address)
    except OSError as error:
        raise click.ClickException(
            f"Cannot listen on {host}, port {port}: {error.strerror}. Choose another with --port."
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


def serve(
    app: Flask, settings: Settings, listening: socket.socket, say: Callable[[], None]
) -> None:
    """Serve until told to stop, finishing what is being answered.

    Parameters
    ----------
    say
        Called once when people can come.
    """
    folder = files.compressed_files(settings.data_folder)
    channels: dict[int, Any] = {}
    server = waitress.create_server(
        files.with_files(app, folder),
        map=channels,
        sockets=[listening],
        threads=settings.threads,
        connection_limit=CONNECTIONS,
        max_request_body_size=MOST_BYTES,
        ident=None,
        clear_untrusted_proxy_headers=not settings.proxies,
    )
    stop = _Stop(server)
    watch: Watch = app.extensions["lended.watch"]
    watch.start()
    pulse = clockwork.start(app, settings.clock_seconds)
    say()
    while not stop.wanted:
        wasyncore.loop(timeout=1.0, map=channels, count=1)
    _finish(server, channels)
    watch.stop()
    pulse.stop()


def _taken(listening: socket.socket, address: Any) -> socket.socket:
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening


class _Stop:
    """Whether somebody has asked for the end: SIGTERM, or Ctrl+C."""

    def __init__(self, server: Any) -> None:
        self.wanted = False
        self._server = server
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._ask)

    def _ask(self, *_signal: object) -> None:
        self.wanted = True
        self._server.pull_trigger()


def _finish(server: Any, channels: dict[int, Any]) -> None:
    """Let no one else in, and answer those who are."""
    wasyncore.dispatcher.close(server)
    until = time.monotonic() + SECONDS_TO_FINISH
    while _is_answering(server) and time.monotonic() < until:
        wasyncore.loop(timeout=0.1, map=channels, count=1)
    server.task_dispatcher.shutdown(timeout=1)


def _is_answering(server: Any) -> bool:
    channels = list(server.active_channels.values())
    return any(channel.requests or channel.total_outbufs_len for channel in channels)
