"""How fast our matcher and the fastest peers learn, open, answer and add, and what memory it takes.

All engines learn the same documents, each in a process of its own, and keep them in a folder. Then
one process opens all of them and asks them in rounds: a stretch of queries of one engine, the same
of the next, so that whatever else the machine does meets all alike. Who comes first changes from
round to round. Asked one query at a time, each engine would find the processor's caches full of the
others' code, which it never does where it serves.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import ParamSpec, TypeVar

import numpy as np
from tqdm import tqdm

from lended.operations.benchmarks.matching.engines import ENGINES, Engine, engine_called
from lended.operations.benchmarks.matching.installed import Place, find_installed
from lended.operations.benchmarks.matching.invented import (
    Inventor,
    key_of,
    read_documents,
    write_documents,
)
from lended.operations.benchmarks.matching.memory import LIMIT, PROCESSES, Memory, measure_memory
from lended.operations.benchmarks.matching.tables import Table

Given = ParamSpec("Given")
Result = TypeVar("Result")

QUERIES = 400
ROUND = 40
"""Queries that one engine answers before it is the next one's turn."""

SETTLING = ROUND
"""Queries that are asked first and not counted: code gets compiled, pages get read."""

OPENINGS = 5
ADDITIONS = 5
SMALL = 1_000
MEGABYTE = 1_000_000
NONE = "–"
HEAD = (
    "",
    "fit s",
    "fit peak MB",
    "load ms",
    "median ms",
    "p99 ms",
    "CPU ms",
    "add one ms",
    "disk MB",
    f"index × {PROCESSES} MB",
    f"in all × {PROCESSES} MB",
)
NOTES = (
    "Fit: reading, learning and keeping the documents, in a process of its own.",
    "Load: from a folder whose files are in the system's cache.",
    f"Median, p99: milliseconds from a text to the keys of {LIMIT} documents.",
    f"All engines in one process and thread, in turn, each {ROUND} queries at a stretch.",
    "CPU: the median processor time of a query.",
    f"Add one: until it can be found; {NONE} where everything has to be fitted again.",
    f"Index × {PROCESSES}: what it adds to {PROCESSES} processes that answered every query.",
    "In all: with Python, LendED and compiled code. What processes share is counted once.",
)


@dataclass(frozen=True, slots=True)
class Fitting:
    """What it took to learn documents: seconds, and the process's most bytes at any time."""

    seconds: float
    peak: int | None


@dataclass(frozen=True, slots=True)
class Answering:
    """What it took to load, to answer (each query) and to add one: all in milliseconds."""

    load: float
    walls: tuple[float, ...]
    cpus: tuple[float, ...]
    add: float | None


def measure_speed(
    sizes: Sequence[int], queries: int = QUERIES, engines: Mapping[str, Place] = ENGINES
) -> Iterator[Table]:
    """Make up collections of so many documents, and measure every engine on each.

    Parameters
    ----------
    queries
        How many are asked of each engine.
    engines
        Those of `ENGINES` that are measured.
    """
    names, missing = find_installed(engines)
    called = tuple(f"{name}: {engine_called(name).called}." for name in names)
    with TemporaryDirectory(prefix="lended-bench-") as base:
        small = Path(base, "small")
        _fit_all(names, Inventor(SMALL), small)
        for size in sizes:
            rows = tuple(_rows(names, Inventor(size), Path(base, str(size)), small, queries))
            yield Table(f"{size:,} documents", HEAD, rows, (*NOTES, *called, *missing))


def _rows(
    names: Sequence[str], inventor: Inventor, folder: Path, small: Path, queries: int
) -> Iterator[tuple[str, ...]]:
    asked = inventor.queries(SETTLING + queries)
    fittings = _fit_all(names, inventor, folder)
    answering = apart(answer_all, names, folder, inventor, asked)
    for name in tqdm(names, desc="measuring memory", leave=False):
        memory = measure_memory(name, folder / name, small / name, asked)
        yield row(name, fittings[name], answering[name], _weigh(folder / name), memory)


