"""Bringing the index up to date: a few changes at once, many by learning anew aside."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import structlog
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lended.catalogue.kept import Kept
from lended.catalogue.shelf import Shelf
from lended.needs.index.learning import MOST_AT_ONCE, Learnt, catch_up, learn
from lended.needs.index.saving import alone, open_saved, present_name, save
from lended.needs.index.suggesting import Index, index_of
from lended.needs.index.topics import proposer

MOST_LATE = 500
LATE_SHARE = 0.02
"""Products changed since the fit, at most and as a share of all, before fitting anew pays."""

SECONDS_OF_REST = 60.0
"""After a fit that failed."""

log = structlog.get_logger(__name__)


class Renewal:
    """Makes each index of the one before and of what has changed; for one thread at a time.

    Parameters
    ----------
    shelves
        Where the present shelf is kept: an index and its shelf always belong together.
    folder
        Where what was learnt is saved; None to keep nothing and learn anew each time, for tests.
    semantic
        By what needs and products are compared in meaning; see `matching.Matcher`.
    """

    def __init__(
        self, engine: Engine, shelves: Kept[Shelf], folder: Path | None, semantic: str = "off"
    ) -> None:
        self._engine = engine
        self._shelves = shelves
        self._folder = folder
        self._semantic = semantic
        self._learnt: Learnt | None = None
        self._arrived: Learnt | None = None
        self._seen = ""
        self._due = False
        self._aside: threading.Thread | None = None
        self._rests_until = 0.0

    def __call__(self, session: Session, before: Index | None) -> Index:
        """Return an index of what is published now: the very same one if nothing has changed."""
        stocked = self._shelves.value()
        latest = self._latest() if before else self._first(stocked, session)
        if before is None or before.shelf is not stocked or latest is not self._learnt:
            before = self._index(latest, stocked, session)
        if self._due and self._folder is not None:
            self._begin_aside(self._folder)
        return before

    def _index(self, latest: Learnt | None, stocked: Shelf, session: Session) -> Index:
        if latest is None or self._folder is None:
            latest = learn(session, self._semantic)
        self._learnt = catch_up(latest, stocked, session)
        self._due = _has_drifted(self._learnt, stocked)
        return index_of(stocked, self._learnt.matcher, proposer())

    def _first(self, stocked: Shelf, session: Session) -> Learnt | None:
        """Return what was saved if little has changed since; else learn while everybody waits."""
        if self._folder is None:
            return None
        latest = self._latest()
        if _is_near(latest, stocked):
            return latest
        try:
            with alone(self._folder, wait=True):
                latest = self._latest()  # of somebody who was faster
                if _is_near(latest, stocked):
                    return latest
                self._arrived = self._learn_and_save(self._folder, session)
        except OSError as error:
            log.warning("index_not_shared", reason=str(error))
        return self._latest()

    def _latest(self) -> Learnt | None:
        """Return what was learnt last: by our own fit, by another process, or long ago."""
        arrived, self._arrived = self._arrived, None
        if arrived is not None:
            self._seen = arrived.name or self._seen
            return arrived
        if self._folder is None or present_name(self._folder) == self._seen:
            return self._learnt
        self._seen = present_name(self._folder)
        return open_saved(self._folder, self._semantic) or self._learnt

    def _begin_aside(self, folder: Path) -> None:
        busy = self._aside is not None and self._aside.is_alive()
        if not busy and self._arrived is None and time.monotonic() >= self._rests_until:
            self._aside = threading.Thread(
                target=self._learn_aside, args=(folder,), name="learning", daemon=True
            )
            self._aside.start()

    def _learn_aside(self, folder: Path) -> None:
        """Fit anew, unless another process does so or has just done so."""
        try:
            with alone(folder, wait=False) as we_do:
                if we_do and present_name(folder) == self._seen:
                    with Session(self._engine) as session:
                        self._arrived = self._learn_and_save(folder, session)
        except Exception as error:
            log.exception("index_not_learnt", exc_info=error)
            self._rests_until = time.monotonic() + SECONDS_OF_REST

    def _learn_and_save(self, folder: Path, session: Session) -> Learnt:
        began = time.monotonic()
        learnt = save(folder, learn(session, self._semantic))
        seconds = round(time.monotonic() - began, 1)
        log.info("index_learnt", products=len(learnt.versions), seconds=seconds)
        return learnt


def _is_near(learnt: Learnt | None, stocked: Shelf) -> bool:
    """Tell whether catching up would leave nothing out."""
    return learnt is not None and len(learnt.lacks(stocked)) <= MOST_AT_ONCE


def _has_drifted(learnt: Learnt, stocked: Shelf) -> bool:
    """Tell whether so much has changed that fitting anew pays."""
    bearable = min(MOST_LATE, LATE_SHARE * len(learnt.versions))
    return len(learnt.late) > bearable or bool(learnt.lacks(stocked))
