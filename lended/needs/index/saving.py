"""What was learnt, in the data folder: saved whole or not at all, and shared by every process.

Files of an old saving are removed at once: a process that still reads them keeps them until it lets
go.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import structlog

from lended.needs.index.learning import Learnt, making
from matching import IndexDamaged, Matcher, Savings, write_durably

PREFIX = "learnt-"
PRESENT = "present"
ABOUT = "about.json"
MATCHER = "matcher"
LOCK = "lock"
log = structlog.get_logger(__name__)


@contextmanager
def alone(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the folder's lock, so that two processes never learn at once; tell whether we do.

    The system gives it back when a process ends, however it ends.

    Parameters
    ----------
    wait
        Wait for whoever holds it instead of going away.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def savings(folder: Path) -> Savings:
    """Return what is saved in a folder."""
    return Savings(folder, PREFIX, PRESENT)


def present_name(folder: Path) -> str:
    """Return the name of what is saved; empty when there is nothing, or nothing of ours."""
    try:
        return savings(folder).present()
    except (OSError, ValueError):
        return ""


def open_saved(folder: Path, semantic: str = "off") -> Learnt | None:
    """Open what is saved, mapped into memory; None when it is not there or not to be trusted.

    What is damaged, or was made by another LendED or to compare in meaning in another way, is
    logged in one line.
    """
    name = present_name(folder)
    while name:
        try:
            return _read(folder / name, semantic)
        except (OSError, ValueError, KeyError, TypeError, EOFError) as error:
            failed, name = name, present_name(folder)
            if name == failed:
                log.warning("saved_index_not_used", name=failed, reason=str(error))
                return None
    return None


def save(folder: Path, learnt: Learnt) -> Learnt:
    """Save what was learnt and return it opened, so that its memory is shared.

    Only for who holds the lock. When it cannot be saved, that is logged, and what was learnt is
    returned as it was.
    """
    try:
        saved = savings(folder).save(partial(_write, learnt))
        return _read(saved, learnt.matcher.semantic)
    except (OSError, ValueError) as error:
        log.warning("index_not_saved", reason=str(error))
        return learnt
    finally:
        savings(folder).remove_all_but(present_name(folder))


def _write(learnt: Learnt, aside: Path) -> None:
    learnt.matcher.save(aside / MATCHER)
    about = {
        "making": making(learnt.matcher.semantic),
        "versions": dict(learnt.versions),
        "digests": _digests(aside / MATCHER),
    }
    write_durably(aside / ABOUT, json.dumps(about))


def _read(saved: Path, semantic: str) -> Learnt:
    about: dict[str, Any] = json.loads((saved / ABOUT).read_text(encoding="ascii"))
    if about["making"] != making(semantic):
        raise IndexDamaged("made by another version or with other words")
    if about["digests"] != _digests(saved / MATCHER):
        raise IndexDamaged("its files are not as they were written")
    matcher, versions = Matcher.load(saved / MATCHER), dict(about["versions"])
    if set(matcher.keys_) != set(versions):
        raise IndexDamaged("its parts do not belong together")
    return Learnt(matcher, versions, name=saved.name)


def _digests(folder: Path) -> dict[str, str]:
    """Return a digest of each file: a damaged one would otherwise be noticed in some request."""
    digests = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            digests[str(path.relative_to(folder))] = hashlib.file_digest(file, "sha256").hexdigest()
    return digests
