"""Reads the words of a PDF as a reading program does: by the letters it says its glyphs are."""

from __future__ import annotations

import re
import zlib
from itertools import pairwise

OBJECT = re.compile(rb"(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
STREAM = re.compile(rb"stream\n(.*?)\nendstream", re.DOTALL)
FONT = re.compile(rb"/(F\d+) (\d+) 0 R")
LETTERS = re.compile(rb"/ToUnicode (\d+) 0 R")
LETTER = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n")
SHOWN = re.compile(rb"/(F\d+) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj|( Td )", re.DOTALL)
ESCAPE = re.compile(rb"\\.", re.DOTALL)
ESCAPED = {rb"\r": b"\r", rb"\n": b"\n", rb"\t": b"\t", rb"\b": b"\b", rb"\f": b"\f"}

Letters = dict[int, str]


def words_of(pdf: bytes) -> list[str]:
    """Return the words of each page, one line of text below the other."""
    objects = {int(number): body for number, body in OBJECT.findall(pdf)}
    fonts = _fonts(objects)
    return [_words(objects[number], fonts) for number in _contents(objects)]


def _contents(objects: dict[int, bytes]) -> list[int]:
    pages = (body for body in objects.values() if b"/Type /Page\n" in body)
    return [int(found[1]) for body in pages if (found := re.search(rb"/Contents (\d+) 0 R", body))]


def _fonts(objects: dict[int, bytes]) -> dict[bytes, Letters]:
    named = {name: int(number) for body in objects.values() for name, number in FONT.findall(body)}
    found = {name: LETTERS.search(objects[number]) for name, number in named.items()}
    return {name: _letters(objects[int(place[1])]) for name, place in found.items() if place}


def _letters(body: bytes) -> Letters:
    return {
        int(glyph, 16): bytes.fromhex(letter.decode()).decode("utf-16-be")
        for glyph, letter in LETTER.findall(body)
    }


def _words(body: bytes, fonts: dict[bytes, Letters]) -> str:
    """Return what a page shows; a new place on it begins a new line."""
    stream = STREAM.search(body)
    assert stream is not None
    letters: Letters = {}
    words = ""
    for font, shown, moved in SHOWN.findall(zlib.decompress(stream[1])):
        if font:
            letters = fonts[font]
        elif moved:
            words += "\n"
        else:
            words += "".join(letters[glyph] for glyph in _glyphs(shown))
    return words.strip()


def _glyphs(shown: bytes) -> list[int]:
    plain = ESCAPE.sub(lambda found: ESCAPED.get(found[0], found[0][1:]), shown)
    ends = range(0, len(plain) + 1, 2)
    return [int.from_bytes(plain[start:end]) for start, end in pairwise(ends)]
