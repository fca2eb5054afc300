"""Starting other programs: to wait for one quietly, or to become one."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

ERROR = re.compile(r"error\b|E:|×", re.IGNORECASE)


class ProgramFailed(Exception):
    """A program ended badly; ``output`` is all it said."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output

    @property
    def reason(self) -> str:
        """The first line that calls itself an error, or else the last line."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        errors = [line for line in lines if ERROR.match(line)]
        return (errors[:1] or lines[-1:] or ["it said nothing"])[0]


def output_of(
    command: Sequence[str | Path],
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> str:
    """Run a program to its end and return what it said.

    Raises
    ------
    ProgramFailed
        When it is missing or ends with anything but success.
    """
    try:
        ended = subprocess.run(
            [str(word) for word in command],
            check=False,
            cwd=folder,
            env=None if environ is None else dict(environ),
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    except OSError as error:
        raise ProgramFailed(f"{command[0]}: {error.strerror}") from error
    if ended.returncode:
        raise ProgramFailed(ended.stdout)
    return ended.stdout


def starts(program: Path) -> bool:
    """Tell whether a program is there and able to run."""
    try:
        output_of([program, "--version"])
    except ProgramFailed:
        return False
    return True


def become(command: Sequence[str | Path], environ: Mapping[str, str]) -> NoReturn:
    """Let a program take this one's place, so that signals reach it and its exit code is ours."""
    words = [str(word) for word in command]
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        os.execve(words[0], words, dict(environ))
    sys.exit(subprocess.run(words, check=False, env=dict(environ)).returncode)
