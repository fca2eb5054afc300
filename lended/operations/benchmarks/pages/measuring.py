"""What each page costs, beside the floor measured in the same run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from lended.operations.benchmarks.pages.clients import (
    Timing,
    signed_in_cookie,
    time_requests,
    weigh,
)
from lended.operations.benchmarks.pages.serving import served

MANY = 16
SUBJECT = "lended.operations.benchmarks.pages.subject"
SIGNED_IN = frozenset({"loan", "desk"})
"""Pages asked for by somebody signed in; the others are a visitor's."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one page costs on one shelf; ``weight`` in bytes on the wire, with fonts."""

    page: str
    products: int
    alone: Timing
    crowded: Timing
    weight: int


@dataclass(frozen=True, slots=True)
class Subject:
    """A server that is being measured: where it listens, what to ask it for, and as whom."""

    port: int
    person_id: int
    paths: dict[str, Sequence[str]]


def measure_pages(products: int, requests: int) -> Iterator[Figures]:
    """Serve a database of its own with so many products, and measure every page; the floor first.

    Parameters
    ----------
    requests
        How often each page is asked for by one client, and again by many at once.
    """
    with TemporaryDirectory(prefix="lended-bench-") as folder, _served(folder, products) as subject:
        port = subject.port
        signed_in = signed_in_cookie(port, subject.person_id)
        for page, paths in subject.paths.items():
            cookie = signed_in if page in SIGNED_IN else ""
            yield Figures(
                page=page,
                products=products,
                alone=time_requests(port, paths, cookie, requests, at_once=1),
                crowded=time_requests(port, paths, cookie, requests, at_once=MANY),
                weight=max(weigh(port, path, cookie) for path in paths[:3]),
            )


@contextmanager
def _served(folder: str, products: int) -> Iterator[Subject]:
    with served(SUBJECT, str(products), folder=Path(folder)) as said:
        yield Subject(**said)
