"""Telling what happened: who gets in, and what is said beside a field."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from lended.accounts.models import UnfinishedForm
from lended.outcomes.models import Decision, Outcome, OutcomeReason
from lended.outcomes.rules.claims import FEW_PUPILS
from tests.lended.outcomes.pages.sending import GIVEN, REASON, give, rows
from tests.lended.outcomes.scene import School

SignIn = Callable[..., FlaskClient]


def test_the_form_says_ten_minutes_and_begins_with_the_plan(
    teacher: FlaskClient, school: School
) -> None:
    """Rule T6."""
    page = teacher.get(f"/loans/{school.trial().id}/outcome")
    assert page.status_code == 200
    assert "Takes about 10" in page.text
    assert 'value="right answers"' in page.text
    assert 'value="28"' in page.text


def test_an_outcome_is_given_and_read_by_the_lead(
    teacher: FlaskClient, lead: FlaskClient, school: School
) -> None:
    loan = school.trial()
    answer = give(teacher, loan)
    assert answer.status_code == 303
    assert answer.location == f"/loans/{loan.id}/outcome/read"
    page = lead.get(answer.location).text
    assert "It met the goal" in page
    assert "Before 4 right answers, after 4 weeks 7.5 right answers: 3.5 more." in page
    assert "Pupils also learn anyway" in page


def test_what_was_given_comes_back_to_be_changed(teacher: FlaskClient, school: School) -> None:
    loan = school.trial()
    give(teacher, loan, verdict="not_met", **REASON)
    page = teacher.get(f"/loans/{loan.id}/outcome").text
    assert "An hour set aside" in page
    assert 'value="7.5"' in page
    assert "Change what happened" in page


def test_what_was_left_unfinished_comes_back(teacher: FlaskClient, school: School) -> None:
    loan = school.trial()
    half = {"what_happened": "Half a sent", "pupils": "twenty"}
    kept = teacher.post(f"/unfinished/outcome/{loan.id}", data=half)
    assert kept.status_code == 303
    page = teacher.get(f"/loans/{loan.id}/outcome").text
    assert "Half a sent" in page
    assert 'value="twenty"' in page
    give(teacher, loan)
    assert rows(school, UnfinishedForm) == []


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("verdict", "", "Choose your verdict."),
        ("verdict", "excellent", "Choose your verdict."),
        ("what_happened", "\u200b  ", "Say what happened"),
        ("what_happened", "x" * 4001, "Shorten this"),
        ("pupils", "some", "Enter a whole number, 0 to 2,000."),
        ("pupils", "2001", "Enter a whole number, 0 to 2,000."),
        ("teachers", "-1", "Enter a whole number, 0 to 200."),
        ("weeks", "", "Enter for how many weeks"),
        ("weeks", "53", "Enter a whole number, 1 to 52."),
        ("design", "", "Choose how you know."),
        ("design", "randomised", "Choose how you know."),
        ("unit", "log-ins", "This counts use"),
        ("unit", "x" * 61, "Shorten this"),
        ("baseline_value", "four", "Enter a number"),
        ("result_value", "", "Enter the number, or say above"),
        ("result_value", "nan", "Enter a number"),
        ("would_use_again", "maybe", "Choose one of the answers."),
        ("teachers_again", "2", "This cannot be more than all teachers"),
        ("reason_1", "fate", "Choose one of the answers."),
        ("weight_1", "decisive", "Choose a reason."),
        ("hands_2", "nobody", "Choose one of the answers."),
        ("would_have_worked_3", "More time", "Choose a reason."),
    ],
)
def test_bad_input_is_answered_beside_its_field_and_nothing_is_lost(
    teacher: FlaskClient, school: School, field: str, value: str, words: str
) -> None:
    answer = give(teacher, school.trial(), **{field: value})
    assert answer.status_code == 422
    assert words in answer.text
    assert 'aria-invalid="true"' in answer.text
    if field != "what_happened":
        assert "More of them placed thirds" in answer.text
    assert rows(school, Outcome) == []


def test_what_did_not_work_asks_for_a_reason_and_cannot_tell_does_not(
    teacher: FlaskClient, school: School
) -> None:
    """Rules T5 and F1."""
    loan = school.trial()
    assert "Choose a reason." in give(teacher, loan, verdict="not_met").text
    assert give(teacher, loan, verdict="cannot_tell").status_code == 303
    assert give(teacher, loan, verdict="not_met", **REASON).status_code == 303
    assert [reason.code for reason in rows(school, OutcomeReason)] == ["no_time"]


@pytest.mark.parametrize("wrong", ["wéird \U0001f600 \u202e", "' OR 1=1 --", "\x00", "<script>"])
def test_strange_input_everywhere_is_never_a_mistake_of_ours(
    teacher: FlaskClient, school: School, wrong: str
) -> None:
    loan = school.trial()
    answer = teacher.post(f"/loans/{loan.id}/outcome", data=dict.fromkeys(GIVEN | REASON, wrong))
    assert answer.status_code == 422
    assert "<script>" not in answer.text.replace("<script src", "")
    assert teacher.post(f"/loans/{loan.id}/outcome").status_code == 422


def test_what_may_be_said_is_answered_while_typing_and_kept_nowhere(
    teacher: FlaskClient, school: School
) -> None:
    loan = school.trial()
    page = teacher.post(f"/loans/{loan.id}/outcome/said", data={**GIVEN, "pupils": "8"})
    assert page.status_code == 200
    assert "3.5 more" in page.text
    assert FEW_PUPILS in page.text
    assert "<html" not in page.text
    again = teacher.post(f"/loans/{loan.id}/outcome", data={**GIVEN, "look": "1"})
    assert again.status_code == 200
    assert "3.5 more" in again.text
    assert "effect size" not in again.text.replace("No effect sizes", "")
    assert rows(school, Outcome) == []


@pytest.mark.parametrize("field", ["weeks", "pupils", "teachers_again", "result_value"])
def test_nonsense_in_a_number_says_nothing_rather_than_failing(
    teacher: FlaskClient, school: School, field: str
) -> None:
    loan = school.trial()
    for wrong in ("x", "-5", "9" * 39, "1e9", "٣"):
        page = teacher.post(f"/loans/{loan.id}/outcome/said", data={**GIVEN, field: wrong})
        assert page.status_code == 200


def test_strangers_find_nothing(school: School, client: FlaskClient, signed_in: SignIn) -> None:
    loan = school.trial()
    give(signed_in(school.teacher_person, school.organisation), loan)
    other = School(school.make)
    strangers = [
        signed_in(other.teacher_person, other.organisation),
        signed_in(other.lead_person, other.organisation),
        signed_in(school.supplier_person, school.business),
        signed_in(school.make.person(school.organisation, "teacher"), school.organisation),
    ]
    reads = ["outcome", "outcome/read", "story"]
    writes = ["outcome", "outcome/said", "story", "story/withdraw", "decision"]
    for stranger in strangers:
        for path in reads:
            assert stranger.get(f"/loans/{loan.id}/{path}").status_code == 404, path
        for path in writes:
            fields = {**GIVEN, "described": "place", "nobody_named": "y", "code": "adopt"}
            answer = stranger.post(f"/loans/{loan.id}/{path}", data=fields)
            assert answer.status_code == 404, path
    for path in reads:
        assert "/sign-in" in client.get(f"/loans/{loan.id}/{path}").location
    assert rows(school, Decision) == []
    assert rows(school, Outcome)[0].published_at is None


def test_a_lead_reads_and_may_not_tell(lead: FlaskClient, school: School) -> None:
    loan = school.trial()
    assert lead.get(f"/loans/{loan.id}/outcome").status_code == 404
    page = lead.get(f"/loans/{loan.id}/outcome/read").text
    assert "Nobody has said what happened yet" in page
    assert f'href="/loans/{loan.id}/outcome"' not in page


def test_too_early_is_said_in_words(teacher: FlaskClient, school: School) -> None:
    answer = teacher.get(f"/loans/{school.trial(days_ago=0).id}/outcome")
    assert answer.status_code == 409
    assert "from the third day" in answer.text
