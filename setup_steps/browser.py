"""Chromium for the tests, with a font and the one library that Playwright needs.

Without any font every text measures nothing, and Playwright's own Node wants ``libatomic``. What
the system lacks is installed by root, and unpacked into ``instance/browser`` by everybody else.
"""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from setup_steps import debian
from setup_steps.environment import Environment
from setup_steps.programs import starts
from setup_steps.say import Trouble

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ELSEWHERE = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
)
PLAYWRIGHT_CACHES = (".cache/ms-playwright", "Library/Caches/ms-playwright")
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
)
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
FONT_ENDINGS = (".ttf", ".otf", ".ttc", ".pfb")
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{folder}/usr/share/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>{folder}/fontcache</cachedir>
</fontconfig>
"""
WRAPPER = """#!/bin/sh
# The libraries and fonts unpacked beside it are for this program only.
export LD_LIBRARY_PATH={libraries}${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}
export FONTCONFIG_FILE={fonts}
exec {program} "$@"
"""


def browser_settings(place: Environment, environ: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that lead the tests to a browser, installing one when there is none.

    Raises
    ------
    Trouble
        When there is no browser and no way to get one.
    """
    private = place.root / "instance" / "browser"
    chromium = _chromium(environ)
    missing = _missing_packages(place, chromium)
    if not missing and chromium is not None:
        return {"LENDED_CHROMIUM": str(chromium)}
    if not debian.is_here():
        raise Trouble(_advice(missing))
    if debian.is_root():
        debian.install(missing)
        return {"LENDED_CHROMIUM": str(_chromium(environ))}
    if not starts(private / "chromium"):
        _unpack(place, missing, chromium, private)
    return {
        "LENDED_CHROMIUM": str(private / "chromium"),
        "PLAYWRIGHT_NODEJS_PATH": str(private / "node"),
    }


def _chromium(environ: Mapping[str, str]) -> Path | None:
    named = environ.get("LENDED_CHROMIUM")
    if named:
        if not starts(Path(named)):
            raise Trouble(f"LENDED_CHROMIUM names {named}, which does not start.")
        return Path(named)
    return next((path for path in _candidates() if path.is_file() and starts(path)), None)


def _candidates() -> Iterator[Path]:
    """Yield where a browser may be, the likeliest first."""
    yield from (Path(path) for path in map(shutil.which, NAMES) if path)
    yield from map(Path, ELSEWHERE)
    for cache in PLAYWRIGHT_CACHES:
        for pattern in PLAYWRIGHT_PROGRAMS:
            yield from sorted((Path.home() / cache).glob(pattern), reverse=True)


def _missing_packages(place: Environment, chromium: Path | None) -> list[str]:
    """Return Debian's names of what this system lacks."""
    missing = [] if chromium else ["chromium"]
    if not _has_fonts():
        missing.append("fonts-dejavu-core")
    if not starts(_node(place)):
        missing.append("libatomic1")
    return missing


def _has_fonts() -> bool:
    if sys.platform != "linux":
        return True
    files = (
        name
        for folder in FONT_FOLDERS
        for _, _, names in os.walk(Path(folder).expanduser())
        for name in names
    )
    return any(name.endswith(FONT_ENDINGS) for name in files)


def _node(place: Environment) -> Path:
    """Return Playwright's own Node."""
    name = "node.exe" if os.name == "nt" else "node"
    return next(place.folder.rglob(f"playwright/driver/{name}"), place.programs / name)


def _unpack(place: Environment, missing: list[str], chromium: Path | None, private: Path) -> None:
    """Fill the private folder; it gets its name only when all is in it."""
    draft = private.with_suffix(".new")
    for folder in (draft, private):
        shutil.rmtree(folder, ignore_errors=True)
    debian.unpack(missing, draft)
    draft.replace(private)
    own = private / "usr/lib/chromium/chromium"
    (private / "fonts.conf").write_text(FONTS.format(folder=private), encoding="utf-8")
    _wrap(private, "node", _node(place))
    _wrap(private, "chromium", chromium or own)


def _wrap(private: Path, name: str, program: Path) -> None:
    libraries = sorted({file.parent for file in private.glob("**/*-linux-*/**/lib*.so*")})
    script = WRAPPER.format(
        libraries=shlex.quote(":".join(map(str, libraries))),
        fonts=shlex.quote(str(private / "fonts.conf")),
        program=shlex.quote(str(program)),
    )
    path = private / name
    path.write_text(script, encoding="utf-8")
    path.chmod(0o755)


def _advice(missing: list[str]) -> str:
    if "chromium" not in missing:
        return f"The browser tests need {' and '.join(missing)}: install them."
    return (
        "The browser tests need Chromium or Google Chrome: install one, or set LENDED_CHROMIUM to "
        "its program, or run: .venv/bin/python -m playwright install chromium"
    )
