"""What the moves of a loan say, to whom, until it begins."""

from __future__ import annotations

from lended.loans.rules import State
from lended.notices.rules.telling import LEADS, RESPONSIBLE, SUPPLIER, TEACHER, Telling

UNTIL_IT_BEGINS: dict[str, tuple[Telling, ...]] = {
    "submit_for_signoff": (
        Telling(
            TEACHER,
            "You asked for a trial of {product} on {on}",
            "{school} looks at it first. You will hear from us when somebody has answered.",
            receipt=True,
        ),
        Telling(
            LEADS,
            "{who} asks you to sign off a trial of {product}",
            "Asked on {on}. Please answer within five working days; it is held until then.",
            "Read and answer",
            asks_in=frozenset({State.SCHOOL_SIGNOFF}),
        ),
    ),
    "submit": (
        Telling(
            TEACHER,
            "You asked for a trial of {product} on {on}",
            "{supplier} has your request and five working days to answer.",
            receipt=True,
        ),
        Telling(
            SUPPLIER,
            "{who} at {school} asks to try {product}",
            "Asked on {on}. Please answer within five working days; it is held until then.",
            "Read and answer",
            asks_in=frozenset({State.REQUESTED}),
        ),
    ),
    "sign_off": (
        Telling(
            TEACHER,
            "{who} signed off your trial of {product} on {on}",
            "{supplier} has your request and five working days to answer.",
        ),
        Telling(
            SUPPLIER,
            "{school} asks to try {product}",
            "The school signed the request off on {on}. Please answer within five working days; "
            "it is held until then.",
            "Read and answer",
            asks_in=frozenset({State.REQUESTED}),
        ),
    ),
    "refuse_signoff": (
        Telling(
            TEACHER,
            "{who} did not sign off your trial of {product}",
            "Answered on {on}. Nothing has gone to {supplier}.",
        ),
    ),
    "approve": (
        Telling(
            TEACHER,
            "{supplier} said yes to {product} on {on}",
            "Next, the person responsible at your school reads the terms and agrees.",
            dated=True,
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} said yes to {product} on {on}",
            "Please read the terms, say where it goes, and agree.",
            "Read and agree",
            asks_in=frozenset({State.APPROVED}),
            dated=True,
        ),
    ),
    "propose_dates": (
        Telling(
            TEACHER,
            "{supplier} offers {product} on other dates",
            "Offered on {on} and held for you for two working days. Do the dates suit you?",
            "See the dates",
            asks_in=frozenset({State.OFFERED}),
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} offers {product} on other dates",
            "Offered on {on}. The teacher says whether the dates suit.",
            urgent=False,
        ),
    ),
    "decline": (
        Telling(
            TEACHER,
            "{supplier} said no to {product} on {on}",
            "Your need is kept, with what else you might consider.",
            "See why",
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} said no to {product} on {on}",
            "There is nothing for you to do.",
            urgent=False,
        ),
    ),
    "accept_dates": (
        Telling(
            TEACHER,
            "You took the dates {supplier} offered for {product}",
            "Next, the person responsible at your school reads the terms and agrees.",
            receipt=True,
            dated=True,
        ),
        Telling(
            RESPONSIBLE,
            "{product} comes from {supplier} on other dates",
            "{who} took them on {on}. Please read the terms, say where it goes, and agree.",
            "Read and agree",
            asks_in=frozenset({State.APPROVED}),
            dated=True,
        ),
        Telling(
            SUPPLIER,
            "{who} at {school} took the dates you offered for {product}",
            "Accepted on {on}. You will hear when the school has agreed to the terms.",
            dated=True,
        ),
    ),
    "complete_paperwork": (
        Telling(
            SUPPLIER,
            "{school} agreed to the terms for {product}",
            "Agreed on {on}. Please get it ready.",
            "See what to prepare",
            asks_in=frozenset({State.PREPARING}),
        ),
    ),
    "dispatch": (
        Telling(
            TEACHER,
            "{supplier} sent {product} on {on}",
            "When it is there, check what is inside and confirm. That starts the trial.",
            "Confirm when it is there",
            asks_in=frozenset({State.DISPATCHED}),
            dated=True,
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} sent {product} on {on}",
            "Please look out for it.",
            dated=True,
        ),
    ),
    "issue": (
        Telling(
            TEACHER,
            "{supplier} gave you access to {product} on {on}",
            "How to sign in is on the loan’s page. The trial begins when you start.",
            "See how to start",
            asks_in=frozenset({State.ISSUED, State.ACTIVE}),
            dated=True,
        ),
    ),
    "cancel": (
        Telling(
            TEACHER,
            "{who} cancelled your trial of {product}",
            "Cancelled on {on}. Your need is kept.",
            dated=True,
        ),
        Telling(
            RESPONSIBLE,
            "{who} cancelled the trial of {product}",
            "Cancelled on {on}. There is nothing for you to do.",
            dated=True,
        ),
        Telling(
            SUPPLIER,
            "The trial of {product} at {school} is cancelled",
            "{who} cancelled it on {on}. There is nothing for you to send.",
            dated=True,
        ),
    ),
}
