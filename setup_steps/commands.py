"""What ``manage.py`` understands: a few commands of its own, and every command of LendED's."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NoReturn

from setup_steps.browser import browser_settings
from setup_steps.environment import Environment, extras_there_are, prepare
from setup_steps.lockfile import lock
from setup_steps.programs import become
from setup_steps.say import Trouble

PLACE = Environment(Path(__file__).resolve().parent.parent)
MOST_TEST_PROCESSES = 4
HELP = """\
LendED: try before you buy, led by the need.

  python3 manage.py run [--port N] [--host H] [--fresh]
      install what is missing, then serve LendED on http://127.0.0.1:8000;
      --fresh begins with an empty database
  python3 manage.py test [pytest arguments]
      install what is missing, then test everything, or what the arguments name
  python3 manage.py extras [NAME ...]
      install these extras beside the rest, and no others ("none": none at all);
      without names, say which there are
  python3 manage.py lock [--upgrade]
      resolve the dependencies anew and write uv.lock
  python3 manage.py commands
      list LendED's other commands; each is called as: python3 manage.py NAME
      and explains itself with: python3 manage.py NAME --help

Without LENDED_SECRET_KEY or LENDED_DEMO in the environment, LendED starts as a demo.
docs/running.md says more.
"""


def main(arguments: list[str]) -> int:
    """Do what the command line asks, and return the exit code when this process is still ours."""
    try:
        _act(arguments)
    except Trouble as trouble:
        print(f"manage.py: {trouble}", file=sys.stderr)
        return 1
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        print(f"manage.py: {error.strerror or error}{where}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 0


def lended_command(place: Environment, arguments: list[str]) -> list[str | Path]:
    """Return the command line that reaches one of LendED's own commands."""
    return [place.python, "-m", "lended", *arguments]


def pytest_command(place: Environment, arguments: list[str], processors: int) -> list[str | Path]:
    """Return the command line for the tests: all of them side by side, or just those asked for."""
    processes = min(MOST_TEST_PROCESSES, max(2, processors))
    everything = ["--numprocesses", str(processes), "--dist", "worksteal"]
    return [place.python, "-m", "pytest", *(arguments or everything)]


def surroundings(place: Environment, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for LendED's commands: a demo, unless it says what it is."""
    paths = [str(place.root), environ.get("PYTHONPATH", "")]
    changed = {**environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    if not {"LENDED_SECRET_KEY", "LENDED_DEMO"} & environ.keys():
        changed["LENDED_DEMO"] = "1"
    return changed


def _act(arguments: list[str]) -> None:
    match arguments:
        case [] | ["-h" | "--help" | "help", *_]:
            print(HELP, end="")
        case ["test", *rest]:
            _test(rest)
        case ["lock", *rest]:
            prepare(PLACE, dev=False)
            lock(PLACE, rest)
        case ["extras", *names]:
            _install_extras(names)
        case ["run", *rest]:
            _ask_lended(["serve", *rest])
        case ["bench", "matching", *_]:
            prepare(PLACE, dev=True)
            _ask_lended(arguments)
        case ["commands"]:
            _ask_lended(["--help"])
        case _:
            _ask_lended(arguments)


def _install_extras(names: list[str]) -> None:
    if not names:
        print("\n".join(extras_there_are(PLACE)))
        return
    prepare(PLACE, dev=False, extras=[] if names == ["none"] else names)


def _test(arguments: list[str]) -> NoReturn:
    prepare(PLACE, dev=True)
    environ = {**os.environ, **browser_settings(PLACE, os.environ)}
    os.chdir(PLACE.root)
    become(pytest_command(PLACE, arguments, os.cpu_count() or 2), environ)


def _ask_lended(arguments: list[str]) -> NoReturn:
    prepare(PLACE, dev=False)
    become(lended_command(PLACE, arguments), surroundings(PLACE, os.environ))
