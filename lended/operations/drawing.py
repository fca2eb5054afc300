"""The machine of a loan, drawn from the code's own table for ``docs/lending.md``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from lended.loans.policy import PERMISSIONS, Party
from lended.loans.rules import FINAL, HOLDING, MOVES, State

PAGE = Path("docs") / "lending.md"
PARTY_WORDS: dict[Party, str] = {
    Party.TEACHER: "teacher",
    Party.RESPONSIBLE: "responsible person",
    Party.LEAD: "school lead",
    Party.SUPPLIER: "supplier",
    Party.STAFF: "staff",
}
THE_CLOCK = "the clock"


def drawn_anew(page: str) -> str:
    """Return a page with the drawing and the two tables as the code has them now.

    Each stands between ``<!-- name -->`` and ``<!-- end -->``.

    Raises
    ------
    ValueError
        When the page lacks one of the places.
    """
    for name, text in {"machine": diagram(), "states": states(), "moves": moves()}.items():
        place = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        page, count = place.subn(partial(_between, text), page)
        if count != 1:
            raise ValueError(f"the page has {count} places for the {name}")
    return page


def _between(text: str, place: re.Match[str]) -> str:
    return place[1] + text + place[2]


def diagram() -> str:
    """Return the states and the moves between them as a Mermaid diagram."""
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    lines += [
        f"    {source} --> {target}: {', '.join(names)}"
        for (source, target), names in sorted(_ways().items())
    ]
    lines += [f"    {state} --> [*]" for state in sorted(FINAL)]
    return "\n".join([*lines, "```", ""])


def states() -> str:
    """Return a table of the states: whether they hold stock, and whether they are final."""
    rows = [
        f"| {state} | {'holds' if state in HOLDING else ''} | {'final' if state in FINAL else ''} |"
        for state in State
    ]
    return "\n".join(["| state | stock | |", "|---|---|---|", *rows, ""])


def moves() -> str:
    """Return a table of the moves: the design's number, from where to where, and by whom."""
    rows = [
        f"| {move.number} | `{name}` | {_listed(move.sources)} | {move.target or 'stays'} "
        f"| {_by(name)} |"
        for name, move in MOVES.items()
    ]
    return "\n".join(["| # | move | from | to | by |", "|---|---|---|---|---|", *rows, ""])


def _ways() -> dict[tuple[str, str], list[str]]:
    """Return for each pair of states the moves that lead from one to the other."""
    ways: dict[tuple[str, str], list[str]] = {}
    for name, move in MOVES.items():
        for source in sorted(move.sources):
            if move.target and move.target != source:
                ways.setdefault((source, move.target), []).append(name)
    return ways


def _listed(sources: Iterable[State]) -> str:
    return ", ".join(state for state in State if state in frozenset(sources))


def _by(name: str) -> str:
    parties = PERMISSIONS[name].parties
    return ", ".join(PARTY_WORDS[party] for party in Party if party in parties) or THE_CLOCK
