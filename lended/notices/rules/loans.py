"""What the moves of a loan say, to whom."""

from __future__ import annotations

from dataclasses import dataclass

TEACHER, RESPONSIBLE, LEADS, SUPPLIER = "teacher", "responsible", "leads", "supplier"
STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Telling:
    """What one side of a loan is told about a move.

    ``title`` and ``words`` may name ``{who}`` (who made the move), ``{product}``, ``{school}``,
    ``{supplier}`` and ``{on}`` (the day).

    Parameters
    ----------
    to
        Which side; the responsible person stands for the school's leads where none is named.
    receipt
        Whether it is also told to who made the move.
    """

    to: str
    title: str
    words: str
    action: str = "See the loan"
    urgent: bool = True
    receipt: bool = False


TELLINGS: dict[str, tuple[Telling, ...]] = {
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
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} said yes to {product} on {on}",
            "Please read the terms, say where it goes, and agree.",
            "Read and agree",
        ),
    ),
    "propose_dates": (
        Telling(
            TEACHER,
            "{supplier} offers {product} on other dates",
            "Offered on {on} and held for you for two working days. Do the dates suit you?",
            "See the dates",
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
            SUPPLIER,
            "{who} at {school} took the dates you offered for {product}",
            "Accepted on {on}. You will hear when the school has agreed to the terms.",
        ),
    ),
    "complete_paperwork": (
        Telling(
            SUPPLIER,
            "{school} agreed to the terms for {product}",
            "Agreed on {on}. Please get it ready.",
            "See what to prepare",
        ),
    ),
    "dispatch": (
        Telling(
            TEACHER,
            "{supplier} sent {product} on {on}",
            "When it is there, check what is inside and confirm. That starts the trial.",
            "Confirm when it is there",
        ),
        Telling(
            RESPONSIBLE,
            "{supplier} sent {product} on {on}",
            "Please look out for it.",
        ),
    ),
    "issue": (
        Telling(
            TEACHER,
            "{supplier} gave you access to {product} on {on}",
            "How to sign in is on the loan’s page. The trial begins when you start.",
            "See how to start",
        ),
    ),
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
    "cancel": (
        Telling(
            TEACHER,
            "{who} cancelled your trial of {product}",
            "Cancelled on {on}. Your need is kept.",
        ),
        Telling(
            RESPONSIBLE,
            "{who} cancelled the trial of {product}",
            "Cancelled on {on}. There is nothing for you to do.",
        ),
        Telling(
            SUPPLIER,
            "{school} cancelled its trial of {product}",
            "Cancelled on {on}. There is nothing for you to send.",
        ),
    ),
    "ask_extension": (
        Telling(
            SUPPLIER,
            "{school} would like to keep {product} longer",
            "{who} asked on {on}. When nobody waits for it, it is theirs already; otherwise please "
            "answer.",
            "Read and answer",
        ),
    ),
    "extend": (
        Telling(
            TEACHER,
            "You can keep {product} longer",
            "Agreed on {on}. The loan’s page shows your new last day.",
        ),
        Telling(
            RESPONSIBLE,
            "{product} stays at your school longer",
            "Agreed on {on}. The loan’s page shows the new last day.",
            urgent=False,
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
        ),
    ),
    "confirm_deletion": (
        Telling(
            RESPONSIBLE,
            "{supplier} confirmed what was deleted after the trial of {product}",
            "Confirmed on {on}. Please keep the certificate with your records.",
        ),
    ),
}
"""What each move of a loan says, to whom; the notice column of the lending design."""
