"""Writing rows into the tables, with numbers that are never given twice."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Table, any_, delete, insert, literal, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import Text

from lended.needs.postgresql.tables import documents, state, terms, words, written
from matching import Document, Learnt, Rows


@dataclass(frozen=True, slots=True)
class State:
    """Which catalogue the tables hold.

    Parameters
    ----------
    learnt
        None when nothing is there yet, or another LendED filled the tables.
    next_term, next_document
        The first numbers that have never been given.
    """

    revision: int = -1
    learnt: Learnt | None = None
    next_term: int = 1
    next_document: int = 0


def read_state(session: Session) -> State:
    """Read which catalogue the tables hold."""
    row = session.execute(select(state)).one_or_none()
    if row is None:
        return State()
    return State(row.revision, Learnt.read(row.learnt), row.next_term, row.next_document)


class Numbers(dict[str, int]):
    """Numbers by name; a name without one is given the next."""

    def __init__(self, known: Mapping[str, int], following: int) -> None:
        super().__init__(known)
        self.following = following

    def __missing__(self, name: str) -> int:
        self[name] = number = self.following
        self.following += 1
        return number


class Writer:
    """Replaces rows of the tables within a transaction.

    A term and a document keep their numbers for good, so that a search under way never takes one
    for another.
    """

    def __init__(self, session: Session, before: State) -> None:
        self._session = session
        self._terms = Numbers(_pairs(session, terms, "term"), before.next_term)
        self._documents = Numbers(_pairs(session, documents, "key"), before.next_document)

    def clear(self) -> None:
        """Take every row out."""
        for table in (terms, words, documents):
            self._session.execute(delete(table))

    def take_out(self, keys: Collection[str]) -> None:
        """Take out documents, and all words that came after the fit."""
        listed = literal(list(keys), ARRAY(Text))
        self._session.execute(delete(documents).where(documents.c.key == any_(listed)))
        for table in (terms, words):
            self._session.execute(delete(table).where(~table.c.fitted))

    def put_in(self, rows: Rows, arriving: Iterable[Document], *, fitted: bool) -> None:
        """Put in documents with their words; terms that are there stay as they are."""
        there = frozenset(self._session.scalars(select(terms.c.term)))
        listed = list(rows.terms())
        digests = {document.key: digest_of(document) for document in arriving}
        numbers = np.array([self._terms[term] for term, _, _ in listed], dtype=np.int64)
        self._copy(
            terms,
            ("number", "term", "rarity", "shown", "fitted"),
            (
                (self._terms[term], term, rarity, shown, fitted)
                for term, rarity, shown in listed
                if term not in there
            ),
        )
        self._copy(
            words,
            ("word", "times", "fitted"),
            ((word, times, fitted) for word, times in rows.words.items()),
        )
        self._copy(
            documents,
            ("number", "key", "digest", "fitted", "vector", "source", "sketch"),
            (
                (
                    self._documents[each.key],
                    each.key,
                    digests[each.key],
                    fitted,
                    written(numbers[each.places], each.impacts),
                    each.source,
                    each.sketch,
                )
                for each in rows.documents()
            ),
        )

    def close(self, revision: int, learnt: Learnt) -> None:
        """Write down which catalogue the tables hold now."""
        self._session.execute(delete(state))
        self._session.execute(
            insert(state).values(
                id=1,
                revision=revision,
                learnt=learnt.plain(),
                next_term=self._terms.following,
                next_document=self._documents.following,
            )
        )

    def _copy(
        self, table: Table, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
    ) -> None:
        """Stream rows into a table, which takes a tenth of the time that inserting them does."""
        driver = self._session.connection().connection.driver_connection
        assert driver is not None
        into = f"COPY {table.fullname} ({', '.join(columns)}) FROM STDIN"
        with driver.cursor() as cursor, cursor.copy(into) as copy:
            for row in rows:
                copy.write_row(row)


def digest_of(document: Document) -> str:
    """Return what tells whether a document has changed."""
    words_ = json.dumps([document.title, document.text, document.source])
    return hashlib.sha256(words_.encode()).hexdigest()


def _pairs(session: Session, table: Table, name: str) -> Mapping[str, int]:
    query = select(table.c[name].label("name"), table.c.number)
    return {row.name: row.number for row in session.execute(query)}
