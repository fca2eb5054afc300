"""What a cell means. Each function takes a cell's text and raises ValueError with the reason.

An empty cell is not a mistake: it is None or "".
"""

from __future__ import annotations

import re
from datetime import date

from lended.words import clean_words

C1_CONTROLS = {
    code: letter
    for code in range(0x80, 0xA0)
    if (letter := bytes([code]).decode("cp1252", errors="ignore"))
}
"""Windows-1252 read as Latin-1 leaves these invisible controls where its dashes and quotation
marks were; they have no other use in text, so each becomes what it was."""

WHOLE_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,9}")
PERCENTAGE = re.compile(r"(\d{1,3}(?:\.\d{1,6})?)\s?%?")
DAY_FIRST = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
POSTCODE = re.compile(r"([A-Z]{1,2}\d[A-Z\d]?) ?(\d[A-Z]{2})")
WEB_ADDRESS = re.compile(
    r"(?:(https?)://)?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}(?::\d{1,5})?)"
    r"([/?#][^\s\"<>\\^`{|}]*)?",
    re.IGNORECASE,
)
MOST_ADDRESS = 400


def clean_text(cell: str) -> str:
    """Return text as `lended.words.clean_words` does, with what a wrong encoding hid made good."""
    if not cell.isascii():
        cell = cell.translate(C1_CONTROLS).replace("\xa0", " ")
    return clean_words(cell)


def clean_line(cell: str) -> str:
    """Return `clean_text` on one line, with single spaces."""
    if cell.isascii() and cell.isprintable():
        return " ".join(cell.split())
    return " ".join(clean_text(cell).split())


def whole_number(cell: str) -> int | None:
    """Return a number that is not negative, written with or without commas between thousands."""
    text = cell.strip()
    if not text:
        return None
    if not (text.isascii() and WHOLE_NUMBER.fullmatch(text)):
        raise ValueError(f"“{shorten(text)}” is not a whole number.")
    return int(text.replace(",", ""))


def percentage(cell: str) -> float | None:
    """Return a number from 0 to 100."""
    text = cell.strip()
    if not text:
        return None
    found = PERCENTAGE.fullmatch(text) if text.isascii() else None
    if found is None or float(found[1]) > 100:
        raise ValueError(f"“{shorten(text)}” is not a percentage from 0 to 100.")
    return float(found[1])


def day(cell: str) -> date | None:
    """Return a date written 31-08-2024, 31/08/2024 or 2024-08-31."""
    text = cell.strip()
    if not text:
        return None
    try:
        if text.isascii() and (found := DAY_FIRST.fullmatch(text)):
            return date(int(found[3]), int(found[2]), int(found[1]))
        if text.isascii() and (found := YEAR_FIRST.fullmatch(text)):
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise ValueError(f"There is no such day as “{text}”.") from error
    raise ValueError(f"“{shorten(text)}” is not a date like 31-08-2024.")


def postcode(cell: str) -> str:
    """Return a British postcode in capitals with its space, or "" when it is none."""
    found = POSTCODE.fullmatch(clean_line(cell).upper())
    return f"{found[1]} {found[2]}" if found else ""


def web_address(cell: str) -> str:
    """Return an http or https address, or "" when it is none.

    One without a scheme gets http, as browsers read it. Addresses with a user name, a bare number
    or another scheme are dropped: nobody should be sent there.
    """
    found = WEB_ADDRESS.fullmatch(cell.strip())
    if found is None or len(found[0]) > MOST_ADDRESS - len("http://"):
        return ""
    scheme, host, rest = found.groups(default="")
    return f"{(scheme or 'http').lower()}://{host.lower()}{rest}"


def shorten(text: str) -> str:
    """Return enough of a cell to find it by, fit for one line."""
    line = clean_line(text)
    return line if len(line) <= 40 else f"{line[:39]}…"
