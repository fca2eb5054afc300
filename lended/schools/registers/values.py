"""What cells of the register mean beyond what any sheet's cells mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from functools import cache

from lended.sheets.cells import clean_line, percentage, whole_number

MOST_NAME = 200
URN = re.compile(r"[1-9]\d{4,5}")
GROUP_UID = re.compile(r"\d{1,8}")
AUTHORITY = re.compile(r"\d{1,3}")
NO_AUTHORITY = "000"
NOT_APPLICABLE = frozenset({"not applicable", "does not apply", "not recorded", "not-applicable"})
WITHHELD = frozenset({"..", ".", "-", "x", "c", "z", "n/a", "na", "ne", "np", "supp", "new"})
"""What official statistics write where a number is withheld, too small or does not exist."""


def urn(cell: str) -> str:
    """Return a unique reference number: five or six digits."""
    text = cell.strip()
    if not (text.isascii() and URN.fullmatch(text)):
        raise ValueError(f"“{clean_line(text)[:40]}” is not a URN, which has five or six digits.")
    return text


def group_uid(cell: str) -> str:
    """Return a group's number."""
    text = cell.strip()
    if not (text.isascii() and GROUP_UID.fullmatch(text)):
        raise ValueError(f"“{clean_line(text)[:40]}” is not the number of a group.")
    return text


def trust_uid(cell: str) -> str:
    """Return a trust's number, or "" where none is stated."""
    return group_uid(cell) if cell.strip() else ""


def required_name(cell: str) -> str:
    """Return a name of 1 to 200 characters."""
    name = clean_line(cell)
    if not name:
        raise ValueError("There is no name.")
    if len(name) > MOST_NAME:
        raise ValueError(f"The name has more than {MOST_NAME} characters.")
    return name


def applicable(cell: str) -> str:
    """Return a name, or "" where the register says that there is none."""
    name = clean_line(cell)[:MOST_NAME]
    return "" if name.casefold() in NOT_APPLICABLE else name


def region(cell: str) -> str:
    """Return a region's name without the remark that it is not one of the nine."""
    return applicable(cell.removesuffix("(pseudo)"))


def authority_code(cell: str) -> str:
    """Return a local authority's three digits, or "" for schools under none."""
    text = cell.strip()
    if not text:
        return ""
    if not (text.isascii() and AUTHORITY.fullmatch(text)):
        raise ValueError(f"“{clean_line(text)[:40]}” is not the code of a local authority.")
    code = text.zfill(3)
    return "" if code == NO_AUTHORITY else code


def pupil_count(cell: str) -> int | None:
    """Return a whole number, or None where it is withheld."""
    return None if is_withheld(cell) else whole_number(cell)


def pupil_percentage(cell: str) -> float | None:
    """Return a percentage, or None where it is withheld."""
    return None if is_withheld(cell) else percentage(cell)


def is_withheld(cell: str) -> bool:
    """Tell whether a cell says that there is no number to publish."""
    return cell.strip().casefold() in WITHHELD


def is_urban(cell: str) -> bool | None:
    """Tell town from country by the official classification, or None."""
    words = cell.casefold()
    if "rural" in words:
        return False
    return True if "urban" in words else None


@cache
def _named(codes: tuple[tuple[str, str], ...], none: frozenset[str]) -> Callable[[str], str]:
    known = dict(codes)

    def read(cell: str) -> str:
        name = cell.strip().casefold()
        if name in none:
            return ""
        if name not in known:
            raise ValueError(f"“{clean_line(cell)[:40]}” is not in the register’s list.")
        return known[name]

    return read


def code_from(codes: Mapping[str, str], none: Collection[str] = ()) -> Callable[[str], str]:
    """Return a reader of names as codes, "" for those that mean none."""
    return _named(tuple(codes.items()), frozenset(none))
