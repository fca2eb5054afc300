"""Pages about what happened: who gets in, what is said beside a field, what leaves the school."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.accounts.models import UnfinishedForm
from lended.loans.models import Loan
from lended.outcomes.models import Decision, Outcome, OutcomeReason
from lended.outcomes.rules.claims import FEW_PUPILS
from tests.lended.outcomes.scene import School, statements
from tests.makers import Makers

SignIn = Callable[..., FlaskClient]
GIVEN: dict[str, Any] = {
    "verdict": "met",
    "what_happened": "Hands slowed down.\nMore of them placed thirds before halves.",
    "pupils": "28",
    "teachers": "1",
    "weeks": "4",
    "design": "before_after",
    "unit": "right answers",
    "baseline_value": "4",
    "result_value": "7.5",
    "would_use_again": "yes",
}
REASON = {
    "reason_1": "no_time",
    "weight_1": "decisive",
    "hands_1": "school",
    "would_have_worked_1": "An hour set aside",
}


@pytest.fixture
def school(made: Makers) -> School:
    return School(made)


@pytest.fixture
def teacher(school: School, signed_in: SignIn) -> FlaskClient:
    return signed_in(school.teacher_person, school.organisation)


@pytest.fixture
def lead(school: School, signed_in: SignIn) -> FlaskClient:
    return signed_in(school.lead_person, school.organisation)


def rows(school: School, table: type[Any]) -> list[Any]:
    with Session(school.make.engine) as session:
        return list(session.scalars(select(table)))


def give(client: FlaskClient, loan: Loan, **more: str) -> Any:
    return client.post(f"/loans/{loan.id}/outcome", data={**GIVEN, **more})


def share(client: FlaskClient, loan: Loan, **more: str) -> Any:
    fields = {"described": "place", "nobody_named": "y", **more}
    return client.post(f"/loans/{loan.id}/story", data=fields)


@pytest.fixture(autouse=True)
def _no_forgery_check(app: Any) -> None:
    app.config["WTF_CSRF_ENABLED"] = False


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


def test_a_story_is_shown_before_it_is_shared_and_hides_the_school(
    teacher: FlaskClient, client: FlaskClient, school: School
) -> None:
    """Rule F3."""
    loan = school.trial()
    assert teacher.get(f"/loans/{loan.id}/story").status_code == 409
    give(teacher, loan)
    preview = teacher.get(f"/loans/{loan.id}/story").text
    assert "A primary school in the North West" in preview
    story = f"/stories/{rows(school, Outcome)[0].id}"
    assert client.get(story).status_code == 404
    assert share(teacher, loan).status_code == 303
    page = client.get(story).text
    for words in ("On free trial", "28 pupils and 1 teacher", "4 weeks", "Before and after, one"):
        assert words in page
    assert school.organisation.name not in page
    assert school.teacher_person.name not in page
    assert "A primary school in the North West" in client.get("/stories").text
    assert teacher.post(f"/loans/{loan.id}/story/withdraw").status_code == 303
    assert client.get(story).status_code == 404


def test_a_school_is_named_only_when_its_teacher_chooses_so(
    teacher: FlaskClient, client: FlaskClient, school: School
) -> None:
    loan = school.trial()
    give(teacher, loan)
    share(teacher, loan, described="name")
    assert school.organisation.name in client.get("/stories").text
    share(teacher, loan, described="own", own_words="A school by the sea")
    page = client.get("/stories").text
    assert "A school by the sea" in page
    assert school.organisation.name not in page
    assert 'value="A school by the sea"' in teacher.get(f"/loans/{loan.id}/story").text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"described": ""}, "Choose a description."),
        ({"described": "elsewhere"}, "Choose a description."),
        ({"described": "own", "own_words": " "}, "Say how your school is described."),
        ({"described": "own", "own_words": "x" * 201}, "Shorten this"),
        ({"nobody_named": ""}, "Read it through and tick this box"),
    ],
)
def test_a_story_is_not_shared_by_mistake(
    teacher: FlaskClient, school: School, fields: dict[str, str], words: str
) -> None:
    loan = school.trial()
    give(teacher, loan)
    given = {"described": "place", "nobody_named": "y"} | fields
    sent = {name: value for name, value in given.items() if name != "nobody_named" or value}
    answer = teacher.post(f"/loans/{loan.id}/story", data=sent)
    assert answer.status_code == 422
    assert words in answer.text
    assert rows(school, Outcome)[0].published_at is None


def test_numbers_of_a_small_group_leave_the_school_in_no_shape(
    teacher: FlaskClient, client: FlaskClient, school: School
) -> None:
    """Neither the count, nor a value, nor the difference of two values."""
    loan = school.trial(need_text="They guess")
    figures = {"baseline_value": "31313", "result_value": "74747"}
    give(teacher, loan, pupils="8", what_happened="Well.", **figures)
    share(teacher, loan)
    outcome = rows(school, Outcome)[0]
    for path in (f"/stories/{outcome.id}", "/stories"):
        page = client.get(path).text.partition("<main")[2].partition("</main>")[0]
        assert "fewer than 10 pupils" in page
        for number in ("31,313", "74,747", "43,434", "8 pupils", "dots__dot"):
            assert number not in page
    inside = teacher.get(f"/loans/{loan.id}/outcome/read").text
    assert "43,434 more" in inside
    assert "dots__dot" in inside


def test_stories_are_narrowed_and_failures_are_counted_as_well(
    teacher: FlaskClient, client: FlaskClient, school: School
) -> None:
    assert "No story yet" in client.get("/stories").text
    for verdict, more in (("met", {}), ("not_met", REASON)):
        loan = school.trial()
        give(teacher, loan, verdict=verdict, **more)
        share(teacher, loan)
    everything = client.get("/stories").text
    assert "2 stories, latest first" in everything
    assert everything.count("card__name") == 2
    failed = client.get("/stories?need=misconceptions&verdict=not_met").text
    assert failed.count("card__name") == 1
    assert "There was no time for it" in failed
    assert "No story fits both" in client.get("/stories?verdict=partly").text


@pytest.mark.parametrize("query", ["need=nothing", "verdict=%00", "page=x", "page=99999999", "a=b"])
def test_a_strange_address_of_the_stories_is_answered(client: FlaskClient, query: str) -> None:
    assert client.get(f"/stories?{query}").status_code == 200


def test_a_lead_decides_and_both_are_shown_where_they_differ(
    teacher: FlaskClient, lead: FlaskClient, client: FlaskClient, school: School
) -> None:
    """Rule T4."""
    loan = school.trial()
    give(teacher, loan)
    share(teacher, loan)
    decided = {"code": "do_not_adopt", "words": "Too dear, says Ms Braithwaite"}
    assert lead.post(f"/loans/{loan.id}/decision", data=decided).status_code == 303
    inside = teacher.get(f"/loans/{loan.id}/outcome/read").text
    outside = client.get(f"/stories/{rows(school, Outcome)[0].id}").text
    for page in (inside, outside):
        assert "It met the goal" in page
        assert "We will not adopt it" in page
    assert "Ms Braithwaite" in inside
    assert "Ms Braithwaite" not in outside


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"code": ""}, "Choose what the school will do."),
        ({"code": "buy"}, "Choose what the school will do."),
        ({"code": "adopt_with_conditions", "words": "\n"}, "Say what the conditions are."),
        ({"code": "adopt", "words": "x" * 4001}, "Shorten this"),
    ],
)
def test_a_decision_that_is_wrong_is_said_beside_its_field(
    lead: FlaskClient, school: School, fields: dict[str, str], words: str
) -> None:
    answer = lead.post(f"/loans/{school.trial().id}/decision", data=fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert rows(school, Decision) == []


def test_no_page_asks_the_database_more_than_twelve_times(
    teacher: FlaskClient, lead: FlaskClient, client: FlaskClient, school: School, app: Any
) -> None:
    loan = school.trial()
    told = [school.trial() for _ in range(3)]
    for each in told:
        give(teacher, each, verdict="not_met", **REASON)
        share(teacher, each)
    read = f"/loans/{told[0].id}/outcome/read"
    visits = [
        (teacher, f"/loans/{loan.id}/outcome"),
        (teacher, read),
        (lead, read),
        (teacher, f"/loans/{told[0].id}/story"),
        (client, "/stories"),
        (client, f"/stories/{rows(school, Outcome)[0].id}"),
    ]
    with app.app_context():
        engine = app.extensions["migrate"].db.engine
    for visitor, path in visits:
        with statements(engine) as asked:
            assert visitor.get(path).status_code == 200
        assert len(asked) <= 12, (path, asked)
