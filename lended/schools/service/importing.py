"""Taking a file of the register: all of it in one transaction, a portion at a time.

Memory stays bounded because a portion is compared and written before the next is read; nothing
is half done because there is one transaction, so a cut file or a killed process changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from sqlalchemy import func, select

from lended.schools.registers import (
    Kind,
    Register,
    read_memberships,
    read_schools,
    read_trusts,
    stated_fields,
)
from lended.schools.service.import_memberships import import_memberships
from lended.schools.service.import_schools import import_schools
from lended.schools.service.import_trusts import import_trusts
from lended.sheets import ImportReport
from lended.work import Work

Watch: TypeAlias = Callable[[Iterable[Any]], Iterable[Any]]
IMPORT_LOCK = 738_201
"""A number of our own choice; on PostgreSQL, imports that hold it take turns."""


def import_register(work: Work, register: Register, watch: Watch = iter) -> ImportReport:
    """Take every school, trust or membership of a file, and report what changed.

    What the file has no column for stays as it was; rows that say what is known already are not
    written; schools that closed are kept, and so is the organisation of a school that has one.

    Parameters
    ----------
    watch
        Wraps the rows on their way, to show progress.

    Raises
    ------
    SheetError
        When the file turns out to be cut off: let it undo the whole work.
    """
    _take_turns(work)
    report, sheet = ImportReport(), register.sheet
    if register.kind is Kind.SCHOOLS:
        import_schools(work, watch(read_schools(sheet)), stated_fields(sheet), report)
    elif register.kind is Kind.TRUSTS:
        import_trusts(work, watch(read_trusts(sheet)), report)
    else:
        import_memberships(work, watch(read_memberships(sheet)), report)
    return report


def _take_turns(work: Work) -> None:
    """Wait for another import to end; on SQLite every writer waits anyway."""
    if work.session.get_bind().dialect.name == "postgresql":
        work.session.execute(select(func.pg_advisory_xact_lock(IMPORT_LOCK)))
