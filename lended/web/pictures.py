"""Pictures that people send: made anew, so that nothing but the picture is kept.

Whatever a file carries besides (where it was taken, by which telephone, a script) does not survive,
because the picture is decoded and written again. Files are named by a digest of what is in them.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO, TypeVar

from flask import Flask, Response, current_app, request
from PIL import Image, ImageOps

from config import Settings
from lended.errors import Invalid, NotFound

MEGABYTE = 1_000_000
MOST_BYTES = 8 * MEGABYTE
MOST_IN_ALL = 32 * MEGABYTE
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
KINDS = ("JPEG", "PNG", "WEBP")
NAME = re.compile(r"[0-9a-f]{64}\.jpg")
NO_PICTURE = "This is not a picture we can read. Send JPEG, PNG or WebP."
TOO_HEAVY = f"This picture is larger than {MOST_BYTES // MEGABYTE} MB. Send a smaller one."
TOO_LARGE = "This picture has too many points. Send a smaller one."
View = TypeVar("View", bound=Callable[..., object])


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is kept."""

    name: str
    content: bytes


def wire(app: Flask) -> None:
    """Let pages that take pictures be sent more than others; comes before forms are read."""
    app.before_request(_allow_more)


def takes_pictures(view: View) -> View:
    """Say of a view that pictures may be sent to it."""
    view.takes_pictures = True  # type: ignore[attr-defined]
    return view


def remade(file: IO[bytes]) -> Picture:
    """Decode a picture and write it again as JPEG, upright and no larger than a screen shows.

    Raises
    ------
    Invalid
        When it is no picture, or too large to be looked at.
    """
    sent = file.read(MOST_BYTES + 1)
    if len(sent) > MOST_BYTES:
        raise Invalid(TOO_HEAVY)
    try:
        with Image.open(BytesIO(sent), formats=KINDS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Invalid(TOO_LARGE)
            content = _jpeg(image)
    except Image.DecompressionBombError as error:
        raise Invalid(TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, TypeError, MemoryError) as error:
        raise Invalid(NO_PICTURE) from error
    return Picture(f"{hashlib.sha256(content).hexdigest()}.jpg", content)


def keep(pictures: Iterable[Picture]) -> list[str]:
    """Keep pictures as files, and return their names."""
    return [store(_folder(), picture.name, picture.content) for picture in pictures]


def store(folder: Path, name: str, content: bytes) -> str:
    """Write a file that is there wholly or not at all, readable by nobody else."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / name).is_file():
        handle, draft = tempfile.mkstemp(dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(draft).rename(folder / name)
        except OSError:
            Path(draft).unlink()
            raise
    return name


def answer(name: str) -> Response:
    """Return a kept picture, for the one who asked only; nothing in it can run.

    Raises
    ------
    NotFound
        When there is no such file.
    """
    path = _folder() / name
    if not NAME.fullmatch(name) or not path.is_file():
        raise NotFound
    response = Response(path.read_bytes(), mimetype="image/jpeg")
    response.headers["Content-Disposition"] = "inline; filename=picture.jpg"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _jpeg(image: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    plain = Image.new("RGB", upright.size, "white")
    plain.paste(upright, mask=upright)
    written = BytesIO()
    plain.save(written, "JPEG", quality=82, optimize=True)
    return written.getvalue()


def _folder() -> Path:
    settings: Settings = current_app.extensions["lended.settings"]
    return settings.upload_folder


def _allow_more() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    if getattr(view, "takes_pictures", False):
        request.max_content_length = MOST_IN_ALL
