"""Programs of a benchmark, each in a process of its own, with settings of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from config import ROOT


@contextmanager
def served(program: str, *arguments: str, folder: Path, **settings: str) -> Iterator[Any]:
    """Run a program until the end of the block; yield what it says in its first line, as JSON.

    Parameters
    ----------
    program
        A module that is run.
    folder
        Where its data lies, and what it complains of.
    settings
        Of LendED, by their names without ``LENDED_``.

    Raises
    ------
    RuntimeError
        When it ends without having said anything.
    """
    environ = {
        "LENDED_SECRET_KEY": "only for a measurement that ends soon",
        "LENDED_DATA_FOLDER": str(folder),
        "LENDED_DEMO": "1",
        "LENDED_CLOCK_SECONDS": "0",
        "PYTHONPATH": str(ROOT),
    } | {f"LENDED_{name.upper()}": value for name, value in settings.items()}
    log = folder / "program.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", program, *arguments],
            cwd=ROOT,
            env=environ,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            raise RuntimeError(f"{program} said nothing: {log.read_text()}")
        try:
            yield json.loads(line)
        finally:
            process.terminate()
