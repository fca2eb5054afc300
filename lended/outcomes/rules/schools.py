"""How a school is described where its name is not said."""

from __future__ import annotations

PHASES = {
    "nursery": "A nursery school",
    "primary": "A primary school",
    "middle_deemed_primary": "A middle school",
    "secondary": "A secondary school",
    "middle_deemed_secondary": "A middle school",
    "sixteen_plus": "A sixth form or college",
    "all_through": "An all-through school",
    "special": "A special school",
}
OF_ITS_KIND = "A school"
WITH_ARTICLE = ("North ", "South ", "East ", "West ")
"""Regions that people say with an article: in the North West."""


def described(phase: str, type_group: str, place: str) -> str:
    """Return a description that many schools share.

    Parameters
    ----------
    place
        A region or an authority; never a town.
    """
    kind = "A special school" if type_group == "special" else PHASES.get(phase, OF_ITS_KIND)
    article = "the " if place.startswith(WITH_ARTICLE) else ""
    return f"{kind} in {article}{place}" if place else kind
