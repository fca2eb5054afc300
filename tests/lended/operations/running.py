"""The built-in server in a process of its own, so that it can be stopped, killed and asked."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.conftest import SECRET

ROOT = Path(__file__).resolve().parents[3]
PATIENCE_SECONDS = 120
"""No test is about time: this only ends what would never end."""
SERVER = """
import time
from lended import create_app
from lended.operations import server
from lended.operations.database import upgrade_database
from lended.web.audience import EVERYONE, audience

app = create_app()
upgrade_database(app)
{more}
listening = server.listening_socket("127.0.0.1", 0)
settings = app.extensions["lended.settings"]
server.serve(app, settings, listening, lambda: print(listening.getsockname()[1], flush=True))
"""


class Running:
    """A server in a process of its own."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.port = port

    def fetch(self, path: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask for a page and return the answer with its body as it came."""
        return self.ask("GET", path, {k.replace("_", "-"): v for k, v in headers.items()})

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: str | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Ask over a connection of its own and return the answer with its body as it came.

        Raises
        ------
        OSError, http.client.HTTPException
            When the server is not there, or is gone before it has answered in full.
        """
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            return response, response.read()
        finally:
            connection.close()

    def stop(self) -> int:
        """Ask it to stop and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=PATIENCE_SECONDS)

    def kill(self) -> None:
        """End it as ``kill -9`` does, in the middle of whatever it is doing."""
        self.process.kill()
        self.process.wait()


@contextmanager
def running_server(folder: Path, more: str = "", **settings: str) -> Iterator[Running]:
    """Start a server and kill it at the end, if it is still there.

    Parameters
    ----------
    folder
        Its data folder, in which its log is written too.
    more
        Python that is run with ``app`` before it serves.
    settings
        Environment variables without ``LENDED_``.
    """
    environ = {f"LENDED_{name}": value for name, value in settings.items()}
    environ |= {"PYTHONPATH": str(ROOT), "LENDED_DATA_FOLDER": str(folder)}
    command = [sys.executable, "-c", SERVER.format(more=more)]
    with (
        (folder / "log").open("a") as log,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "LENDED_SECRET_KEY": SECRET, **environ},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.strip().isdigit(), (folder / "log").read_text()
        try:
            yield Running(process, int(line))
        finally:
            process.kill()
