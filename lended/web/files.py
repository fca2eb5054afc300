"""Our own static files, under an address that changes whenever one of them does.

So that browsers may keep each file for good, its address carries a digest of all of them; an
address written inside a style sheet is relative and needs no digest of its own.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "static"


@cache
def version() -> str:
    """Return a digest of the names and contents of all files."""
    digest = hashlib.sha256()
    for path in sorted(path for path in FOLDER.rglob("*") if path.is_file()):
        digest.update(path.relative_to(FOLDER).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]


def prefix() -> str:
    """Return the path below which the files are served."""
    return f"/static/{version()}"


def asset(name: str) -> str:
    """Return the address of a file."""
    return f"{prefix()}/{name}"
