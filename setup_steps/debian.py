"""Packages of Debian and its relatives: installed by root, or unpacked into a folder by others."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from setup_steps.programs import ProgramFailed, output_of
from setup_steps.say import Trouble, step

INSTALL = ["install", "--no-install-recommends"]


def is_here() -> bool:
    """Tell whether this system has Debian's package tools."""
    return shutil.which("apt-get") is not None and shutil.which("dpkg") is not None


def is_root() -> bool:
    """Tell whether this person may install packages for everybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def install(packages: list[str]) -> None:
    """Install packages for the whole system.

    Raises
    ------
    Trouble
        When the packages cannot be had.
    """
    with step(f"Installing {', '.join(packages)} with apt-get"):
        _apt(["update"])
        _apt([*INSTALL, "--yes", *packages])


def unpack(packages: list[str], folder: Path) -> None:
    """Unpack packages, and what they need that this system lacks, into a folder of one's own.

    Raises
    ------
    Trouble
        When the packages cannot be had.
    """
    with step(f"Unpacking {', '.join(packages)} into {folder.parent}"):
        fetched = folder / "fetched"
        options = _private_options(fetched)
        _apt([*options, "update"])
        plan = _apt([*options, *INSTALL, "--simulate", *packages])
        names = re.findall(r"^Inst (\S+)", plan, re.MULTILINE)
        _apt([*options, "download", *names], fetched)
        for package in sorted(fetched.glob("*.deb")):
            output_of(["dpkg", "--extract", package, folder])
        shutil.rmtree(fetched)


def install_venv() -> None:
    """Install the part of Python that Debian leaves out, or say what to install.

    Raises
    ------
    Trouble
        When only the person at the keyboard can install it.
    """
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    if sys.base_prefix != "/usr" or not is_here():
        raise Trouble(f"This Python ({sys.executable}) lacks venv and ensurepip: install them.")
    if not is_root():
        raise Trouble(f"Python's venv is missing. Install it with: sudo apt-get install {package}")
    install([package])


def _private_options(fetched: Path) -> list[str]:
    """Return options that keep apt's own lists and downloads out of the system's folders."""
    for name in ("lists/partial", "archives/partial"):
        (fetched / name).mkdir(parents=True)
    return [
        f"--option=Dir::State::Lists={fetched / 'lists'}",
        f"--option=Dir::Cache={fetched}",
        "--option=Debug::NoLocking=1",
    ]


def _apt(arguments: list[str], folder: Path | None = None) -> str:
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C"}
    try:
        return output_of(["apt-get", "--quiet", *arguments], environ, folder)
    except ProgramFailed as failure:
        raise Trouble(f"apt-get could not help: {failure.reason}") from failure