def apart(work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Do something in a process of its own, started from nothing, and give back what came of it."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as process:
        return process.submit(work, *given, **named).result()


def _fit_all(names: Sequence[str], inventor: Inventor, folder: Path) -> dict[str, Fitting]:
    """Let every engine learn the same documents, and keep what it learnt under its name."""
    folder.mkdir()
    documents = folder / "documents.tsv"
    write_documents(inventor, documents)
    fittings = {}
    for name in (bar := tqdm(names, leave=False)):
        bar.set_description(f"fitting {name} to {inventor.size:,}")
        fittings[name] = apart(fit, name, documents, folder / name)
    documents.unlink()
    return fittings


def fit(name: str, documents: Path, folder: Path) -> Fitting:
    """Let an engine learn documents that were written down, in this process."""
    engine = engine_called(name)
    began = time.perf_counter()
    engine.build(read_documents(documents), folder)
    return Fitting(time.perf_counter() - began, _peak())


def _peak() -> int | None:
    """Give the most bytes that this process ever held, or None where the system does not tell.

    Not by ``getrusage``: there a process begins with what the one that started it held.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return None
    lines = status.read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) * 1024


def answer_all(
    names: Sequence[str], folder: Path, inventor: Inventor, queries: Sequence[str]
) -> dict[str, Answering]:
    """Open every engine and ask each query of each, in rounds; the first few are not counted."""
    engines = {name: engine_called(name) for name in names}
    loads = {name: _loading(engine, folder / name) for name, engine in engines.items()}
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    for name, asked in tqdm(list(turns(names, queries)), desc="asking", leave=False):
        find = engines[name].find
        times[name] += [_timed(partial(find, query, LIMIT)) for query in asked]
    return {
        name: Answering(
            loads[name],
            tuple(wall for wall, _ in times[name][SETTLING:]),
            tuple(cpu for _, cpu in times[name][SETTLING:]),
            _adding(engine, inventor),
        )
        for name, engine in engines.items()
    }


def turns(names: Sequence[str], queries: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """Give whose turn it is, and for which queries; with each round another engine comes first."""
    for turn, begin in enumerate(range(0, len(queries), ROUND)):
        first = turn % len(names)
        for name in (*names[first:], *names[:first]):
            yield name, queries[begin : begin + ROUND]


def _timed(act: Callable[[], object]) -> tuple[float, float]:
    """Give the milliseconds something takes: on the clock, and of processor time."""
    cpu, wall = time.process_time(), time.perf_counter()
    act()
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def _loading(engine: Engine, folder: Path) -> float:
    """Give the median time to open an index whose files are in the system's cache."""
    engine.open(folder)
    return median(_timed(partial(engine.open, folder))[0] for _ in range(OPENINGS))


def _adding(engine: Engine, inventor: Inventor) -> float | None:
    """Give the median time to add a document, or None when the engine cannot."""
    if not engine.can_add:
        return None
    fresh = islice(Inventor(SMALL).documents(), ADDITIONS)
    added = [replace(each, key=key_of(inventor.size + at)) for at, each in enumerate(fresh)]
    return median(_timed(partial(engine.add, each))[0] for each in added)


def _weigh(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def row(
    name: str, fitting: Fitting, answering: Answering, disk: int, memory: Memory | None
) -> tuple[str, ...]:
    """Show what was measured of one engine; ``disk`` in bytes."""
    taken = (memory.index, memory.in_all) if memory else (None, None)
    return (
        name,
        f"{fitting.seconds:.1f}",
        _megabytes(fitting.peak),
        f"{answering.load:.1f}",
        f"{median(answering.walls):.3f}",
        f"{np.percentile(answering.walls, 99):.3f}",
        f"{median(answering.cpus):.3f}",
        NONE if answering.add is None else f"{answering.add:.2f}",
        *map(_megabytes, (disk, *taken)),
    )


def _megabytes(count: int | None) -> str:
    return NONE if count is None else f"{count / MEGABYTE:.1f}"
