"""A paper as a PDF: every word can be read again, whatever was typed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lended.web.paper import Document, Section, as_pdf, spelled
from tests.pdf_words import words_of

NOTE = "Some signs are not in the letters of this paper."


def written(*points: tuple[str, str], heading: str = "In the box") -> list[str]:
    """Return the words of each page of a paper with these points."""
    return words_of(as_pdf(Document("Loan pack", "LN-2001", (Section(heading, points),))))


@pytest.mark.parametrize(
    "words",
    [
        "Ysgol y Dŵr, Tŷ Gwyn",
        "Łukasz Wałęsa, Łódź",
        "“Curly” and ‘single’ quotes, the supplier’s",
        "8–4, then — perhaps — £5, €6, ½ × 24",
        "Sofía Núñez, Zoë, François, Ağaoğlu",
        r"(brackets) and \ a slash, 100 % ) (",
        "Rack {nb}, shelf {0}, %s",
    ],
)
def test_what_is_typed_here_can_be_read_again(words: str) -> None:
    (page,) = written(("Deputy", words))
    assert words in page
    assert NOTE not in page


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("All good 😀", "All good [grinning face]"),
        ("Erdős", "Erdos"),
        ("n\N{COMBINING MACRON}ame", "name"),
        ("9″ tablets", '9" tablets'),
        ("Kit → office", "Kit -> office"),
        ("All there ✓", "All there [check mark]"),
        ("\N{GREEK SMALL LETTER ALPHA}", "[greek small letter alpha]"),
        ("\ud800", "[unknown sign]"),
    ],
)
def test_a_sign_without_a_shape_is_named_and_the_paper_says_so(words: str, instead: str) -> None:
    known = frozenset(map(ord, written(("", ALPHABET))[0]))
    assert spelled(words, known) == instead
    if words.isprintable():
        (page,) = written(("In words", words))
        assert instead in page
        assert NOTE in page


ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 "-[]>'


def test_joiners_and_marks_are_left_out_without_a_word() -> None:
    (page,) = written(
        ("In words", "soft\u00adhyphen, no\u00a0break, e\u0301\u200b, non\u2011break")
    )
    assert "softhyphen, no break, é, non-break" in page
    assert NOTE not in page


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=60), st.text(max_size=40))
def test_whatever_is_typed_makes_a_paper(label: str, words: str) -> None:
    pages = written((label, words), ("Last", "is still here"))
    assert "is still here" in pages[-1]


def test_a_long_list_goes_on_over_the_page_and_keeps_labels_beside_their_words() -> None:
    items = [(f"Kit {number}", f"{number} × tiles, " + "dice, " * 30) for number in range(60)]
    pages = written(*items)
    assert len(pages) > 1
    for number, _ in enumerate(items):
        assert any(f"Kit {number}\n{number} × tiles" in page for page in pages), (
            f"kit {number} is parted from what is in it"
        )
    for number, page in enumerate(pages, start=1):
        assert f"Loan pack, page {number} of {len(pages)}" in page


def test_no_heading_stands_alone_at_the_foot() -> None:
    for lines in range(36, 46):
        first = Section("First", tuple(("", f"Line {number}") for number in range(lines)))
        second = Section("Second", (("Label", "Its words"),))
        pages = words_of(as_pdf(Document("Loan pack", "LN-2001", (first, second))))
        assert any("Second\nLabel\nIts words" in page for page in pages)


def test_it_says_its_title_and_its_language() -> None:
    pdf = as_pdf(Document("Loan pack", "LN-2001", ()))
    assert b"/Lang (en-GB)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    title = "Loan pack".encode("utf-16-be")
    assert b"/Title (Loan pack)" in pdf or title in pdf


def test_its_digest_changes_with_a_word() -> None:
    one, other = (Document("Loan pack", about, ()) for about in ("LN-2001", "LN-2002"))
    assert one.digest != other.digest
    assert one.digest in words_of(as_pdf(one))[0]
