"""What needs are about: teaching and learning, or a roof, a minibus, the payroll."""

from __future__ import annotations

from functools import cache

from lended import vocabularies
from matching import Code, CodeProposer, ScopeReader


def elsewhere(need: str) -> str:
    """Return the code of what a need is about instead of teaching and learning, or nothing."""
    return _reader().outside(need)


def elsewhere_words(code: str) -> str:
    """Say what a need is about instead, and who sees to that; nothing for no code."""
    if not code:
        return ""
    entry = vocabularies.entry("elsewhere", code)
    topic = f"{entry.label[:1].lower()}{entry.label[1:]}"
    return f"This sounds like {topic}. {entry.explanation}"


@cache
def proposer() -> CodeProposer:
    """Return what proposes need codes; it depends on the vocabulary only."""
    return CodeProposer().fit(_codes("need"))


@cache
def _reader() -> ScopeReader:
    return ScopeReader().fit([*_codes("need"), *_codes("lesson_topic")], _codes("elsewhere"))


def _codes(name: str) -> list[Code]:
    entries = (vocabularies.entry(name, code) for code in vocabularies.codes(name))
    return [Code(each.code, each.label, each.words) for each in entries]
