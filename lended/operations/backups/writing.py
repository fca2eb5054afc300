"""Writing a backup while LendED goes on working."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from sqlalchemy import Connection, Engine, Table, select

from config import VERSION
from lended import clock
from lended.errors import Conflict
from lended.loans.models import IncidentPhoto
from lended.operations.backups.form import (
    MANIFEST,
    PICTURES,
    ROWS_AT_ONCE,
    Manifest,
    Part,
    line_of,
    part_of,
    tables,
)
from lended.operations.database import revision_of

Progress = Callable[[int], object]


def write_backup(engine: Engine, path: Path, progress: Progress, uploads: Path) -> Manifest:
    """Write every row, as it stands at one moment, into a new file only its owner can read.

    The pictures that those rows name are written as well.

    The file appears under its name when it is whole.

    Parameters
    ----------
    progress
        Called with the number of rows just written.
    uploads
        The folder of the pictures.

    Raises
    ------
    Conflict
        When there is a file of this name.
    """
    if path.exists():
        raise Conflict(f"{path} is there already; choose another name.")
    draft = path.with_name(f".{path.name}.part")
    try:
        with _one_moment(engine) as connection, open(draft, "wb", opener=_private) as file:
            manifest = _write(connection, ZipFile(file, "w", ZIP_DEFLATED), progress, uploads)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


def _one_moment(engine: Engine) -> Connection:
    """Connect so that everything read is from one moment, whoever writes meanwhile."""
    connection = engine.connect()
    if engine.dialect.name == "postgresql":
        connection = connection.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
    return connection


def _write(connection: Connection, archive: ZipFile, progress: Progress, uploads: Path) -> Manifest:
    with archive:
        parts = {
            part_of(table): _write_table(connection, archive, table, progress) for table in tables()
        }
        parts |= _write_pictures(connection, archive, uploads)
        manifest = Manifest(VERSION, str(revision_of(connection)), clock.now(), parts)
        archive.writestr(MANIFEST, manifest.to_json())
    return manifest


def _write_table(
    connection: Connection, archive: ZipFile, table: Table, progress: Progress
) -> Part:
    digest, count = hashlib.sha256(), 0
    rows = connection.execution_options(yield_per=ROWS_AT_ONCE).execute(
        select(table).order_by(*table.primary_key.columns)
    )
    with archive.open(part_of(table), "w", force_zip64=True) as part:
        for some in rows.mappings().partitions():
            lines = b"".join(line_of(dict(row)) for row in some)
            part.write(lines)
            digest.update(lines)
            count += len(some)
            progress(len(some))
    return Part(count, digest.hexdigest())


def _write_pictures(connection: Connection, archive: ZipFile, uploads: Path) -> dict[str, Part]:
    """Write the pictures that are named; one whose file is gone cannot be written."""
    parts = {}
    named = select(IncidentPhoto.name).distinct().order_by(IncidentPhoto.name)
    for name in connection.scalars(named):
        path = uploads / name
        if path.is_file():
            content = path.read_bytes()
            archive.writestr(PICTURES + name, content, ZIP_STORED)
            parts[PICTURES + name] = Part(0, hashlib.sha256(content).hexdigest())
    return parts


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
