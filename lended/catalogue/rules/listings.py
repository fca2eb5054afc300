"""A listing's life: the states it can be in, the moves between them, and what it must say.

A new listing waits for staff before it is public. Later edits of a public one are public at once,
and so is one that is brought back, because staff have seen that product before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from lended.errors import Conflict, Invalid

DRAFT = "draft"
SUBMITTED = "submitted"
PUBLISHED = "published"
REFUSED = "refused"
WITHDRAWN = "withdrawn"

LOAN_WEEKS_LEAST = 1
LOAN_WEEKS_MOST = 52
MOST_WEBSITE = 400


@dataclass(frozen=True, slots=True)
class State:
    """How a listing stands, in words.

    Parameters
    ----------
    next_step
        What its supplier may do now.
    """

    label: str
    next_step: str


STATES: dict[str, State] = {
    DRAFT: State("Draft", "Finish it, then submit it. Nobody else sees it yet."),
    SUBMITTED: State("With LendED’s staff", "They read it before it is public. No need to wait."),
    PUBLISHED: State("Public", "Keep it true. What you change is public at once."),
    REFUSED: State("Sent back", "Change what staff ask for, then submit it again."),
    WITHDRAWN: State("Withdrawn", "Nobody finds it. Bring it back when you want to."),
}


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one state to another, and what is said when it is no longer possible."""

    from_states: frozenset[str]
    to_state: str
    refusal: str


MOVES: dict[str, Move] = {
    "submit": Move(
        frozenset({DRAFT, REFUSED}), SUBMITTED, "Only a draft, or what was sent back, is submitted."
    ),
    "take_back": Move(
        frozenset({SUBMITTED}), DRAFT, "It is no longer with LendED’s staff: they have answered."
    ),
    "publish": Move(
        frozenset({SUBMITTED}), PUBLISHED, "This listing no longer waits for an answer."
    ),
    "send_back": Move(
        frozenset({SUBMITTED}), REFUSED, "This listing no longer waits for an answer."
    ),
    "withdraw": Move(frozenset({PUBLISHED}), WITHDRAWN, "Only what is public can be withdrawn."),
    "bring_back": Move(
        frozenset({WITHDRAWN}), PUBLISHED, "Only what was withdrawn can be brought back."
    ),
}
SUPPLIER_MOVES = ("submit", "take_back", "withdraw", "bring_back")


@dataclass(frozen=True, slots=True)
class ListingWish:
    """What a supplier wants its listing to say.

    Parameters
    ----------
    facts
        Values by fact code; what is absent is not stated.
    seen
        Which version the supplier had before them, from `Product.version`; empty skips the check.
    """

    name: str
    summary: str = ""
    description: str = ""
    product_type: str = "other"
    stages: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    loan_weeks_most: int = 6
    website: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    seen: str = ""


NEEDED_TO_SUBMIT: dict[str, str] = {
    "name": "Write the product’s name.",
    "summary": "Say in one sentence what it is and for whom.",
    "description": "Describe it: what pupils and teachers do with it, and where it does not fit.",
    "stages": "Choose at least one stage it is made for.",
    "needs": "Choose at least one need it is meant for.",
}


def next_state(move: str, state: str) -> str:
    """Return the state a move leads to.

    Raises
    ------
    Conflict
        When the listing is in a state in which the move is not possible.
    """
    step = MOVES[move]
    if state not in step.from_states:
        raise Conflict(step.refusal)
    return step.to_state


def moves_from(state: str) -> tuple[str, ...]:
    """Return what a supplier may do with a listing in this state."""
    return tuple(move for move in SUPPLIER_MOVES if state in MOVES[move].from_states)


def demand_complete(wish: ListingWish) -> None:
    """Go on only with a listing that says what a teacher needs to decide.

    Raises
    ------
    Invalid
        With a sentence for each field that is empty.
    """
    problems = {name: words for name, words in NEEDED_TO_SUBMIT.items() if not getattr(wish, name)}
    if problems:
        raise Invalid(problems=problems)


def website_problem(address: str) -> str:
    """Return what is wrong with a supplier's web address, or nothing.

    LendED shows the address and never fetches it.
    """
    if not address:
        return ""
    advice = "Write the whole address, beginning with https://."
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return advice
    if parts.scheme != "https" or "." not in host or any(letter.isspace() for letter in address):
        return advice
    if parts.username or parts.password:
        return "Leave out the name and password before the @."
    return "" if len(address) <= MOST_WEBSITE else f"Use at most {MOST_WEBSITE} characters."
