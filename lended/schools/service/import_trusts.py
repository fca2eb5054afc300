"""Taking trusts: from the file of groups, and as schools name them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select, update

from lended import clock
from lended.schools.models import Trust
from lended.schools.registers.codes import CLOSED
from lended.schools.registers.trusts import ACADEMY_TRUSTS, TrustRow
from lended.sheets import ImportReport, Refused, in_portions
from lended.work import Work

NO_TRUSTS = "groups that do not run their schools, such as federations"
CLOSED_TRUSTS = "trusts that had closed before"


@dataclass(frozen=True, slots=True)
class Named:
    """A trust as some file of the register names it; ``kind`` is empty when it does not say."""

    identifier: str
    name: str
    kind: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        """What is written of it."""
        return {"identifier": self.identifier, "name": self.name, "kind": self.kind}


def runs_schools(kind: str) -> bool:
    """Tell whether a group of this kind, or of one not stated, runs its schools."""
    return not kind or kind in ACADEMY_TRUSTS


def import_trusts(work: Work, rows: Iterable[TrustRow | Refused], report: ImportReport) -> None:
    """Add and change trusts as the file of groups states them."""
    for portion in in_portions(rows, report):
        known = _known(work, [row.identifier for row in portion])
        kept = [
            Named(row.identifier, row.name, row.kind)
            for row in portion
            if _is_kept(row, known, report)
        ]
        added, changed = save_trusts(work, kept)
        report.added += added
        report.changed += changed
        report.unchanged += len(kept) - added - changed


def save_trusts(work: Work, trusts: Sequence[Named]) -> tuple[int, int]:
    """Add the trusts that are new, change those named otherwise; return how many of each.

    Capitals alone are no other name: the register's files differ in them.
    """
    known = _known(work, [trust.identifier for trust in trusts])
    moment = clock.now()
    added = [trust for trust in trusts if trust.identifier not in known]
    changed = [
        {
            "id": known[trust.identifier].id,
            "name": trust.name,
            "kind": trust.kind or known[trust.identifier].kind,
            "imported_at": moment,
        }
        for trust in trusts
        if trust.identifier in known and _differs(trust, known[trust.identifier])
    ]
    if added:
        rows = [{**trust.columns, "imported_at": moment} for trust in added]
        work.session.execute(insert(Trust), rows)
    if changed:
        work.session.execute(update(Trust), changed)
    return len(added), len(changed)


def trust_ids(work: Work, identifiers: Collection[str]) -> dict[str, int]:
    """Return the trusts known among some, by the register's number."""
    return {identifier: row.id for identifier, row in _known(work, identifiers).items()}


def trust_ids_by_name(work: Work, names: Collection[str]) -> dict[str, int]:
    """Return the trusts known among some by name alone, case-folded; not those of one name."""
    rows = work.session.execute(
        select(func.min(Trust.name), func.min(Trust.id))
        .where(func.lower(Trust.name).in_({name.lower() for name in names}))
        .group_by(func.lower(Trust.name))
        .having(func.count() == 1)
        .order_by(func.min(Trust.id))
    )
    return {name.casefold(): number for name, number in rows}


def _is_kept(row: TrustRow, known: Collection[str], report: ImportReport) -> bool:
    if not runs_schools(row.kind):
        report.passed_over[NO_TRUSTS] += 1
        return False
    if row.status == CLOSED and row.identifier not in known:
        report.passed_over[CLOSED_TRUSTS] += 1
        return False
    return True


def _known(work: Work, identifiers: Collection[str]) -> dict[str, Any]:
    rows = work.session.execute(
        select(Trust.id, Trust.identifier, Trust.name, Trust.kind)
        .where(Trust.identifier.in_(set(identifiers)))
        .order_by(Trust.id)
    )
    return {row.identifier: row for row in rows}


def _differs(trust: Named, known: Any) -> bool:
    renamed = trust.name.casefold() != known.name.casefold()
    return renamed or bool(trust.kind and trust.kind != known.kind)
