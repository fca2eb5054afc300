"""Starting other programs: to wait for one quietly, or to become one."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn


class ProgramFailed(Exception):
    """A program ended badly; ``output`` is all it said."""

    def __init__(self, output: str) -> None:
        super().__init__(output)
        self.output = output

    @property
    def last_words(self) -> str:
        """The last line said, which is usually the reason."""
        lines = [line.strip() for line in self.output.splitlines() if line.strip()]
        return lines[-1] if lines else "it said nothing"


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
