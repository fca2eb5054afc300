"""Telling the person at the keyboard what happens and what went wrong."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Trouble(Exception):
    """Something a person can put right; its words are one line and say how."""


@contextmanager
def step(words: str) -> Iterator[None]:
    """Say what is being done and, when it is done, how many seconds it took.

    It goes to the error stream, so that what a command prints can still be piped.
    """
    started = time.monotonic()
    print(f"{words} …", end=" ", file=sys.stderr, flush=True)
    try:
        yield
    except BaseException:
        print(file=sys.stderr, flush=True)
        raise
    print(f"{time.monotonic() - started:.1f} s", file=sys.stderr, flush=True)
