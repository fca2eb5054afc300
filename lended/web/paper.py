"""Papers that are kept: what stands on one, and how it is written as a PDF.

The same content is shown as a page (``templates/loans/paper.html``), so that what is read on the
screen is what is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import mkdtemp
from unicodedata import category, name, normalize

from fontTools.ttLib import TTFont
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import XPos, YPos
from fpdf.fonts import TTFFont

FONTS = Path(__file__).parents[1] / "static" / "fonts"
INK, SOFT, RULING = (22, 33, 60), (85, 92, 110), (190, 196, 206)
MARGIN, LABEL_WIDTH, FOOT = 18, 46, 20
ROOM_FOR_A_SECTION = 22
"""Millimetres that must be left for a heading, so that none stands alone at the foot of a page."""
QUIET = {"\t": " ", "\r": "", "\N{NO-BREAK SPACE}": " ", "\N{NON-BREAKING HYPHEN}": "-"}
STAND_INS = {"\N{RIGHTWARDS ARROW}": "->", "\N{PRIME}": "'", "\N{DOUBLE PRIME}": '"'}
INVISIBLE = frozenset({"Cc", "Cf", "Sk"})
MARKS = frozenset({"Mn", "Me"})
SELECTORS = range(0xFE00, 0xFE10)
"""They choose between shapes of the sign before them, and have none of their own."""

PAGES_IN_ALL = "\x00"
"""Stands for the number of pages until it is known; nobody's words can hold it (`spelled`)."""

STOOD_IN = (
    "Some signs are not in the letters of this paper. They stand here as the nearest letters, or "
    "by their name in brackets; the page on LendED has them as they were written."
)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with points below it.

    Parameters
    ----------
    points
        Pairs of a label and words; without a label the words are a paragraph of their own.
    """

    heading: str
    points: tuple[tuple[str, str], ...]

    @property
    def runs(self) -> list[tuple[bool, list[tuple[str, str]]]]:
        """The points in their order: stretches with labels (True), and stretches without."""
        return [
            (labelled, list(points))
            for labelled, points in groupby(self.points, lambda point: bool(point[0]))
        ]


@dataclass(frozen=True, slots=True)
class Document:
    """What stands on a paper."""

    title: str
    about: str
    sections: tuple[Section, ...]

    @property
    def text(self) -> str:
        """All words of it, in order, line by line."""
        lines = [self.title, self.about]
        for section in self.sections:
            lines += [section.heading, *(f"{label}: {words}" for label, words in section.points)]
        return "\n".join(lines)

    @property
    def digest(self) -> str:
        """The fingerprint (SHA-256, hexadecimal) by which its words are known again."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def as_pdf(document: Document) -> bytes:
    """Write a document as a PDF, with the house's own fonts; never fails on what people type.

    References
    ----------
    ISO 32000-1 (PDF 1.7); fonts are embedded as subsets, so it reads the same everywhere.
    """
    sheet = _Sheet(document.title)
    sheet.head(document.title, document.about)
    for section in document.sections:
        sheet.section(section)
    sheet.small(f"Digest of these words (SHA-256): {document.digest}")
    if not sheet.has_letters_for(document.text):
        sheet.small(STOOD_IN)
    return bytes(sheet.output())


def spelled(words: str, known: Container[int]) -> str:
    """Return words in the letters there are: a sign without a shape is named, never dropped.

    Parameters
    ----------
    words
        What somebody wrote, in any script.
    known
        The code points that have a shape.

    Examples
    --------
    >>> spelled("Erdős ✓", {ord(letter) for letter in "Erdos []abcdefghijklmnopqrstuvwxyz"})
    'Erdos [check mark]'
    """
    return "".join(_spelled(letter, known) for letter in normalize("NFC", words))


def _spelled(letter: str, known: Container[int]) -> str:
    if letter == "\n" or ord(letter) in known:
        return letter
    nearest = "".join(part for part in normalize("NFKD", letter) if ord(part) in known)
    quiet = QUIET.get(letter, STAND_INS.get(letter, nearest))
    if quiet or _is_unseen(letter) or category(letter) in MARKS:
        return quiet
    return f"[{name(letter, 'unknown sign').lower()}]"


def _is_unseen(letter: str) -> bool:
    """Tell whether a sign only joins or shapes others, so that nobody misses it."""
    return letter in QUIET or category(letter) in INVISIBLE or ord(letter) in SELECTORS


