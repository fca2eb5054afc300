"""What the moves of a loan say, to whom."""

from __future__ import annotations

from dataclasses import dataclass

TEACHER, RESPONSIBLE, LEADS, SUPPLIER = "teacher", "responsible", "leads", "supplier"


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
        ),
        Telling(
            RESPONSIBLE,
            "{product} could not be delivered",
            "{supplier} gave the delivery up on {on}. There is nothing for you to send back.",
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
            "It was not sent in time, and on {on} it became free for others. Your need is kept.",
        ),
        Telling(
            SUPPLIER,
            "The trial of {product} at {school} was not taken up",
            "It was not sent in time, and on {on} it became free for others.",
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
        Telling(
            SUPPLIER,
            "{who} found something to settle with {school} about {product}",
            "Checked on {on}. The school has five working days to answer.",
            urgent=False,
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
            "others was looked at again.",
        ),
        Telling(
            TEACHER,
            "{who} reported that {product} is lost",
            "Reported on {on}. Both sides can say on the loan’s page what happened.",
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
            "Confirmed on {on}. Please keep it with your records.",
        ),
    ),
}
"""What each move of a loan says, to whom; the notice column of the lending design."""
