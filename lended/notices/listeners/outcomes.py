"""What is told about outcomes, stories and decisions."""

from __future__ import annotations

from lended import vocabularies
from lended.accounts import queries as accounts
from lended.notices import queries, service
from lended.notices.listeners.words import on_day
from lended.notices.rules import LEADS, SUPPLIER, TEACHER, Message, Topic
from lended.outcomes.events import DecisionRecorded, OutcomeGiven, StoryPublished
from lended.work import Listener, Work


def tell_school(work: Work, event: OutcomeGiven) -> None:
    """Tell a school's leads that a verdict waits for their decision; ask nobody for it again."""
    service.let_fade(work, event.loan_id)
    loan = queries.loan_with_sides(work.session, event.loan_id)
    who = accounts.person(work.session, event.person_id).name
    did = "changed what they said about" if event.changed else "said what happened with"
    message = Message(
        "outcome",
        f"outcome:{event.outcome_id}:{event.at.isoformat()}",
        f"{who} {did} {loan.product.name}",
        f"Given on {on_day(event.at)}. The verdict is theirs; what the school does next is yours.",
        link=f"/loans/{loan.id}",
        action="Read and decide",
        urgent=False,
        topic=Topic.STORIES,
    )
    for person in queries.side(work.session, loan, LEADS):
        if person.id != event.person_id:
            service.tell(work, person, message)


def tell_supplier(work: Work, event: StoryPublished) -> None:
    """Tell a supplier that a story about its product can be read."""
    loan = queries.loan_with_sides(work.session, event.loan_id)
    message = Message(
        "story",
        f"story:{event.outcome_id}:{event.at.isoformat()}",
        f"A story about {loan.product.name} can be read",
        f"Published on {on_day(event.at)}. It says what a school found in a recorded trial.",
        link=f"/stories/{event.outcome_id}",
        action="Read it",
        urgent=False,
        topic=Topic.STORIES,
    )
    for person in queries.side(work.session, loan, SUPPLIER):
        service.tell(work, person, message)


def tell_teacher(work: Work, event: DecisionRecorded) -> None:
    """Tell the teacher of a trial what the school decided."""
    loan = queries.loan_with_sides(work.session, event.loan_id)
    if loan.teacher_id == event.person_id:
        return
    who = accounts.person(work.session, event.person_id).name
    message = Message(
        "decision",
        f"decision:{loan.id}:{event.at.isoformat()}",
        f"{who} recorded the school’s decision about {loan.product.name}",
        f"On {on_day(event.at)}: {vocabularies.label('decision', event.code)}. Your verdict stays "
        "as you gave it; both are shown.",
        link=f"/loans/{loan.id}",
        urgent=False,
        topic=Topic.STORIES,
        action="See the loan",
    )
    for person in queries.side(work.session, loan, TEACHER):
        service.tell(work, person, message)


LISTENERS: dict[type, list[Listener]] = {
    OutcomeGiven: [tell_school],
    StoryPublished: [tell_supplier],
    DecisionRecorded: [tell_teacher],
}
