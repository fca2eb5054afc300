"""What the moves of a loan say, to whom, from the day it begins until it is over."""

from __future__ import annotations

from lended.loans.rules import State
from lended.notices.rules.telling import RESPONSIBLE, STAFF, SUPPLIER, TEACHER, Telling

DELETED = (
    Telling(
        RESPONSIBLE,
        "{supplier} confirmed what was deleted after the trial of {product}",
        "Confirmed on {on}. Please keep the certificate with your records.",
    ),
)

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
    "ask_extension": (
        Telling(
            SUPPLIER,
            "{school} would like to keep {product} longer",
            "{who} asked on {on}. When nobody waits for it, it is theirs already; otherwise please "
            "answer.",
            "Read and answer",
            asks_in=frozenset({State.ACTIVE, State.OVERDUE}),
        ),
    ),
    "extend": (
        Telling(
            TEACHER,
            "You can keep {product} longer",
            "Agreed on {on}. The loan’s page shows your new last day.",
            dated=True,
        ),
        Telling(
            RESPONSIBLE,
            "{product} stays at your school longer",
            "Agreed on {on}. The loan’s page shows the new last day.",
            urgent=False,
            dated=True,
        ),
    ),
    "decline_extension": (
        Telling(
            TEACHER,
            "{supplier} needs {product} back on its day",
            "Answered on {on}. Please plan to send it back on the day that was agreed.",
            "See why",
        ),
    ),
    "ask_price": (
        Telling(
            SUPPLIER,
            "{school} asks what {product} costs",
            "{who} asked on {on}, after trying it. Nothing is ordered by this.",
            "Read and answer",
        ),
    ),
    "answer_price": (
        Telling(
            TEACHER,
            "{supplier} answered what {product} costs",
            "Answered on {on}.",
            "Read the answer",
            urgent=False,
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} answered what {product} costs",
            "Answered on {on}.",
            "Read the answer",
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
    "pass_inspection_for_deletion": (
        Telling(
            TEACHER,
            "{supplier} has checked what you sent back of {product}",
            "Checked on {on}. They delete your data next, and confirm it.",
            urgent=False,
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} has checked what came back of {product}",
            "Checked on {on}. They confirm next what was deleted.",
            urgent=False,
        ),
        Telling(
            SUPPLIER,
            "{who} checked what came back of {product} from {school}",
            "Checked on {on}. Please delete what is to be deleted, and confirm.",
            "Confirm deletion",
            asks_in=frozenset({State.ACCESS_ENDED}),
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
    "confirm_deletion": DELETED,
    "confirm_deletion_after_loss": DELETED,
    "mark_deletion_late": (
        Telling(
            SUPPLIER,
            "Data from the trial of {product} at {school} should be deleted by now",
            "Its product’s page says so until you confirm the deletion. From 45 days after the "
            "trial on, nobody can begin a new one with you.",
            "Confirm deletion",
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} has not confirmed the deletion after your trial of {product}",
            "It was marked as late on {on}. {supplier} has been told, and its product’s page says "
            "so.",
        ),
        Telling(
            STAFF,
            "{supplier} is late with a deletion",
            "Marked on {on}. It is about the trial of {product} at {school}.",
        ),
    ),
}
