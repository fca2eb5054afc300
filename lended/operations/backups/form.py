"""The form of a backup: a zip with a manifest and, for each table, its rows as lines of JSON.

The pictures that people sent are beside them, as they are kept.

Values are written as JSON has them; dates and moments in ISO 8601. Nothing in the file belongs to
one database engine, so a backup made on SQLite can be restored on PostgreSQL and the other way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Table

from lended.db import Base, Moment

FORMAT = "lended-backup"
FORMAT_VERSION = 2
MANIFEST = "manifest.json"
PICTURES = "uploads/"
ROWS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Part:
    """What a part of the file holds, and the digest (SHA-256, hexadecimal) it is known by.

    A picture has no rows.
    """

    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself.

    Parameters
    ----------
    lended
        The version of LendED that wrote it.
    revision
        The revision of the database it was taken from.
    parts
        Every part of the file but the manifest, by name.
    """

    lended: str
    revision: str
    created_at: datetime
    parts: Mapping[str, Part]

    @property
    def rows(self) -> int:
        """How many rows there are in all."""
        return sum(part.rows for part in self.parts.values())

    @property
    def tables(self) -> int:
        """How many tables there are."""
        return sum(not name.startswith(PICTURES) for name in self.parts)

    @property
    def pictures(self) -> list[str]:
        """The names of the parts that are pictures."""
        return [name for name in self.parts if name.startswith(PICTURES)]

    def to_json(self) -> str:
        """Write it, readable by people."""
        said = {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "lended": self.lended,
            "revision": self.revision,
            "created_at": self.created_at.isoformat(),
            "parts": {name: asdict(part) for name, part in self.parts.items()},
        }
        return json.dumps(said, indent=1)

    @classmethod
    def from_json(cls, said: Mapping[str, Any]) -> Manifest:
        """Read it.

        Raises
        ------
        KeyError, TypeError, ValueError
            When something is missing or of another kind.
        """
        return cls(
            lended=str(said["lended"]),
            revision=str(said["revision"]),
            created_at=datetime.fromisoformat(said["created_at"]),
            parts={name: Part(**part) for name, part in said["parts"].items()},
        )


def tables() -> tuple[Table, ...]:
    """Return every table, those others refer to first."""
    return tuple(Base.metadata.sorted_tables)


def part_of(table: Table) -> str:
    """Return the name of the part that holds a table's rows."""
    return f"tables/{table.name}.jsonl"


def line_of(row: Mapping[str, Any]) -> bytes:
    """Write a row."""
    return json.dumps(row, default=_as_text, separators=(",", ":")).encode() + b"\n"


def row_of(table: Table, line: bytes) -> dict[str, Any]:
    """Read a row of a table.

    Raises
    ------
    ValueError
        When the line is not a row of this table.
    """
    values = json.loads(line)
    if not isinstance(values, dict) or values.keys() != set(table.columns.keys()):
        raise ValueError(f"not a row of {table.name}")
    for column in table.columns:
        value = values[column.name]
        if value is not None and isinstance(column.type, Moment):
            values[column.name] = datetime.fromisoformat(value)
        elif value is not None and isinstance(column.type, Date):
            values[column.name] = date.fromisoformat(value)
    return values


def _as_text(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a backup")
