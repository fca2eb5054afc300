"""The folder ``.venv`` beside ``manage.py``: made, filled from ``uv.lock``, and trusted by a stamp.

The stamp is taken away before anything is changed and written when all is done. A folder without
one was interrupted or made by somebody else, and is made anew.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import sys
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from setup_steps import debian
from setup_steps.programs import ProgramFailed, output_of
from setup_steps.say import Trouble, step

if sys.platform != "win32":
    import fcntl

UNREACHED = re.compile(
    r"dns error|name resolution|name or service not known|network is unreachable|no route to host"
    r"|connection refused|timed? ?out|error sending request|newconnectionerror|could not connect"
    r"|no matching distribution found|proxyerror",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Environment:
    """Where things are.

    Parameters
    ----------
    root
        The folder that holds ``manage.py`` and ``uv.lock``.
    """

    root: Path

    @property
    def folder(self) -> Path:
        """The virtual environment."""
        return self.root / ".venv"

    @property
    def programs(self) -> Path:
        """Where its programs are."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    @property
    def python(self) -> Path:
        """Its Python."""
        return self.programs / ("python.exe" if os.name == "nt" else "python")

    @property
    def stamp(self) -> Path:
        """The file that says what is installed."""
        return self.folder / "lended.json"


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a finished environment was made for.

    Parameters
    ----------
    home
        The folder and the Python: an environment can neither move nor change its Python.
    packages
        A digest of the lock file and the installer's pin.
    dev
        Whether the tools for tests are installed too.
    extras
        The names of the extras installed too, sorted, with spaces between.
    """

    home: str
    packages: str
    dev: bool
    extras: str = ""


def prepare(place: Environment, *, dev: bool, extras: Collection[str] | None = None) -> None:
    """Make sure that what LendED needs is installed; quick when it is.

    Parameters
    ----------
    extras
        The extras to have, and no others; None keeps those that are there.

    Raises
    ------
    Trouble
        When the folder cannot be written to, no packages can be had, or there is no such extra.
    """
    if extras is not None:
        _refuse_unknown(place, extras)
    if _is_ready(place, dev, extras):
        return
    _refuse_unwritable(place)
    with _alone(place.root):
        if not _is_ready(place, dev, extras):
            _bring_up_to_date(place, dev, extras)


def extras_there_are(place: Environment) -> list[str]:
    """Return the names of the extras that may be asked for."""
    project = tomllib.loads((place.root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sorted(project.get("optional-dependencies", {}))


def wanted(place: Environment, *, dev: bool, extras: Collection[str] = ()) -> Stamp:
    """Return the stamp that an environment finished now would carry."""
    digest = hashlib.sha256()
    for name in ("uv.lock", "setup_steps/uv.txt"):
        digest.update((place.root / name).read_bytes())
    version = ".".join(map(str, sys.version_info[:2]))
    home = f"{place.folder} by Python {version} in {sys.base_prefix}"
    return Stamp(home, digest.hexdigest(), dev, " ".join(sorted(set(extras))))


def found(place: Environment) -> Stamp | None:
    """Return the stamp of the environment that is there, or None when it cannot be trusted."""
    try:
        stamp = Stamp(**json.loads(place.stamp.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return stamp if place.python.exists() else None


def write_stamp(place: Environment, stamp: Stamp) -> None:
    """Declare the environment finished, in one step that cannot be seen half done."""
    draft = place.stamp.with_suffix(".new")
    draft.write_text(json.dumps(asdict(stamp), indent=1), encoding="utf-8")
    draft.replace(place.stamp)


def told_to_pip(configuration: str) -> dict[str, str]:
    """Read what ``pip config list`` prints; the environment's values win over a file's."""
    lines = re.findall(r"^(\S+)\.([a-z-]+)='(.*)'$", configuration, re.MULTILINE)
    told = {key: value for scope, key, value in lines if scope != ":env:"}
    return told | {key: value for scope, key, value in lines if scope == ":env:"}


def index_options(told: Mapping[str, str]) -> list[str]:
    """Say in uv's words which package index, or which folders instead of one, pip is told of."""
    if told.get("no-index", "").lower() in {"1", "true", "yes", "on"}:
        folders = told.get("find-links", "").split()
        return ["--no-index", *(f"--find-links={folder}" for folder in folders)]
    return ["--default-index", told["index-url"]] if "index-url" in told else []


