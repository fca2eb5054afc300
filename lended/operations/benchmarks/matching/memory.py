"""How much memory four processes need that answer from one index, as servers do.

Memory that processes share is counted once: the proportional set size, which Linux gives.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from lended.operations.benchmarks.matching.engines import engine_called

PROCESSES = 4
LIMIT = 10


@dataclass(frozen=True, slots=True)
class Memory:
    """Bytes of all processes together: what the index added, and what they need in all."""

    index: int
    in_all: int


def measure_memory(
    name: str, index: Path, small: Path, queries: Sequence[str], processes: int = PROCESSES
) -> Memory | None:
    """Let processes answer queries from an index and see what memory that takes.

    Parameters
    ----------
    name
        Of the engine.
    small
        An index of few documents, opened and asked first: libraries and compiled code are in
        memory then, and do not count as part of the index.

    Returns
    -------
    None where the system does not tell.
    """
    if not Path("/proc/self/smaps_rollup").exists():
        return None
    with _servers(name, processes) as servers:
        before = _held(servers, small, queries)
        after = _held(servers, index, queries)
    return Memory(after - before, after)


@dataclass(frozen=True, slots=True)
class _Server:
    process_id: int
    line: Connection


def _held(servers: Sequence[_Server], index: Path, queries: Sequence[str]) -> int:
    """Let every server open an index and answer, and add up what all of them hold then."""
    for server in servers:
        server.line.send((index, queries))
    for server in servers:
        server.line.recv()
    return sum(_proportional(server.process_id) for server in servers)


def _proportional(process_id: int) -> int:
    lines = Path(f"/proc/{process_id}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) * 1024


@contextmanager
def _servers(name: str, processes: int) -> Iterator[list[_Server]]:
    """Start processes, each from nothing, and end them."""
    fresh = multiprocessing.get_context("spawn")
    started = []
    try:
        for _ in range(processes):
            ours, theirs = fresh.Pipe()
            process = fresh.Process(target=_serve, args=(name, theirs), daemon=True)
            process.start()
            started.append((process, ours))
        yield [_Server(process.pid or 0, line) for process, line in started]
    finally:
        for process, line in started:
            line.close()
            process.join()


def _serve(name: str, line: Connection) -> None:
    """Open each index that is named and answer from it, until the other end hangs up."""
    engine = engine_called(name)
    while True:
        try:
            index, queries = line.recv()
        except EOFError:
            return
        engine.open(index)
        for query in queries:
            engine.find(query, LIMIT)
        line.send(len(queries))
