"""Where the index lies in PostgreSQL: four tables in a schema of their own.

They hold nothing that cannot be made again from the catalogue, so no migration and no backup knows
of them: they are made when the engine is first used, and may be dropped at any time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlalchemy import (
    REAL,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Dialect,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    func,
    select,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateSchema
from sqlalchemy.types import UserDefinedType

from config import SettingsError
from lended.db import NAMING

SCHEMA = "lended_match"
DIMENSIONS = 1_000_000_000
MOST_TERMS = 16_000
"""Dimensions of a sparse vector, and entries of one that are not 0: the most pgvector takes."""

WIDEST_ROW = 8160
"""Bytes of a row that are kept in one piece: a scan must not gather vectors from elsewhere."""

Impacts = Mapping[int, float]


class SparseVector(UserDefinedType[Impacts]):
    """Impacts by the numbers of their terms, as pgvector keeps them."""

    cache_ok = True
    render_bind_cast = True

    def get_col_spec(self, **_more: Any) -> str:
        """Name the type in SQL."""
        return "sparsevec"

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        """Write a vector as pgvector reads it."""
        return _written

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str], Impacts]:
        """Read a vector as pgvector writes it."""
        return _read


metadata = MetaData(schema=SCHEMA, naming_convention=NAMING)

documents = Table(
    "documents",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("key", Text(collation="C"), nullable=False, unique=True),
    Column("digest", Text, nullable=False, comment="of the words the vector was made of"),
    Column("fitted", Boolean, nullable=False, comment="false when it came or changed after"),
    Column("vector", SparseVector, nullable=False),
    Column("source", BigInteger, nullable=False, comment="a number for whose it is"),
    Column("sketch", LargeBinary, nullable=False, comment="by which near-duplicates are seen"),
    postgresql_with={"toast_tuple_target": WIDEST_ROW},
)

terms = Table(
    "terms",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("term", Text(collation="C"), nullable=False, unique=True),
    Column("rarity", REAL, nullable=False),
    Column("shown", Text, nullable=False, comment="the word people know it by"),
    Column("fitted", Boolean, nullable=False),
)

words = Table(
    "words",
    metadata,
    Column("word", Text(collation="C"), primary_key=True),
    Column("fitted", Boolean, primary_key=True),
    Column("times", Integer, nullable=False),
)

state = Table(
    "state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, comment="the catalogue's"),
    Column("learnt", JSONB, nullable=False),
    Column("next_term", Integer, nullable=False),
    Column("next_document", Integer, nullable=False),
    CheckConstraint("id = 1", name="one_row"),
)


def are_there(session: Session) -> bool:
    """Tell whether the tables have been made."""
    return session.scalar(select(func.to_regclass(f"{SCHEMA}.{state.name}"))) is not None


def make(session: Session) -> None:
    """Make the tables, and switch pgvector on in this database if it is not yet.

    Raises
    ------
    SettingsError
        When the server has no pgvector that knows sparse vectors.
    """
    if not _knows_sparse_vectors(session):
        try:
            with session.begin_nested():
                session.execute(text("CREATE EXTENSION IF NOT EXISTS vector"))
        except DBAPIError as error:
            raise SettingsError(_lacking(str(error.orig).splitlines()[0])) from error
        if not _knows_sparse_vectors(session):
            raise SettingsError(_lacking("the one that is there is older"))
    session.execute(CreateSchema(SCHEMA, if_not_exists=True))
    metadata.create_all(session.connection())


def _knows_sparse_vectors(session: Session) -> bool:
    return session.scalar(select(func.to_regtype("sparsevec"))) is not None


def _lacking(why: str) -> str:
    return (
        "LENDED_MATCH_ENGINE=postgres needs pgvector 0.7 or later in the database: "
        f"{why.rstrip('.')}. Install it there, or leave the setting at memory."
    )


def written(numbers: npt.NDArray[np.int64], impacts: npt.NDArray[np.float32]) -> str:
    """Write a vector as pgvector reads it; the weightiest entries if there are too many.

    Parameters
    ----------
    numbers, impacts
        The numbers of its terms and what each adds, shape (terms,).
    """
    weightiest = np.argsort(-impacts, kind="stable")[:MOST_TERMS]
    kept = weightiest[np.argsort(numbers[weightiest])]
    pairs = zip(numbers[kept].tolist(), impacts[kept].tolist(), strict=True)
    return f"{{{','.join(f'{number}:{impact:.9g}' for number, impact in pairs)}}}/{DIMENSIONS}"


def _written(impacts: Impacts) -> str:
    numbers = np.fromiter(impacts.keys(), np.int64)
    return written(numbers, np.fromiter(impacts.values(), np.float32))


def _read(written: str) -> Impacts:
    entries = written[1 : written.index("}")]
    pairs = (entry.split(":") for entry in entries.split(",") if entry)
    return {int(number): float(impact) for number, impact in pairs}
