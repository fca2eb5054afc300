"""What tests of the index share: something learnt, without a database."""

from __future__ import annotations

from lended.needs.index.learning import Learnt
from matching import Document, Matcher

NEED = "My class is lost with fractions"


def learnt_of(*words: str, semantic: str = "off") -> Learnt:
    """Learn one product for each description; its slug is its number."""
    documents = [Document(f"p{number}", "", text) for number, text in enumerate(words)]
    return Learnt(
        Matcher(semantic=semantic).fit(documents), {each.key: "2026" for each in documents}
    )


def found(learnt: Learnt, need: str = NEED) -> list[str]:
    """Return the slugs a need finds."""
    return [match.key for match in learnt.matcher.rank(need)]
