"""Making sure that a file is a whole backup of ours, before anything is touched."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Table

from lended.errors import Refusal
from lended.operations.backups.form import (
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    PICTURES,
    Manifest,
    part_of,
    row_of,
    tables,
)
from lended.operations.database import known_revisions, newest_revision
from lended.web import pictures

BROKEN = (BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error)


class BackupRefused(Refusal):
    """A file will not be restored; the words say why."""


@contextmanager
def opened(path: Path) -> Iterator[ZipFile]:
    """Open a backup to read it.

    Raises
    ------
    BackupRefused
        When it is not a zip file, or turns out to be damaged while it is read.
    """
    try:
        with ZipFile(path) as archive:
            yield archive
    except OSError as error:
        raise BackupRefused(f"{path} cannot be read: {error.strerror or error}.") from error
    except BROKEN as error:
        raise BackupRefused(f"{path} is damaged, or not a backup of LendED: {error}.") from error


def verify(path: Path) -> Manifest:
    """Read a whole backup, compare every digest and count, and return what it says of itself.

    Raises
    ------
    BackupRefused
        When it is damaged, foreign, or was made by a newer LendED or an older database.
    """
    with opened(path) as archive:
        manifest = _manifest(archive, path)
        _demand_revision(manifest, path)
        _demand_same_parts(archive, manifest, path)
        for table in tables():
            _demand_whole(archive, manifest, table, path)
        for name in manifest.pictures:
            _demand_picture(archive, manifest, name, path)
    return manifest


def _manifest(archive: ZipFile, path: Path) -> Manifest:
    try:
        said = json.loads(archive.read(MANIFEST))
        form, version = said["format"], int(said["format_version"])
        manifest = Manifest.from_json(said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BackupRefused(f"{path} is not a backup of LendED.") from error
    if form != FORMAT:
        raise BackupRefused(f"{path} is not a backup of LendED.")
    if version > FORMAT_VERSION:
        raise BackupRefused(f"{path} was made by a newer LendED ({manifest.lended}).")
    return manifest


def _demand_revision(manifest: Manifest, path: Path) -> None:
    if manifest.revision not in known_revisions():
        raise BackupRefused(f"{path} was made by a newer LendED ({manifest.lended}).")
    if manifest.revision != newest_revision():
        raise BackupRefused(
            f"{path} was made by an older LendED ({manifest.lended}). Restore it with that "
            "version, then upgrade."
        )


def _demand_same_parts(archive: ZipFile, manifest: Manifest, path: Path) -> None:
    wanted = {part_of(table) for table in tables()} | set(manifest.pictures)
    there = set(archive.namelist()) - {MANIFEST}
    if not wanted == there == manifest.parts.keys() or len(archive.namelist()) != len(there) + 1:
        raise BackupRefused(f"{path} is damaged: its parts are not those of its manifest.")


def _demand_whole(archive: ZipFile, manifest: Manifest, table: Table, path: Path) -> None:
    digest, count = hashlib.sha256(), 0
    with archive.open(part_of(table)) as lines:
        for line in lines:
            digest.update(line)
            row_of(table, line)
            count += 1
    said = manifest.parts[part_of(table)]
    if (digest.hexdigest(), count) != (said.sha256, said.rows):
        raise BackupRefused(f"{path} is damaged: {part_of(table)} is not what was written.")


def _demand_picture(archive: ZipFile, manifest: Manifest, name: str, path: Path) -> None:
    digest = hashlib.sha256(archive.read(name)).hexdigest()
    foreign = not pictures.NAME.fullmatch(name.removeprefix(PICTURES))
    if foreign or digest != manifest.parts[name].sha256:
        raise BackupRefused(f"{path} is damaged: {name} is not what was written.")
