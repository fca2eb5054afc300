"""Rows of the register's files of groups, and of who belongs to which."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lended.schools.registers import codes
from lended.schools.registers.values import applicable, group_uid, required_name, urn
from lended.sheets import Refused, Row, Sheet, parse_rows
from lended.sheets.cells import clean_line, postcode

TRUST_COLUMNS = frozenset(
    {
        "Group UID",
        "Group ID",
        "Group Name",
        "Group Type",
        "Group Status",
        "Group Town",
        "Group Postcode",
    }
)
MEMBERSHIP_COLUMNS = frozenset({"URN", "Group UID", "Group ID", "Group Name", "Group Type"})
ACADEMY_TRUSTS = frozenset({"multi_academy_trust", "single_academy_trust"})


@dataclass(frozen=True, slots=True)
class TrustRow:
    """A group of schools as the register states it.

    Parameters
    ----------
    identifier, group_id
        The group's UID and its public number such as TR00092.
    kind
        A code such as multi_academy_trust, "" for a kind that is not known.
    status
        "open" or "closed".
    """

    line: int
    identifier: str
    group_id: str
    name: str
    kind: str
    status: str
    town: str
    postcode: str


@dataclass(frozen=True, slots=True)
class MembershipRow:
    """A school's place in a group; a school may be in a trust, a federation and with a sponsor."""

    line: int
    urn: str
    trust_identifier: str
    trust_group_id: str
    trust_name: str
    trust_kind: str

    @property
    def is_academy_trust(self) -> bool:
        """Whether the group runs the school, as a federation or a sponsor does not."""
        return self.trust_kind in ACADEMY_TRUSTS


def read_trusts(sheet: Sheet) -> Iterator[TrustRow | Refused]:
    """Yield each trust, or why its row is refused; raises SheetError at a cut."""
    return parse_rows(sheet.of(TRUST_COLUMNS), _trust, lambda trust: f"UID {trust.identifier}")


def read_memberships(sheet: Sheet) -> Iterator[MembershipRow | Refused]:
    """Yield each membership, or why its row is refused; raises SheetError at a cut."""
    return parse_rows(
        sheet.of(MEMBERSHIP_COLUMNS),
        _membership,
        lambda member: f"URN {member.urn} in group {member.trust_identifier}",
    )


def _trust(row: Row) -> TrustRow:
    return TrustRow(
        line=row.line,
        identifier=row.take("Group UID", group_uid),
        group_id=row.take("Group ID", clean_line),
        name=row.take("Group Name", required_name),
        kind=row.take("Group Type", _kind),
        status=row.take("Group Status", _status),
        town=row.take("Group Town", applicable),
        postcode=row.take("Group Postcode", postcode),
    )


def _membership(row: Row) -> MembershipRow:
    return MembershipRow(
        line=row.line,
        urn=row.take("URN", urn),
        trust_identifier=row.take("Group UID", group_uid),
        trust_group_id=row.take("Group ID", clean_line),
        trust_name=row.take("Group Name", required_name),
        trust_kind=row.take("Group Type", _kind),
    )


def _kind(cell: str) -> str:
    return codes.TRUST_KINDS.get(cell.strip().casefold(), "")


def _status(cell: str) -> str:
    name = cell.strip().casefold()
    if name.startswith("open"):
        return codes.OPEN
    if name.startswith("closed"):
        return codes.CLOSED
    raise ValueError(f"“{clean_line(cell)[:40]}” is not the status of a group.")
