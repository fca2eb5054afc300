"""Checks of the database itself: its files, its shape, its references."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ForeignKeyConstraint, Table, and_, exists, func, select, text
from sqlalchemy.orm import Session

from lended.db import Base
from lended.operations.database import differences, guards, newest_revision, revision_of

WHOLE = "ok"
GUARDS = frozenset({"loan_lines_never_twice_new", "loan_lines_never_twice_more"})
BROKEN_INDEXES = text("SELECT indexrelid::regclass::text FROM pg_index WHERE NOT indisvalid")


def files_are_whole(session: Session) -> Iterator[str]:
    """The database's own files are whole."""
    if session.get_bind().dialect.name == "sqlite":
        yield from (row for row in session.scalars(text("PRAGMA integrity_check")) if row != WHOLE)
    else:
        yield from (f"the index {name} is broken" for name in session.scalars(BROKEN_INDEXES))


def revision_is_newest(session: Session) -> Iterator[str]:
    """The database has the shape this LendED needs."""
    revision = revision_of(session.connection())
    if revision != newest_revision():
        yield f"it is at revision {revision}, not {newest_revision()}; run the upgrade command"


def nothing_differs(session: Session) -> Iterator[str]:
    """No table, column, key or index differs from what the code describes."""
    yield from differences(session.connection())


def the_guard_is_awake(session: Session) -> Iterator[str]:
    """The database itself watches that nothing is lent twice."""
    for name in sorted(GUARDS - guards(session.connection())):
        yield f"the trigger {name} is gone or asleep; run downgrade and upgrade"


def references_lead_somewhere(session: Session) -> Iterator[str]:
    """Every reference leads to a row that exists."""
    for table in Base.metadata.sorted_tables:
        for reference in sorted(table.foreign_key_constraints, key=lambda key: str(key.name)):
            count = _dangling(session, table, reference)
            if count:
                target = reference.referred_table.name
                yield f"{count} of {table.name} refer to {target} that are gone"


def _dangling(session: Session, table: Table, reference: ForeignKeyConstraint) -> int:
    target = reference.referred_table.alias()
    pairs = [(key.parent, target.c[key.column.name]) for key in reference.elements]
    found = exists().where(and_(*(child == parent for child, parent in pairs)))
    query = (
        select(func.count())
        .select_from(table)
        .where(*(child.is_not(None) for child, _parent in pairs), ~found)
    )
    return session.scalar(query) or 0


CHECKS = (
    files_are_whole,
    revision_is_newest,
    nothing_differs,
    the_guard_is_awake,
    references_lead_somewhere,
)
