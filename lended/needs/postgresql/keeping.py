"""Bringing the tables up to date, once for all machines.

Whoever notices that the catalogue has moved on takes the lock; the others wait and find it done.
Everybody goes on answering from the rows as they were until the transaction commits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sqlalchemy import ARRAY, Engine, Text, any_, func, literal, select
from sqlalchemy.orm import Session

from lended.needs.postgresql import tables
from lended.needs.postgresql.tables import documents, terms
from lended.needs.postgresql.writing import State, Writer, digest_of, read_state
from lended.work import open_work
from matching import Document, Learnt, Matcher, Statistics, add_rows, fit_rows

DRIFT = 0.02
"""How many documents may differ from the fitted ones, as a share, before all is learnt anew."""

Read = Callable[[Session], tuple[int, Iterable[Document]]]
"""Reads the catalogue's revision and, once they are asked for, its documents."""


def follow(engine: Engine, read: Read, drift: float = DRIFT) -> None:
    """Bring the tables up to the catalogue, unless they are.

    Rows that changed are written by what was learnt before; when many have, all is learnt anew.

    Raises
    ------
    SettingsError
        When the database has no pgvector.
    """
    with Session(engine) as session:
        if tables.are_there(session) and _is_current(read_state(session), read(session)[0]):
            return
    with open_work(engine) as work:
        before = _locked(work.session)
        revision, published = read(work.session)
        if not _is_current(before, revision):
            _follow(work.session, before, revision, list(published), drift)


def learn(engine: Engine, read: Read) -> int:
    """Learn the whole catalogue anew; return how many documents it has.

    Raises
    ------
    SettingsError
        When the database has no pgvector.
    """
    with open_work(engine) as work:
        before = _locked(work.session)
        revision, published = read(work.session)
        arriving = list(published)
        _learn(work.session, before, revision, arriving)
    return len(arriving)


def _locked(session: Session) -> State:
    """Wait until nobody else writes, make the tables if need be, and read where they stand."""
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext(tables.SCHEMA))))
    if not tables.are_there(session):
        tables.make(session)
    return read_state(session)


def _is_current(state: State, revision: int) -> bool:
    return state.revision == revision and _is_ours(state.learnt)


def _is_ours(learnt: Learnt | None) -> bool:
    return learnt is not None and learnt.weights == Matcher().weights


def _learn(session: Session, before: State, revision: int, arriving: Sequence[Document]) -> None:
    rows, learnt = fit_rows(arriving, Matcher().weights)
    writer = Writer(session, before)
    writer.clear()
    writer.put_in(rows, arriving, fitted=True)
    writer.close(revision, learnt)


def _follow(
    session: Session, before: State, revision: int, arriving: Sequence[Document], drift: float
) -> None:
    """Write the rows that differ, or all."""
    learnt, held = before.learnt, _held(session)
    late = [document for document in arriving if not _is_fitted(document, held)]
    if learnt is None or not _is_ours(learnt) or _drifted(learnt, late, arriving) > drift:
        _learn(session, before, revision, arriving)
        return
    writer = Writer(session, before)
    gone = held.keys() - {document.key for document in arriving}
    writer.take_out(gone | {document.key for document in late})
    writer.put_in(add_rows(late, learnt, _Fitted(session)), late, fitted=False)
    writer.close(revision, learnt)


def _drifted(learnt: Learnt, late: Sequence[Document], arriving: Sequence[Document]) -> float:
    """Tell how many documents came, changed or went since the fit, as a share of those there."""
    gone = learnt.statistics.documents - (len(arriving) - len(late))
    return (len(late) + gone) / max(len(arriving), 1)


@dataclass(frozen=True, slots=True)
class _Held:
    """A document as the tables hold it."""

    digest: str
    fitted: bool


def _held(session: Session) -> Mapping[str, _Held]:
    rows = session.execute(select(documents.c.key, documents.c.digest, documents.c.fitted))
    return {key: _Held(digest, fitted) for key, digest, fitted in rows}


def _is_fitted(document: Document, held: Mapping[str, _Held]) -> bool:
    row = held.get(document.key)
    return row is not None and row.fitted and row.digest == digest_of(document)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """The rarities of the terms that were fitted."""

    session: Session

    def rarities(self, terms_: Sequence[str], statistics: Statistics) -> npt.NDArray[np.float32]:
        """Give how rare terms are; one that was not fitted is as rare as can be."""
        wanted = terms.c.term == any_(literal(list(terms_), ARRAY(Text)))
        query = select(terms.c.term, terms.c.rarity).where(wanted, terms.c.fitted)
        known = {row.term: row.rarity for row in self.session.execute(query)}
        return np.array([known.get(term, statistics.unseen) for term in terms_], dtype=np.float32)
