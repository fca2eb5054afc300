"""What is said on a waiting list, to whom, and of what ends because nobody acted in time."""

from __future__ import annotations

from lended.loans.rules import State
from lended.notices.rules.telling import (
    LEADS,
    RESPONSIBLE,
    STAFF,
    SUPPLIER,
    TEACHER,
    Telling,
)

WHILE_WAITING: dict[str, tuple[Telling, ...]] = {
    "join_queue": (
        Telling(
            TEACHER,
            "You are on the waiting list for {product}",
            "Joined on {on}. The loan’s page shows your place. When dates inside your time are "
            "free, they are offered to you and held for two working days.",
            "See your place",
            urgent=False,
            receipt=True,
        ),
    ),
    "offer_place": (
        Telling(
            TEACHER,
            "{product} is free: dates are held for you",
            "Offered from the waiting list on {on}, and held for you for two working days. Do the "
            "dates suit you?",
            "See the dates",
            asks_in=frozenset({State.OFFERED}),
        ),
        Telling(
            RESPONSIBLE,
            "Dates for {product} are held for a teacher at your school",
            "Offered from the waiting list on {on}. The teacher says whether they suit.",
            urgent=False,
        ),
    ),
    "take_place": (
        Telling(
            SUPPLIER,
            "{who} at {school} asks to try {product}",
            "Asked on {on}, from the waiting list. Please answer within five working days; it is "
            "held until then.",
            "Read and answer",
            asks_in=frozenset({State.REQUESTED}),
        ),
    ),
    "take_place_for_signoff": (
        Telling(
            LEADS,
            "{who} asks you to sign off a trial of {product}",
            "Asked on {on}, from the waiting list. Please answer within five working days; it is "
            "held until then.",
            "Read and answer",
            asks_in=frozenset({State.SCHOOL_SIGNOFF}),
        ),
    ),
    "step_back": (
        Telling(
            TEACHER,
            "The dates offered for {product} went to the next in line",
            "They were not taken in time. You are still on the waiting list, one place further "
            "back. Dates let go a second time end the waiting.",
            "See your place",
        ),
    ),
    "let_lapse": (
        Telling(
            TEACHER,
            "The dates offered for {product} were not taken",
            "They were held until they lapsed, and have gone to others. Your need is kept, with "
            "what else you might consider.",
            "See what else may help",
        ),
        Telling(
            SUPPLIER,
            "{school} did not take the dates you offered for {product}",
            "They lapsed on {on}. There is nothing for you to do.",
            urgent=False,
        ),
    ),
    "window_past": (
        Telling(
            TEACHER,
            "{product} did not become free in your time",
            "Your waiting ended on {on}. Your need is kept, with what else you might consider.",
            "See what else may help",
        ),
    ),
    "expire": (
        Telling(
            TEACHER,
            "Your request to try {product} was not answered in time",
            "It ended on {on}, and nothing is held for you any more. Your need is kept, with what "
            "else you might consider.",
            "See what else may help",
        ),
        Telling(
            SUPPLIER,
            "The request of {school} to try {product} has ended",
            "It was not answered within five working days and ended on {on}.",
        ),
        Telling(
            STAFF,
            "A request to try {product} was not answered in time",
            "It ended on {on}. {school} asked for it, and {supplier} lends it.",
            "",
            urgent=False,
        ),
    ),
}
"""What these moves say, to whom."""
