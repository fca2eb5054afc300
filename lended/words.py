"""Cleaning of what people write, in forms, addresses and sheets, before anything else looks at it.

References
----------
Unicode Standard Annex 15 (normalisation) and Technical Report 36 (invisible characters).
"""

from __future__ import annotations

import unicodedata

KEPT_CONTROLS = frozenset("\n\t")
JOINERS = frozenset("\u200c\u200d")
"""Zero-width joiners hold emoji and some scripts together; kept only between two characters."""


def clean_words(text: str | None) -> str:
    """Return text in NFC, without invisible marks, control characters and outer space."""
    if not text:
        return ""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    visible = plain if plain.isprintable() else "".join(filter(_shows, plain))
    return visible.strip().strip("".join(JOINERS)).strip()


def clean_line(text: str | None) -> str:
    """Return `clean_words` on one line, runs of space made one."""
    return " ".join(clean_words(text).split())


def _shows(letter: str) -> bool:
    if letter in KEPT_CONTROLS or letter in JOINERS:
        return True
    return unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Co", "Cn"}
