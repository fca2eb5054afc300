"""What was learnt, in the data folder: saved whole or not at all, and shared by every process.

The folder holds one subfolder for each saving and a small file that names the present one. A
saving becomes present by replacing that file, so a crash leaves the last one whole. Files of an
old one are removed at once: a process that still reads them keeps them until it lets go.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import structlog

from lended.needs.index.learning import Learnt, making
from matching import IndexDamaged, Matcher

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


def present_name(folder: Path) -> str:
    """Return the name of what is saved; empty when there is nothing, or nothing of ours."""
    try:
        name = (folder / PRESENT).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name.startswith(PREFIX) and Path(name).name == name else ""


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
        aside = Path(tempfile.mkdtemp(prefix=PREFIX, dir=folder))
        _write(learnt, aside)
        _point(folder, aside.name)
        return _read(aside, learnt.matcher.semantic)
    except (OSError, ValueError) as error:
        log.warning("index_not_saved", reason=str(error))
        return learnt
    finally:
        _sweep(folder, present_name(folder))


def _write(learnt: Learnt, aside: Path) -> None:
    learnt.matcher.save(aside / MATCHER)
    about = {
        "making": making(learnt.matcher.semantic),
        "versions": dict(learnt.versions),
        "digests": _digests(aside / MATCHER),
    }
    _put(aside / ABOUT, json.dumps(about))


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


def _point(folder: Path, name: str) -> None:
    draft = folder / name / PRESENT
    _put(draft, name)
    draft.replace(folder / PRESENT)


def _put(path: Path, text: str) -> None:
    with path.open("w", encoding="ascii") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sweep(folder: Path, name: str) -> None:
    """Remove what earlier savings left, whole or half done."""
    for path in folder.glob(f"{PREFIX}*"):
        if path.name != name:
            shutil.rmtree(path, ignore_errors=True)
