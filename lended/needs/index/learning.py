"""What a matcher learns of products, and how it learns of those that have changed since."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy.orm import Session

from config import VERSION
from lended import vocabularies
from lended.catalogue import queries
from lended.catalogue.shelf import Shelf
from matching import Document, Matcher

MOST_AT_ONCE = 200
"""Changed products that are added in one go, the newest: about a tenth of a second."""


@dataclass(frozen=True, eq=False, slots=True)
class Learnt:
    """A matcher, and which words of which products it knows.

    Parameters
    ----------
    versions
        For each product's slug the version of its words, as the shelf has it.
    late
        Slugs of products that were changed, added or removed after it was fitted.
    name
        What it is saved as; empty when it is in this process only.
    """

    matcher: Matcher
    versions: Mapping[str, str]
    late: frozenset[str] = frozenset()
    name: str = ""

    def lacks(self, stocked: Shelf) -> list[str]:
        """Return the slugs of products whose words it does not know, last changed first."""
        known = self.versions
        listed = zip(stocked.versions, stocked.slugs, strict=True)
        lacking = [(version, slug) for version, slug in listed if known.get(slug) != version]
        return [slug for _version, slug in sorted(lacking, reverse=True)]


def learn(session: Session, semantic: str) -> Learnt:
    """Fit a matcher to everything that is published now.

    Parameters
    ----------
    semantic
        By what needs and products are compared in meaning; see `matching.Matcher`.
    """
    rows = queries.index_rows(session)
    matcher = Matcher(semantic=semantic).fit(document(row) for row in rows)
    return Learnt(matcher, {row.slug: row.version for row in rows})


def catch_up(learnt: Learnt, stocked: Shelf, session: Session) -> Learnt:
    """Take out what is no longer on a shelf and put in what is new there, without fitting anew.

    How rare words are stays as it was fitted. When very many products have changed, the newest
    are put in; the rest is left to the next fit.
    """
    gone = learnt.versions.keys() - set(stocked.slugs)
    lacking = learnt.lacks(stocked)[:MOST_AT_ONCE]
    if not gone and not lacking:
        return learnt
    there = set(stocked.slugs)
    rows = [row for row in queries.index_rows(session, lacking) if row.slug in there]
    arriving = {row.slug: row.version for row in rows}
    leaving = gone | (learnt.versions.keys() & arriving.keys())
    staying = {slug: version for slug, version in learnt.versions.items() if slug not in leaving}
    return Learnt(
        _exchanged(learnt.matcher, leaving, [document(row) for row in rows]),
        staying | arriving,
        learnt.late | gone | arriving.keys(),
        learnt.name,
    )


@cache
def making(semantic: str) -> str:
    """Return a digest of all that shapes a fitted matcher beside the products' own words."""
    matcher = Matcher(semantic=semantic)
    shaping = [
        VERSION,
        matcher.get_params(),
        matcher.document_encoder,
        [_said_around(code) for code in vocabularies.codes("need")],
        vocabularies.choices("subject"),
    ]
    return hashlib.sha256(json.dumps(shaping, sort_keys=True).encode()).hexdigest()


def _exchanged(
    matcher: Matcher, leaving: Collection[str], arriving: Collection[Document]
) -> Matcher:
    """Return another matcher, for the one there was is being asked meanwhile."""
    other = copy.copy(matcher)
    if leaving:
        other.remove(leaving)
    if arriving:
        other.add(arriving)
    return other


def document(row: Any) -> Document:
    """Return what is known of a product in words: its supplier's, and teachers' for what it is for.

    Words of a teacher and words of a supplier differ; the phrases that teachers have for the codes
    a supplier gives a product bring them together.
    """
    said = [words for code in row.needs for words in _said_around(code)]
    said += [vocabularies.label("subject", code) for code in row.subjects]
    text = " ".join([row.summary, row.description, *said])
    return Document(row.slug, row.name, text, source=str(row.supplier_id))


def _said_around(code: str) -> list[str]:
    """Return the words people have for a need code."""
    need = vocabularies.entry("need", code)
    return [need.label, need.explanation, *need.words]