@cache
def font_file(name: str) -> Path:
    """Return a web font as the TrueType file a PDF embeds; made once for each process."""
    made = Path(mkdtemp(prefix="lended-font-")) / f"{name}.ttf"
    font = TTFont(FONTS / f"{name}.woff2")
    font.flavor = None
    font.save(made)
    return made


class _Sheet(FPDF):
    """A4 in the house's look: a ruled head, headings in the display face, labels at the left."""

    def __init__(self, title: str) -> None:
        super().__init__(format="A4")
        self.set_margin(MARGIN)
        self.c_margin = 0
        self.set_auto_page_break(True, FOOT)
        self.set_lang("en-GB")
        self.set_title(title)
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_font("text", "", font_file("atkinson-hyperlegible-next"))
        self.add_font("more", "", font_file("atkinson-hyperlegible-next-more"))
        self.add_font("text", "B", font_file("bricolage-grotesque"))
        self.add_font("more", "B", font_file("bricolage-grotesque-more"))
        self.set_fallback_fonts(["more"])
        self.alias_nb_pages(PAGES_IN_ALL)
        self.known = {"": self._letters(""), "B": self._letters("B")}
        self.add_page()

    def footer(self) -> None:
        """Write at the foot of each page which of how many it is."""
        self.set_y(-FOOT + 6)
        self._ink("", 7.5, SOFT)
        self.cell(0, 4, f"LendED. {self.title}, page {self.page_no()} of {PAGES_IN_ALL}")

    def has_letters_for(self, words: str) -> bool:
        """Tell whether all that can be seen of the words has a shape."""
        known = self.known[""]
        return all(
            letter == "\n" or ord(letter) in known or _is_unseen(letter)
            for letter in normalize("NFC", words)
        )

    def head(self, title: str, about: str) -> None:
        """Write the title above a ruling."""
        self._lines(title, "B", 19, 8.5)
        self._lines(about, "", 10, 5, SOFT)
        self.ln(1.5)
        self.set_draw_color(*INK)
        self.set_line_width(0.7)
        self.line(MARGIN, self.y, self.w - MARGIN, self.y)
        self.ln(2.5)

    def section(self, section: Section) -> None:
        """Write a heading with its points."""
        if self.will_page_break(ROOM_FOR_A_SECTION):
            self.add_page()
        self.ln(2)
        self._lines(section.heading, "B", 12, 6.5)
        for label, words in section.points:
            self._point(label, words)
        self.ln(1.5)
        self.set_draw_color(*RULING)
        self.set_line_width(0.2)
        self.line(MARGIN, self.y, self.w - MARGIN, self.y)

    def small(self, words: str) -> None:
        """Write what stands at the foot."""
        self.ln(3)
        self._lines(words, "", 7.5, 4, SOFT)

    def _point(self, label: str, words: str) -> None:
        if not label:
            self._lines(words, "", 9.5, 4.7)
            self.ln(1)
            return
        if self.will_page_break(2 * 4.7):
            self.add_page()
        top, page = self.y, self.page
        self._ink("B", 9.5, SOFT)
        self.multi_cell(LABEL_WIDTH - 3, 4.7, self._safe(label, "B"), align="L",
                        new_x=XPos.LMARGIN, new_y=YPos.NEXT)  # fmt: skip
        below = self.y
        if self.page == page:
            self.set_y(top)
        self.set_left_margin(MARGIN + LABEL_WIDTH)
        self._lines(words, "", 9.5, 4.7)
        self.set_left_margin(MARGIN)
        self.set_xy(MARGIN, max(self.y, below) if self.page == page else self.y)

    def _lines(
        self,
        words: str,
        style: str,
        size: float,
        height: float,
        colour: tuple[int, int, int] = INK,
    ) -> None:
        self._ink(style, size, colour)
        self.set_x(self.l_margin)
        self.multi_cell(
            0, height, self._safe(words, style), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
        )

    def _ink(self, style: str, size: float, colour: tuple[int, int, int]) -> None:
        self.set_font("text", style, size)
        self.set_text_color(*colour)

    def _safe(self, words: str, style: str) -> str:
        """Return words in the letters of a style."""
        return spelled(words, self.known[style])

    def _letters(self, style: str) -> frozenset[int]:
        """Return every letter that a style, or what it falls back on, has a shape for."""
        fonts = (self.fonts[f"text{style}"], self.fonts[f"more{style}"])
        return frozenset(
            letter for font in fonts if isinstance(font, TTFFont) for letter in font.cmap
        )
