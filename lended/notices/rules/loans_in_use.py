"""What the moves of a loan say, to whom, from the day it begins until it is over."""

from __future__ import annotations

from lended.loans.rules import State
from lended.notices.rules.telling import RESPONSIBLE, SUPPLIER, TEACHER, Telling

ONCE_IT_HAS_BEGUN: dict[str, tuple[Telling, ...]] = {
    "confirm_receipt": (
        Telling(
            SUPPLIER,
            "{product} has arrived at {school}",
            "{who} confirmed it on {on}.",
            urgent=False,
        ),
    ),
    "start": (
        Telling(
            SUPPLIER,
            "{school} has begun to use {product}",
            "Begun on {on}.",
            urgent=False,
        ),
    ),
    "book_return": (
        Telling(
            SUPPLIER,
            "{school} sends {product} back",
            "{who} said so on {on}. Please say when it is with you.",
            asks_in=frozenset({State.RETURNING}),
        ),
    ),
    "take_back": (
        Telling(
            TEACHER,
            "{supplier} has {product} back",
            "Received on {on}. They check what is inside next.",
            urgent=False,
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} has {product} back",
            "Received on {on}. They check what is inside next.",
            urgent=False,
        ),
    ),
    "pass_inspection": (
        Telling(
            TEACHER,
            "Your loan of {product} is complete",
            "{supplier} checked what came back on {on}.",
            urgent=False,
        ),
        Telling(
            RESPONSIBLE,
            "The loan of {product} is complete",
            "{supplier} checked what came back on {on}.",
            urgent=False,
        ),
    ),
    "end_access_early": (
        Telling(
            SUPPLIER,
            "{school} ended its trial of {product} early",
            "{who} ended it on {on}. Please delete what is to be deleted, and confirm.",
            "Confirm deletion",
            asks_in=frozenset({State.ACCESS_ENDED}),
        ),
    ),
    "end_access": (
        Telling(
            TEACHER,
            "Your trial of {product} has ended",
            "It ended on {on}. What happened? Telling takes about ten minutes.",
            "Say what happened",
        ),
        Telling(
            RESPONSIBLE,
            "The trial of {product} has ended",
            "It ended on {on}. {supplier} confirms next what was deleted.",
            urgent=False,
        ),
        Telling(
            SUPPLIER,
            "The trial of {product} at {school} has ended",
            "It ended on {on}. Please delete what is to be deleted, and confirm.",
            "Confirm deletion",
            asks_in=frozenset({State.ACCESS_ENDED}),
        ),
    ),
    "confirm_deletion": (
        Telling(
            RESPONSIBLE,
            "{supplier} confirmed what was deleted after the trial of {product}",
            "Confirmed on {on}. Please keep it with your records.",
        ),
    ),
}
