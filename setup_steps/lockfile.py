"""Locking anew: ``uv.lock`` pins versions and digests and names no package index."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path

from setup_steps.environment import Environment, uv
from setup_steps.say import step

REGISTRY = re.compile(r'\bregistry = "[^"]*"')
ADDRESS = re.compile(r'\burl = "[^"?#]*/([^"/?#]+)[^"]*"')


def without_hosts(lock: str) -> str:
    """Take every host out of a lock file, so that any mirror can serve what it pins.

    >>> without_hosts('{ url = "https://files.example/a1/b2/flask-3.1.tar.gz", hash = "…" }')
    '{ url = "index:/flask-3.1.tar.gz", hash = "…" }'
    """
    return ADDRESS.sub(r'url = "index:/\1"', REGISTRY.sub('registry = "index:/simple"', lock))


def lock(place: Environment, arguments: list[str]) -> None:
    """Resolve the dependencies anew, keeping today's pins where they still fit.

    Parameters
    ----------
    arguments
        For ``uv lock``: ``--upgrade``, or ``--upgrade-package NAME``.

    Raises
    ------
    Trouble
        When nothing fits, or no package index answers.
    """
    with step("Locking"), tempfile.TemporaryDirectory(dir=place.root, prefix=".lock-") as name:
        draft = Path(name)
        for file in ("pyproject.toml", "uv.lock"):
            shutil.copy(place.root / file, draft)
        said = uv(place, ["lock", *arguments], draft)
        fresh = (draft / "uv.lock").read_text(encoding="utf-8")
        (draft / "uv.lock").write_text(without_hosts(fresh), encoding="utf-8")
        (draft / "uv.lock").replace(place.root / "uv.lock")
    print(said, end="", file=sys.stderr)
