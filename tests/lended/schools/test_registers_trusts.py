"""Trusts, and who belongs to which, are read from the register's files of groups."""

from __future__ import annotations

from pathlib import Path

import pytest

from lended.schools.registers import (
    Kind,
    MembershipRow,
    TrustRow,
    open_register,
    read_memberships,
    read_trusts,
)
from lended.sheets import Refused

TRUSTS = (
    "Group UID,Group ID,Group Name,Group Type,Group Status,Group Town,Group Postcode,"
    "Head of Group Title\n"
    "99001,TR99001,HAWKESMERE LEARNING TRUST,Multi-academy trust,Open,Hawkesmere,hd91aa,Dame Q\n"
    "99002,TR99002,TARN END TRUST,Single-academy trust,Closed,Not recorded,,Not recorded\n"
)
LINKS = (
    "URN,Group UID,Group ID,Group Name,Group Type,Group Status,EstablishmentName\n"
    "900101,99001,TR99001,HAWKESMERE LEARNING TRUST,Multi-academy trust,Open,Millfold\n"
    "900101,99003,,Moorside Federation,Federation,Open,Millfold\n"
)


def test_trusts_are_read_without_the_people_who_lead_them(tmp_path: Path) -> None:
    path = tmp_path / "trusts.csv"
    path.write_text(TRUSTS)
    register = open_register(path)
    assert register.kind is Kind.TRUSTS
    first, second = read_trusts(register.sheet)
    assert first == TrustRow(
        line=2,
        identifier="99001",
        group_id="TR99001",
        name="HAWKESMERE LEARNING TRUST",
        kind="multi_academy_trust",
        status="open",
        town="Hawkesmere",
        postcode="HD9 1AA",
    )
    assert isinstance(second, TrustRow)
    assert (second.kind, second.status, second.town) == ("single_academy_trust", "closed", "")


@pytest.mark.parametrize(
    ("old", "new", "column"),
    [
        ("99002,", "TR2,", "Group UID"),
        ("TARN END TRUST", "", "Group Name"),
        ("Closed", "Paused", "Group Status"),
    ],
)
def test_a_trust_that_cannot_be_right_is_refused(
    tmp_path: Path, old: str, new: str, column: str
) -> None:
    path = tmp_path / "trusts.csv"
    path.write_text(TRUSTS.replace(old, new))
    *_, refused = read_trusts(open_register(path).sheet)
    assert isinstance(refused, Refused)
    assert (refused.line, refused.column) == (3, column)


def test_a_school_may_be_in_a_trust_and_in_a_federation(tmp_path: Path) -> None:
    path = tmp_path / "grouplinks.csv"
    path.write_text(LINKS)
    register = open_register(path)
    assert register.kind is Kind.MEMBERSHIPS
    trust, federation = read_memberships(register.sheet)
    assert trust == MembershipRow(
        2, "900101", "99001", "TR99001", "HAWKESMERE LEARNING TRUST", "multi_academy_trust"
    )
    assert isinstance(federation, MembershipRow)
    assert [row.is_academy_trust for row in (trust, federation)] == [True, False]


def test_the_same_membership_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "grouplinks.csv"
    path.write_text(LINKS + LINKS.splitlines()[1] + "\n")
    *_, refused = read_memberships(open_register(path).sheet)
    assert isinstance(refused, Refused)
    assert refused.reason.startswith("URN 900101 in group 99001 stands on line 2 and again on line")
