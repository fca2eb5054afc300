"""Taking from the file of group links which trust runs which school."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select, update

from lended import clock
from lended.schools.models import School
from lended.schools.registers import MembershipRow
from lended.schools.registers.schools import COUNTRY, SCHEME
from lended.schools.service.import_trusts import NO_TRUSTS, Named, save_trusts, trust_ids
from lended.sheets import ImportReport, Refused, in_portions
from lended.work import Work

UNKNOWN_SCHOOL = (
    "LendED does not know the school with URN {urn} yet. Import the file of all establishments "
    "first."
)


def import_memberships(
    work: Work, rows: Iterable[MembershipRow | Refused], report: ImportReport
) -> None:
    """Tie schools that are known to the academy trusts that run them."""
    for portion in in_portions(rows, report):
        members = [row for row in portion if row.is_academy_trust]
        if len(members) < len(portion):
            report.passed_over[NO_TRUSTS] += len(portion) - len(members)
        _tie(work, members, report)


def _tie(work: Work, members: Sequence[MembershipRow], report: ImportReport) -> None:
    trusts = {row.trust_identifier: _named(row) for row in members}
    save_trusts(work, list(trusts.values()))
    numbers = trust_ids(work, trusts)
    schools = _schools(work, members)
    changed: dict[int, dict[str, Any]] = {}
    for row in members:
        school, trust_id = schools.get(row.urn), numbers[row.trust_identifier]
        if school is None:
            report.refuse(row.line, UNKNOWN_SCHOOL.format(urn=row.urn), "URN")
        elif school.trust_id == trust_id:
            report.unchanged += 1
        else:
            changed[school.id] = {
                "id": school.id,
                "trust_id": trust_id,
                "imported_at": clock.now(),
            }
            report.changed += 1
    if changed:
        work.session.execute(update(School), list(changed.values()))


def _named(row: MembershipRow) -> Named:
    return Named(row.trust_identifier, row.trust_name, row.trust_kind)


def _schools(work: Work, members: Sequence[MembershipRow]) -> dict[str, Any]:
    rows = work.session.execute(
        select(School.id, School.identifier, School.trust_id)
        .where(
            School.country == COUNTRY,
            School.scheme == SCHEME,
            School.identifier.in_([row.urn for row in members]),
        )
        .order_by(School.id)
    )
    return {row.identifier: row for row in rows}
