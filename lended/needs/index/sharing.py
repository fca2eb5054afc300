"""The index that lies in PostgreSQL: brought up to date once, and seen by every machine."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lended.catalogue import queries
from lended.catalogue.kept import Kept
from lended.catalogue.shelf import Shelf
from lended.needs import postgresql
from lended.needs.index.learning import document
from lended.needs.index.suggesting import Index, index_of
from lended.needs.index.topics import proposer
from matching import Document


class SharedRenewal:
    """Puts a shelf of this process beside the index that all processes share.

    Parameters
    ----------
    shelves
        Where the present shelf is kept.
    """

    def __init__(self, engine: Engine, shelves: Kept[Shelf]) -> None:
        self._engine = engine
        self._shelves = shelves

    def __call__(self, session: Session, before: Index | None) -> Index:
        """Return an index of what is published now: the very same one if nothing has changed.

        Raises
        ------
        SettingsError
            When the database has no pgvector.
        """
        postgresql.follow(self._engine, _published)
        stocked = self._shelves.value()
        if before is not None and before.shelf is stocked:
            return before
        matcher = postgresql.open_matcher(session, self._engine, stocked.slugs)
        return index_of(stocked, matcher, proposer())


def learn_shared(engine: Engine) -> int:
    """Learn the index in PostgreSQL anew; return how many products it has.

    Raises
    ------
    SettingsError
        When the database has no pgvector.
    """
    return postgresql.learn(engine, _published)


def _published(session: Session) -> tuple[int, Iterator[Document]]:
    return queries.revision(session), _documents(session)


def _documents(session: Session) -> Iterator[Document]:
    """Read what is published once somebody asks for it, and not at every look for changes."""
    yield from map(document, queries.index_rows(session))
