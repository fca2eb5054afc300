"""Starting other programs, and becoming one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from setup_steps.programs import ProgramFailed, output_of, starts

ROOT = Path(__file__).resolve().parents[2]
BECOME = """
import os, sys
from setup_steps.programs import become
become([sys.executable, "-c", "import os; print(os.getpid()); raise SystemExit(7)"], os.environ)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows cannot replace a process")
def test_the_program_takes_our_place_so_that_signals_and_exit_codes_are_its_own() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", BECOME], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        said, _ = process.communicate()
    assert int(said) == process.pid
    assert process.returncode == 7


def test_what_a_program_says_comes_back() -> None:
    assert output_of([sys.executable, "-c", "print('fine')"]) == "fine\n"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("Reading\nE: Unable to locate package\nbye\n", "E: Unable to locate package"),
        ("error: no space\n  hint: make some\n", "error: no space"),
        ("one\ntwo\n\n", "two"),
        ("", "it said nothing"),
    ],
)
def test_a_failure_gives_the_line_that_says_why(said: str, reason: str) -> None:
    with pytest.raises(ProgramFailed) as caught:
        output_of([sys.executable, "-c", f"print(end={said!r}); raise SystemExit(1)"])
    assert caught.value.reason == reason


def test_a_missing_or_broken_program_does_not_start(tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    assert starts(Path(sys.executable))
    assert not starts(broken)
    assert not starts(tmp_path / "missing")