def uv(place: Environment, arguments: list[str | Path], folder: Path | None = None) -> str:
    """Run the installer, told of the package indexes that pip is told of.

    Raises
    ------
    Trouble
        When it fails.
    """
    python = place.python
    told = told_to_pip(_done(place, [python, "-m", "pip", "config", "list"]))
    environ = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    if "cert" in told:
        environ.setdefault("SSL_CERT_FILE", told["cert"])
    return _done(place, [python, "-m", "uv", *arguments, *index_options(told)], environ, folder)


def _is_ready(place: Environment, dev: bool, extras: Collection[str] | None) -> bool:
    stamp = found(place)
    return stamp is not None and stamp == _goal(place, stamp, dev, extras)


def _goal(
    place: Environment, before: Stamp | None, dev: bool, extras: Collection[str] | None
) -> Stamp:
    """Return the stamp to reach: what was asked for once stays, unless other extras are named."""
    if before is not None:
        dev = dev or before.dev
        extras = before.extras.split() if extras is None else extras
    return wanted(place, dev=dev, extras=extras or ())


def _refuse_unknown(place: Environment, extras: Collection[str]) -> None:
    known = extras_there_are(place)
    for name in extras:
        if name not in known:
            raise Trouble(f"There is no extra called {name}; there are: {', '.join(known)}.")


def _refuse_unwritable(place: Environment) -> None:
    for folder in (place.root, place.folder):
        if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
            raise Trouble(
                f"The folder {folder} cannot be written to, and .venv has to be made in it."
            )


def _refuse_link(place: Environment) -> None:
    """Empty no folder of somebody else's: making an environment empties where a link leads."""
    if place.folder.is_symlink():
        raise Trouble(f"{place.folder} is a link. Remove it, and a folder is made in its place.")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Keep two starts from filling one folder at the same time (where the system can)."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with step("Waiting for another start to finish installing"):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _bring_up_to_date(place: Environment, dev: bool, extras: Collection[str] | None) -> None:
    before = found(place)
    goal = _goal(place, before, dev, extras)
    place.stamp.unlink(missing_ok=True)
    if before is None or before.home != goal.home:
        _refuse_link(place)
        _make(place)
    _install(place, goal)
    write_stamp(place, goal)


def _make(place: Environment) -> None:
    if importlib.util.find_spec("ensurepip") is None:
        debian.install_venv()
    version = ".".join(map(str, sys.version_info[:3]))
    base = getattr(sys, "_base_executable", None) or sys.executable
    with step(f"Making .venv with Python {version}"):
        _done(place, [base, "-m", "venv", "--clear", place.folder])
    with step("Installing uv into it"):
        quietly = ("--quiet", "--no-input", "--retries", "2")
        pip: list[str | Path] = [place.python, "-m", "pip", "install", *quietly]
        pin = place.root / "setup_steps" / "uv.txt"
        _done(place, [*pip, "--require-hashes", "--requirement", pin])


def _install(place: Environment, goal: Stamp) -> None:
    pins = place.folder / "requirements.txt"
    extras = goal.extras.split()
    bare = ["--no-emit-project", "--no-annotate", "--no-header"]
    parts = [*([] if goal.dev else ["--no-dev"]), *(f"--extra={name}" for name in extras)]
    more = [*(["the tools for tests"] if goal.dev else []), *extras]
    with step(", with ".join(["Installing what uv.lock pins", *more])):
        uv(place, ["export", "--quiet", "--frozen", *bare, *parts, "--output-file", pins])
        uv(place, ["pip", "sync", "--quiet", "--require-hashes", "--python", place.python, pins])


def _done(
    place: Environment,
    command: list[str | Path],
    environ: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> str:
    """Run one part of the set-up and turn its failure into one line."""
    try:
        return output_of(command, environ, folder or place.root)
    except ProgramFailed as failure:
        raise Trouble(_explanation(place, failure)) from failure


def _explanation(place: Environment, failure: ProgramFailed) -> str:
    if UNREACHED.search(failure.output):
        return (
            "The packages could not be fetched: no package index answered. Check the network, "
            "or set PIP_INDEX_URL to a mirror (docs/running.md)."
        )
    if not place.folder.is_dir():
        return failure.reason
    log = place.folder / "setup.log"
    log.write_text(failure.output, encoding="utf-8")
    return f"{failure.reason} (all that was said is in {log})"
