"""Putting a backup in the place of everything there is, or leaving everything as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sqlalchemy import (
    Connection,
    Engine,
    Integer,
    Table,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from lended.catalogue.models import CatalogueRevision
from lended.errors import Conflict
from lended.operations.backups.checking import opened, verify
from lended.operations.backups.form import PICTURES, ROWS_AT_ONCE, Manifest, part_of, row_of, tables
from lended.operations.database import newest_revision, revision_of, unguarded
from lended.web import pictures
from lended.work import open_work

Progress = Callable[[int], object]


def restore(engine: Engine, path: Path, progress: Progress, uploads: Path) -> Manifest:
    """Replace every row by those of a backup, in one transaction.

    Who writes meanwhile waits; who reads sees the old rows until the new ones are all there.
    Pictures are put into their folder first; those that no row names harm nobody.

    Raises
    ------
    BackupRefused
        When the file is damaged, foreign or newer: nothing was touched.
    Conflict
        When the database does not have the shape this LendED needs.
    """
    manifest = verify(path)
    with open_work(engine) as work, opened(path) as archive:
        connection = work.session.connection()
        if revision_of(connection) != newest_revision():
            raise Conflict("The database is not up to date; run the upgrade command first.")
        for name in manifest.pictures:
            pictures.store(uploads, name.removeprefix(PICTURES), archive.read(name))
        _replace(connection, archive, progress)
    return manifest


def _replace(connection: Connection, archive: ZipFile, progress: Progress) -> None:
    _keep_writers_out(connection)
    seen = _catalogue_revision(connection)
    for table in reversed(tables()):
        connection.execute(delete(table))
    with unguarded(connection):
        for table in tables():
            _fill(connection, archive, table, progress)
            _count_on(connection, table)
    _move_catalogue_on(connection, seen)


def _keep_writers_out(connection: Connection) -> None:
    """Let others read only; on SQLite the transaction itself does that."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(f'"{table.name}"' for table in tables())
        connection.execute(text(f"LOCK TABLE {names} IN EXCLUSIVE MODE"))


def _fill(connection: Connection, archive: ZipFile, table: Table, progress: Progress) -> None:
    with archive.open(part_of(table)) as lines:
        for rows in _portions(row_of(table, line) for line in lines):
            connection.execute(insert(table), rows)
            progress(len(rows))


def _portions(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while portion := list(islice(rows, ROWS_AT_ONCE)):
        yield portion


def _count_on(connection: Connection, table: Table) -> None:
    """Let new rows be numbered after those that came; SQLite does that by itself."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    if not isinstance(column.type, Integer):
        return
    sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    if sequence:
        highest = connection.scalar(select(func.max(column))) or 0
        connection.execute(text(f"ALTER SEQUENCE {sequence} RESTART WITH {highest + 1}"))


def _catalogue_revision(connection: Connection) -> int:
    return connection.scalar(select(func.max(CatalogueRevision.number))) or 0


def _move_catalogue_on(connection: Connection, seen: int) -> None:
    """Tell the servers that are running that the catalogue they know is gone."""
    number = max(seen, _catalogue_revision(connection)) + 1
    connection.execute(update(CatalogueRevision).values(number=number))
