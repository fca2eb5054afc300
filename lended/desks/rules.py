"""What a desk may tell about many schools at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lended.outcomes.rules.suppression import (
    FEWEST_SCHOOLS,
    FEWEST_TRUSTS,
    rounded,
    shown_parts,
)


@dataclass(frozen=True, slots=True)
class UnmetNeed:
    """A need that nothing fits: what it is about, and who has it, as far as counting goes.

    Parameters
    ----------
    about
        Codes of ``need_group``.
    trust
        The school's trust, or its authority; empty when neither is known.
    """

    about: Sequence[str]
    school_id: int
    trust: str


@dataclass(frozen=True, slots=True)
class Demand:
    """How many schools have needs that nothing fits, to the nearest five.

    Parameters
    ----------
    schools
        None when there are too few to tell.
    groups
        Pairs of a code of ``need_group`` and a number, the largest first; those with too few left
        out.
    """

    schools: int | None
    groups: tuple[tuple[str, int], ...]


def demand(needs: Iterable[UnmetNeed]) -> Demand:
    """Return what may be told of unmet needs: from five schools of two trusts or authorities."""
    schools: dict[str, set[int]] = defaultdict(set)
    trusts: dict[str, set[str]] = defaultdict(set)
    for need in needs:
        for about in ("", *need.about):
            schools[about].add(need.school_id)
            trusts[about] |= {need.trust} - {""}
    counts = {
        about: len(found) if len(trusts[about]) >= FEWEST_TRUSTS else 0
        for about, found in schools.items()
    }
    whole = counts.pop("", 0)
    if whole < FEWEST_SCHOOLS:
        return Demand(None, ())
    parts = shown_parts(counts, FEWEST_SCHOOLS)
    told = [(about, rounded(count)) for about, count in parts.items() if count is not None]
    return Demand(rounded(whole), tuple(sorted(told, key=lambda part: (-part[1], part[0]))))
