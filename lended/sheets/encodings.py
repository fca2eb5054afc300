"""Telling how a file is written: UTF-8, or else Windows-1252 as older office programs write it.

ISO 8859-1 is never guessed: it would read every file, and turn Windows' curly apostrophes into
invisible control characters.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from lended.sheets.errors import SheetError

UTF_8 = "UTF-8"
WINDOWS_1252 = "Windows-1252"
CODECS = {UTF_8: "utf-8-sig", WINDOWS_1252: "cp1252"}

PORTION = 1 << 20
STRAY = re.compile("[\udc80-\udcff]")
BEYOND_ASCII = re.compile("[^\x00-\x7f]")
UNUSED_IN_WINDOWS_1252 = re.compile("[\udc81\udc8d\udc8f\udc90\udc9d]")

SAVE_AS = "Save it as “CSV UTF-8” and try again."
EMPTY = "The file is empty."
BINARY = f"This is not a text file: it holds zero bytes, as UTF-16 does too. {SAVE_AS}"
MARKS = (
    (b"PK\x03\x04", f"This is a spreadsheet or an archive, not a CSV file. {SAVE_AS}"),
    (b"\xd0\xcf\x11\xe0", f"This is an old Excel workbook, not a CSV file. {SAVE_AS}"),
    (b"\x1f\x8b", "This is a packed file. Unpack it and try again."),
    (b"%PDF", "This is a PDF, not a CSV file."),
    (codecs.BOM_UTF16_LE, f"The file is written in UTF-16. {SAVE_AS}"),
    (codecs.BOM_UTF16_BE, f"The file is written in UTF-16. {SAVE_AS}"),
)
"""How files begin that are often taken for CSV files."""


@dataclass(slots=True)
class Survey:
    """What one walk through a file found.

    Parameters
    ----------
    lines
        How many lines there are; more than there are rows when cells hold line breaks.
    letters, strays
        Letters beyond ASCII that are sound UTF-8, and bytes that are not.
    first_stray_line, first_unused_line
        Where the first stray byte is, and the first that Windows-1252 does not use either.
    """

    lines: int = 0
    letters: int = 0
    strays: int = 0
    first_stray_line: int = 0
    first_unused_line: int = 0

    def add(self, text: str) -> None:
        """Count a portion of text, decoded so that stray bytes show as lone surrogates."""
        if not text.isascii():
            self._count_letters(text)
        self.lines += _line_ends(text)

    def _count_letters(self, text: str) -> None:
        strays = len(STRAY.findall(text))
        self.letters += len(BEYOND_ASCII.findall(text)) - strays
        self.strays += strays
        self.first_stray_line = self.first_stray_line or self._line_of(STRAY, text)
        self.first_unused_line = self.first_unused_line or self._line_of(
            UNUSED_IN_WINDOWS_1252, text
        )

    def _line_of(self, pattern: re.Pattern[str], text: str) -> int:
        found = pattern.search(text)
        return self.lines + _line_ends(text[: found.start()]) + 1 if found else 0

    def encoding(self) -> str:
        """Name the encoding, by the majority of what is not plain ASCII.

        Raises
        ------
        SheetError
            When the file is UTF-8 with damage, or neither encoding explains it.
        """
        if not self.strays:
            return UTF_8
        if self.letters >= self.strays:
            raise SheetError(
                f"Line {self.first_stray_line:,} is not sound UTF-8, though the rest of the file "
                "is: it was damaged, or cut off in the middle of a letter. Fetch it again."
            )
        if self.first_unused_line:
            raise SheetError(
                f"Line {self.first_unused_line:,} is written neither in UTF-8 nor in "
                f"Windows-1252. {SAVE_AS}"
            )
        return WINDOWS_1252


def survey_file(path: Path) -> Survey:
    """Walk through a file in portions.

    Raises
    ------
    SheetError
        When there is no such file, it is empty or no text.
    """
    survey = Survey()
    decoder = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape")
    try:
        with path.open("rb") as file:
            _demand_text(file.peek(4))
            while portion := file.read(PORTION):
                if b"\0" in portion:
                    raise SheetError(BINARY)
                survey.add(decoder.decode(portion))
    except OSError as error:
        raise SheetError(f"{path} cannot be read: {error.strerror}.") from error
    survey.add(decoder.decode(b"", final=True))
    return survey


def _demand_text(start: bytes) -> None:
    if not start:
        raise SheetError(EMPTY)
    for mark, words in MARKS:
        if start.startswith(mark):
            raise SheetError(words)


def _line_ends(text: str) -> int:
    return max(text.count("\n"), text.count("\r"))
