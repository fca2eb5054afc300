"""Static files compressed once, at the start after they changed, and served by WhiteNoise."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from flask import Flask
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from lended.web import files

ONE_YEAR = 31_536_000


def compressed_files(data_folder: Path) -> Path:
    """Return a folder with a copy of every static file and its compressed forms.

    It is made beside its final place and renamed, so that a start cut short leaves none half done;
    folders of earlier versions are removed.
    """
    folder = data_folder / "static" / files.version()
    if not folder.is_dir():
        shutil.rmtree(folder.parent, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        _make(folder)
    return folder


def with_files(app: Flask, folder: Path) -> WhiteNoise:
    """Return the application with static files before it, each kept by browsers for a year."""
    return WhiteNoise(
        app,
        root=str(folder),
        prefix=files.prefix(),
        max_age=ONE_YEAR,
        allow_all_origins=False,
        immutable_file_test=lambda _path, _url: True,
        add_headers_function=_add_headers,
    )


def _make(folder: Path) -> None:
    draft = Path(tempfile.mkdtemp(dir=folder.parent))
    shutil.copytree(files.FOLDER, draft, dirs_exist_ok=True)
    compressor = Compressor(quiet=True)
    for path in [path for path in draft.rglob("*") if path.is_file()]:
        if compressor.should_compress(path.name):
            compressor.compress(str(path))
    draft.chmod(0o755)
    draft.rename(folder)


def _add_headers(headers: dict[str, str], _path: str, _url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
