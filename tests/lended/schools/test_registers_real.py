"""The register's true files, where they lie beside the project."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from lended.schools.registers import (
    MembershipRow,
    RegisterRow,
    TrustRow,
    open_register,
    read_memberships,
    read_schools,
    read_trusts,
)
from lended.sheets import SheetError
from tests.lended.schools.register_files import REAL

GIAS = REAL / "gias"
DAILY_2018 = GIAS / "edubasealldata_2018_layout_9rows.csv"
DAILY_2024 = GIAS / "edubasealldata_2024_layout_cp1252.csv"
EXPORT = GIAS / "gias_search_export_surrey_hampshire_2022-04-20.csv"
SAMPLE = REAL / "schools_sample.csv"
TRUSTS = REAL / "trusts_open_2022.csv"
GROUP_LINKS = GIAS / "academiesmatmembership_grouplinks_sample.csv"
LINKS = GIAS / "links_edubasealldata_2025-04-22_first2000.csv"

pytestmark = pytest.mark.skipif(not GIAS.is_dir(), reason="The real register is not here.")


def schools_of(path: Path) -> list[RegisterRow]:
    rows = list(read_schools(open_register(path).sheet))
    schools = [row for row in rows if isinstance(row, RegisterRow)]
    assert len(schools) == len(rows)
    return schools


@pytest.mark.parametrize(
    ("path", "encoding", "count"),
    [
        (DAILY_2018, "UTF-8", 9),
        (DAILY_2024, "Windows-1252", 156),
        (EXPORT, "UTF-8", 1_096),
        (SAMPLE, "UTF-8", 4_552),
    ],
)
def test_every_school_of_every_layout_is_read(path: Path, encoding: str, count: int) -> None:
    assert open_register(path).sheet.encoding == encoding
    schools = schools_of(path)
    assert len(schools) == count
    assert len({school.identifier for school in schools}) == count


def test_windows_letters_become_what_they_are() -> None:
    names = "".join(school.name for school in schools_of(DAILY_2024))
    assert {"’", "é"} <= set(names)
    assert not [letter for letter in names if "\x7f" <= letter <= "\xa0"]


def test_the_ragged_export_keeps_its_columns_in_place() -> None:
    sheet = open_register(EXPORT).sheet
    assert sum(bool(row.extra) for row in sheet) == 69
    statuses = Counter(school.status for school in schools_of(EXPORT))
    assert statuses == {"open": 728, "closed": 368}
    assert all(school.closed_on for school in schools_of(EXPORT) if school.status == "closed")


def test_no_head_of_any_file_is_in_what_is_read() -> None:
    for path in (DAILY_2018, DAILY_2024, EXPORT):
        with path.open(encoding=open_register(path).sheet.encoding, newline="") as file:
            heads = {
                row["URN"]: f"{row['HeadFirstName']} {row['HeadLastName']}"
                for row in csv.DictReader(file)
                if row["HeadLastName"]
            }
        assert heads
        for school in schools_of(path):
            assert heads.get(school.identifier, "nobody") not in repr(school)


def test_trusts_of_the_schools_are_those_of_the_trusts_file() -> None:
    rows = list(read_trusts(open_register(TRUSTS).sheet))
    trusts = {row.identifier: row.group_id for row in rows if isinstance(row, TrustRow)}
    assert len(trusts) == len(rows) == 2_701
    members = [school for school in schools_of(SAMPLE) if school.trust_identifier]
    assert len(members) == 2_637
    assert all(trusts[each.trust_identifier] == each.trust_group_id for each in members)


def test_memberships_tell_trusts_from_sponsors_and_federations() -> None:
    rows = read_memberships(open_register(GROUP_LINKS).sheet)
    kinds = Counter(row.is_academy_trust for row in rows if isinstance(row, MembershipRow))
    assert kinds == {True: 68, False: 55}


def test_the_links_file_is_refused_politely() -> None:
    with pytest.raises(SheetError, match="This is the links file"):
        open_register(LINKS)


@pytest.mark.parametrize("path", [DAILY_2024, EXPORT])
@pytest.mark.parametrize("share", [0.3, 0.77, 0.99])
def test_a_true_file_cut_anywhere_is_named(tmp_path: Path, path: Path, share: float) -> None:
    whole = path.read_bytes()
    cut = tmp_path / "cut.csv"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(SheetError, match="cut off"):
        list(read_schools(open_register(cut).sheet))
