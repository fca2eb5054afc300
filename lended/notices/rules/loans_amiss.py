"""What the moves of a loan say, to whom, when something does not go as it should."""

from __future__ import annotations

from lended.loans.rules import State
from lended.notices.rules.telling import LEADS, RESPONSIBLE, SUPPLIER, TEACHER, Telling

FOUND_AMISS = (
    Telling(
        TEACHER,
        "{supplier} found something to settle after your loan of {product}",
        "Checked on {on}. You can read what it is, and say how you see it.",
        "Read and answer",
    ),
    Telling(
        RESPONSIBLE,
        "{supplier} found something to settle after the loan of {product}",
        "Checked on {on}. Please read it, and agree or say how you see it, within five "
        "working days.",
        "Read and answer",
    ),
)
"""What its school hears of a check that found something to settle."""

WHEN_AMISS: dict[str, tuple[Telling, ...]] = {
    "send_again": (
        Telling(
            TEACHER,
            "{supplier} sent {product} again on {on}",
            "It did not arrive the first time. When it is there, check what is inside and confirm.",
            "Confirm when it is there",
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} sent {product} again on {on}",
            "It did not arrive the first time. Please look out for it.",
        ),
    ),
    "fail_delivery": (
        Telling(
            TEACHER,
            "{product} could not be delivered",
            "{supplier} gave the delivery up on {on}. Your need is kept.",
            dated=True,
        ),
        Telling(
            RESPONSIBLE,
            "{product} could not be delivered",
            "{supplier} gave the delivery up on {on}. There is nothing for you to send back.",
            dated=True,
        ),
        Telling(
            SUPPLIER,
            "{who} gave up the delivery of {product} to {school}",
            "Given up on {on}. When it is back, say on the loan’s page whether it is ready.",
            urgent=False,
        ),
    ),
    "miss": (
        Telling(
            TEACHER,
            "Your trial of {product} was not taken up",
            "It was not under way in time, and on {on} it became free for others. Your need is "
            "kept.",
            dated=True,
        ),
        Telling(
            RESPONSIBLE,
            "The trial of {product} was not taken up",
            "It was not under way in time, and on {on} it became free for others. There is nothing "
            "for you to do.",
            urgent=False,
            dated=True,
        ),
        Telling(
            SUPPLIER,
            "The trial of {product} at {school} was not taken up",
            "It was not under way in time, and on {on} it became free for others.",
        ),
    ),
    "become_overdue": (
        Telling(
            TEACHER,
            "{product} was to go back to {supplier}",
            "Its last day is past. Please send it today, or say how things stand; others may be "
            "waiting.",
            "Send it back",
        ),
        Telling(
            RESPONSIBLE,
            "{product} was to go back to {supplier}",
            "Its last day is past. Please see that it is sent; others may be waiting.",
            "Send it back",
        ),
    ),
    "take_back_part": (
        Telling(
            TEACHER,
            "{supplier} has a part of {product} back",
            "Received on {on}. The loan’s page says what is still to come.",
            "See what is missing",
            urgent=False,
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} has a part of {product} back",
            "Received on {on}. The loan’s page says what is still to come.",
            "See what is missing",
            urgent=False,
        ),
    ),
    "close_with_incident": (
        *FOUND_AMISS,
        Telling(
            SUPPLIER,
            "{who} found something to settle with {school} about {product}",
            "Checked on {on}. The school has five working days to answer.",
            urgent=False,
        ),
    ),
    "find_incident_for_deletion": (
        *FOUND_AMISS,
        Telling(
            SUPPLIER,
            "{who} found something to settle with {school} about {product}",
            "Checked on {on}. The school has five working days to answer. Please delete what is to "
            "be deleted, and confirm.",
            "Confirm deletion",
            asks_in=frozenset({State.ACCESS_ENDED}),
        ),
    ),
    "report_lost": (
        Telling(
            RESPONSIBLE,
            "{who} reported that {product} is lost",
            "Reported on {on}. Both sides can say on the loan’s page what happened.",
        ),
        Telling(
            LEADS,
            "{who} reported that {product} is lost",
            "Reported on {on}. Both sides can say on the loan’s page what happened.",
        ),
        Telling(
            SUPPLIER,
            "{who} reported that {product} is lost",
            "Lent to {school}, reported on {on}. There is one fewer to lend; what was promised to "
            "others was looked at again. Where seats went with it, the loan’s page says by when "
            "their data is to be deleted.",
        ),
        Telling(
            TEACHER,
            "{who} reported that {product} is lost",
            "Reported on {on}. Both sides can say on the loan’s page what happened.",
            urgent=False,
        ),
    ),
}
