"""Words that say little: some are not matched at all, most are weighed down in a need.

Little words are weighed down and not thrown away, because between "how to join" and "who may join"
they are all the difference. The lists are in ``words/``; apostrophes are gone from them, as they
are from the words they are held against: "don't" is "dont".
"""

from pathlib import Path


def _words(name: str) -> frozenset[str]:
    listed = Path(__file__).with_name("words") / f"{name}.txt"
    return frozenset(listed.read_text(encoding="utf-8").split())


STOP_WORDS = _words("stop")
"""Never matched, in needs or in documents."""

LITTLE_WORDS = _words("little")
"""What is said around any word: matched, but weighed down."""

FILLER_WORDS = _words("teachers")
"""What teachers say around any need: weighed down, and never enough by itself for a match."""
