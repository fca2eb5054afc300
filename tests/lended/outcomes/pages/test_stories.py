"""Stories and decisions: what leaves the school, and what stands beside a verdict."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from lended.outcomes.models import Decision, Outcome
from tests.lended.outcomes.pages.sending import REASON, give, rows, share
from tests.lended.outcomes.scene import School, statements

SignIn = Callable[..., FlaskClient]


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
