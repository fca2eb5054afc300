"""A shared index for tests: a catalogue in, and the matcher of what the tables then hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import count

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from lended.needs.postgresql import follow, learn, open_matcher
from matching import Document, Match, Matcher, StoredMatcher

NEVER = 1_000_000.0
"""A drift that is never reached: what changed is written by what was learnt before."""


class Shared:
    """The tables of one database, and a catalogue that moves on at each call."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._revisions = count(1)

    def learn(self, documents: Collection[Document]) -> StoredMatcher:
        """Fit the tables to a catalogue."""
        revision = next(self._revisions)
        assert learn(self.engine, lambda _session: (revision, documents)) == len(documents)
        return self.matcher(documents)

    def follow(self, documents: Collection[Document], drift: float = NEVER) -> StoredMatcher:
        """Bring the tables up to a catalogue."""
        revision = next(self._revisions)
        follow(self.engine, lambda _session: (revision, documents), drift)
        return self.matcher(documents)

    def matcher(self, documents: Iterable[Document]) -> StoredMatcher:
        """Open what the tables hold, as far as these documents are known."""
        with Session(self.engine) as session:
            return open_matcher(session, self.engine, {each.key for each in documents})


def are_same(ours: tuple[Match, ...], theirs: tuple[Match, ...], scores: dict[str, float]) -> bool:
    """Tell whether two rankings are the same to five digits, where equals may have rounded apart.

    Parameters
    ----------
    scores
        The score of every document of the second ranking, by its key.
    """
    return len(ours) == len(theirs) and all(
        abs(our.score - their.score) < 1e-5 and abs(scores[our.key] - their.score) < 1e-5
        for our, their in zip(ours, theirs, strict=True)
    )


def by_key(matches: tuple[Match, ...]) -> dict[str, float]:
    """Return the score of each match."""
    return {match.key: match.score for match in matches}


def changed(matcher: Matcher, before: Collection[Document], after: Collection[Document]) -> Matcher:
    """Bring a matcher in memory from one catalogue to another without fitting anew."""
    was = {document.key: document for document in before}
    late = [document for document in after if was.get(document.key) != document]
    gone = was.keys() - {document.key for document in after}
    return matcher.remove(gone | (was.keys() & {each.key for each in late})).add(late)
