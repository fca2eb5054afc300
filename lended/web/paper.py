"""Papers to be filed: PDFs in the look of the house, with its own letters embedded."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from fontTools.ttLib import TTFont
from fpdf import FPDF, FontFace

FONTS = Path(__file__).parents[1] / "static" / "fonts"
TEXT, MORE = "atkinson-hyperlegible-next", "atkinson-hyperlegible-next-more"
MARGIN_MM = 22
LINE_MM = 6.4
INK, SOFT = (31, 33, 38), (92, 96, 105)


@cache
def font_file(name: str) -> Path:
    """Return a web font as the TrueType file a PDF embeds; made once for each process."""
    made = Path(mkdtemp(prefix="lended-font-")) / f"{name}.ttf"
    font = TTFont(FONTS / f"{name}.woff2")
    font.flavor = None
    font.save(made)
    return made


class Paper:
    """One paper, written from top to bottom.

    Letters that the house's font lacks are taken from its second part, and shown as a box where
    that lacks them too; none makes the writing fail.
    """

    def __init__(self, title: str, under: str) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_margins(MARGIN_MM, MARGIN_MM)
        self._pdf.set_title(title)
        self._pdf.set_lang("en-GB")
        self._pdf.add_font("text", fname=font_file(TEXT))
        self._pdf.add_font("more", fname=font_file(MORE))
        self._pdf.set_fallback_fonts(["more"])
        self._pdf.add_page()
        self._write("LendED", 11, SOFT)
        self._write(title, 24, INK)
        self._write(under, 13, SOFT)
        self._pdf.ln(LINE_MM)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Write labels and what stands beside each."""
        self._pdf.set_font("text", size=12)
        self._pdf.set_text_color(*INK)
        soft = FontFace(color=SOFT)
        with self._pdf.table(
            col_widths=(30, 70),
            borders_layout="HORIZONTAL_LINES",
            first_row_as_headings=False,
            line_height=LINE_MM,
            padding=1.5,
            text_align="LEFT",
        ) as table:
            for label, words in facts:
                row = table.row()
                row.cell(label, style=soft)
                row.cell(words)
        self._pdf.ln(LINE_MM)

    def words(self, words: str) -> None:
        """Write a paragraph."""
        self._write(words, 12, INK)
        self._pdf.ln(LINE_MM / 2)

    def small(self, words: str) -> None:
        """Write what is looked at only when in doubt."""
        self._write(words, 9, SOFT)

    def written(self) -> bytes:
        """Return the finished paper."""
        return bytes(self._pdf.output())

    def _write(self, words: str, size: int, color: tuple[int, int, int]) -> None:
        self._pdf.set_font("text", size=size)
        self._pdf.set_text_color(*color)
        self._pdf.multi_cell(0, size * 0.5, words, new_x="LMARGIN", new_y="NEXT", align="LEFT")
