"""Giving an outcome, sharing it, deciding beside it: on each engine."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from lended.accounts import queries as accounts
from lended.accounts import service as accounts_service
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.outcomes import queries, service
from lended.outcomes.models import Decision, Outcome
from lended.outcomes.rules.reports import ReasonWish
from lended.work import Work
from tests.lended.outcomes.scene import REASON, Do, School, an_outcome


def test_a_teacher_says_what_happened(school: School, do: Do, session: Session) -> None:
    loan = school.trial()
    outcome_id = do(service.give_outcome, school.teacher, loan.id, an_outcome())
    kept = session.scalars(select(Outcome)).one()
    assert (kept.id, kept.verdict, kept.weeks, kept.result_value) == (outcome_id, "met", 4, 7.5)
    assert kept.published_at is None
    assert kept.changed_at == kept.given_at, "what was said once was not changed"


def test_a_second_answer_takes_the_place_of_the_first(
    school: School, do: Do, session: Session
) -> None:
    loan = school.trial()
    first = do(service.give_outcome, school.teacher, loan.id, an_outcome())
    changed = an_outcome(verdict="not_met", reasons=(REASON,))
    assert do(service.give_outcome, school.teacher, loan.id, changed) == first
    assert do(service.give_outcome, school.teacher, loan.id, changed) == first
    found = queries.findings(session, school.lead, loan.id).outcome
    assert found is not None
    assert found.verdict == "not_met"
    assert [reason.code for reason in found.reasons] == [REASON.code]


def test_sending_it_forgets_the_unfinished_one(school: School, do: Do, session: Session) -> None:
    loan = school.trial()
    do(
        accounts_service.keep_unfinished,
        school.teacher,
        "outcome",
        str(loan.id),
        {"what_happened": ["Half a"]},
    )
    do(service.give_outcome, school.teacher, loan.id, an_outcome())
    assert accounts.unfinished(session, school.teacher, "outcome", str(loan.id)) is None


@pytest.mark.parametrize("verdict", ["met", "cannot_tell"])
def test_no_reason_is_asked_of_what_worked_or_cannot_be_told(
    school: School, do: Do, verdict: str
) -> None:
    """Rule T5."""
    assert do(service.give_outcome, school.teacher, school.trial().id, an_outcome(verdict=verdict))


@pytest.mark.parametrize("verdict", ["partly", "not_met"])
def test_what_did_not_fully_work_has_a_reason(school: School, do: Do, verdict: str) -> None:
    """Rule F1."""
    loan = school.trial()
    with pytest.raises(Invalid) as refused:
        do(service.give_outcome, school.teacher, loan.id, an_outcome(verdict=verdict))
    assert set(refused.value.problems) == {"reason_1"}
    half = an_outcome(reasons=(REASON, ReasonWish("no_time", "", "", "")))
    with pytest.raises(Invalid) as refused:
        do(service.give_outcome, school.teacher, loan.id, half)
    assert set(refused.value.problems) == {"weight_2", "hands_2", "would_have_worked_2"}


def test_everything_that_is_wrong_is_said_beside_its_field(school: School, do: Do) -> None:
    wrong = an_outcome(
        verdict="splendid",
        design="",
        weeks=0,
        what_happened="  ",
        pupils=-1,
        teachers=3,
        teachers_again=4,
        baseline_value=float("nan"),
        unit="log-ins",
        reasons=(ReasonWish("because", "a lot", "mine", " "),),
    )
    with pytest.raises(Invalid) as refused:
        do(service.give_outcome, school.teacher, school.trial().id, wrong)
    assert set(refused.value.problems) == {
        "verdict",
        "design",
        "weeks",
        "what_happened",
        "pupils",
        "teachers_again",
        "baseline_value",
        "unit",
        "reason_1",
        "weight_1",
        "hands_1",
        "would_have_worked_1",
    }


def test_before_and_after_needs_both_numbers_and_what_they_count(school: School, do: Do) -> None:
    bare = an_outcome(baseline_value=None, result_value=None, unit="")
    with pytest.raises(Invalid) as refused:
        do(service.give_outcome, school.teacher, school.trial().id, bare)
    assert set(refused.value.problems) == {"baseline_value", "result_value", "unit"}


def test_the_verdict_is_the_teachers_of_the_trial_only(school: School, do: Do) -> None:
    """Rule T4."""
    loan = school.trial(responsible_id=school.lead_person.id)
    colleague = school.make.person(school.organisation, "teacher")
    school.make.member(school.lead_person, school.organisation, "teacher")
    leading = school.make.actor(school.lead_person, school.organisation, "teacher", "school_lead")
    for actor in (school.lead, leading):
        with pytest.raises(NotAllowed):
            do(service.give_outcome, actor, loan.id, an_outcome())
    other = school.make.actor(colleague, school.organisation, "teacher")
    for actor in (other, school.supplier):
        with pytest.raises(NotFound):
            do(service.give_outcome, actor, loan.id, an_outcome())


def test_a_wrong_school_finds_nothing(school: School, do: Do) -> None:
    loan = school.trial()
    do(service.give_outcome, school.teacher, loan.id, an_outcome())
    stranger = School(school.make)
    for act, arguments in (
        (service.give_outcome, (an_outcome(),)),
        (service.publish_story, ("A school",)),
        (service.withdraw_story, ()),
    ):
        with pytest.raises(NotFound):
            do(act, stranger.teacher, loan.id, *arguments)
    with pytest.raises(NotFound):
        do(service.decide, stranger.lead, loan.id, "adopt", "")


@pytest.mark.parametrize(
    ("state", "days_ago"), [("requested", -14), ("dispatched", 10), ("active", 1)]
)
def test_what_has_not_begun_or_only_just_cannot_be_told(
    school: School, do: Do, state: str, days_ago: int
) -> None:
    loan = school.trial(state, days_ago)
    with pytest.raises(Conflict):
        do(service.give_outcome, school.teacher, loan.id, an_outcome())


@pytest.mark.parametrize(("days_ago", "too_late"), [(27 + 60, False), (27 + 61, True)])
def test_sixty_days_after_the_end_it_is_too_late(
    school: School, do: Do, days_ago: int, too_late: bool
) -> None:
    loan = school.trial("closed", days_ago)
    if too_late:
        with pytest.raises(Conflict):
            do(service.give_outcome, school.teacher, loan.id, an_outcome())
    else:
        do(service.give_outcome, school.teacher, loan.id, an_outcome())


def test_a_story_is_read_by_everyone_until_it_is_taken_back(
    school: School, do: Do, session: Session
) -> None:
    loan = school.trial()
    with pytest.raises(Conflict):
        do(service.publish_story, school.teacher, loan.id, "A school")
    outcome_id = do(service.give_outcome, school.teacher, loan.id, an_outcome())
    with pytest.raises(NotFound):
        queries.story(session, outcome_id)
    with pytest.raises(Invalid):
        do(service.publish_story, school.teacher, loan.id, "  ")
    do(service.publish_story, school.teacher, loan.id, "A primary school in the North West")
    session.rollback()
    assert queries.story(session, outcome_id).school == "A primary school in the North West"
    assert [each.id for each in queries.stories_of_product(session, loan.product_id)] == [
        outcome_id
    ]
    assert queries.story_counts(session, [loan.product_id])[loan.product_id].worked == 1
    do(service.withdraw_story, school.teacher, loan.id)
    session.rollback()
    with pytest.raises(NotFound):
        queries.story(session, outcome_id)
    assert queries.story_counts(session, [loan.product_id]) == {}


def test_stories_are_found_by_need_and_verdict_failures_as_well(
    school: School, do: Do, session: Session
) -> None:
    """Rule F1."""
    told = {}
    for verdict, reasons in (("met", ()), ("not_met", (REASON,))):
        loan = school.trial()
        wish = an_outcome(verdict=verdict, reasons=reasons)
        told[verdict] = do(service.give_outcome, school.teacher, loan.id, wish)
        do(service.publish_story, school.teacher, loan.id, "A school")
    elsewhere = school.trial(need_id=None)
    told["other"] = do(service.give_outcome, school.teacher, elsewhere.id, an_outcome())
    do(service.publish_story, school.teacher, elsewhere.id, "A school")
    count = queries.count_stories(session)
    assert count.fitting() == 3
    assert count.by_verdict("misconceptions") == {"met": 1, "not_met": 1}
    assert count.by_need == {"misconceptions": 2}
    found = queries.stories(session, need="misconceptions", verdict="not_met", size=10)
    assert [story.id for story in found] == [told["not_met"]]
    assert len(found) == count.fitting("misconceptions", "not_met")
    assert [story.id for story in queries.stories(session, first=1, size=1)] == [told["not_met"]]
    assert queries.stories(session, need="mis%", size=10) == []


def test_the_school_decides_beside_the_verdict_and_may_differ(
    school: School, do: Do, session: Session
) -> None:
    """Rule T4."""
    loan = school.trial()
    do(service.give_outcome, school.teacher, loan.id, an_outcome())
    with pytest.raises(NotAllowed):
        do(service.decide, school.teacher, loan.id, "adopt")
    do(service.decide, school.lead, loan.id, "extend")
    do(service.decide, school.lead, loan.id, "do_not_adopt", "Too dear")
    found = queries.findings(session, school.teacher, loan.id)
    assert found.decision is not None
    assert (found.decision.code, found.decision.person.name) == (
        "do_not_adopt",
        school.lead_person.name,
    )
    assert found.outcome is not None
    assert found.outcome.verdict == "met"


@pytest.mark.parametrize(
    ("code", "words", "field"), [("", "", "code"), ("adopt_with_conditions", " ", "words")]
)
def test_a_decision_is_complete(school: School, do: Do, code: str, words: str, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        do(service.decide, school.lead, school.trial().id, code, words)
    assert set(refused.value.problems) == {field}


def test_nothing_is_decided_before_anything_was_tried(school: School, do: Do) -> None:
    with pytest.raises(Conflict):
        do(service.decide, school.lead, school.trial("approved").id, "adopt")


def test_who_gave_the_verdict_decides_only_where_nobody_else_leads(
    school: School, do: Do, session: Session
) -> None:
    head = school.make.person(school.organisation, "teacher", "school_lead")
    actor = school.make.actor(head, school.organisation, "teacher", "school_lead")
    loan = school.trial(teacher=head, need_id=None)
    with pytest.raises(NotAllowed):
        do(service.decide, actor, loan.id, "adopt")
    alone = School(school.make)
    only = alone.make.organisation("school")
    head = alone.make.person(only, "teacher", "school_lead")
    alone.organisation, alone.teacher_person = only, head
    loan = alone.trial(need_id=None)
    do(service.decide, school.make.actor(head, only, "teacher", "school_lead"), loan.id, "adopt")
    assert session.get(Decision, loan.id) is not None


def test_a_rating_of_more_teachers_than_there_are_cannot_be_stored(school: School, do: Do) -> None:
    loan = school.trial()
    do(service.give_outcome, school.teacher, loan.id, an_outcome())

    def count_too_many(work: Work) -> None:
        work.session.scalars(select(Outcome)).one().teachers_again = 2

    with pytest.raises(IntegrityError):
        do(count_too_many)
