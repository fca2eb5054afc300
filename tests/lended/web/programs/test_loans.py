"""A loan asked for, answered and followed by programs of both sides."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session

from lended.loans import queries
from lended.loans.api.turns import TURNS
from lended.loans.policy import PERMISSIONS, SIDES
from lended.web.audience import of
from tests.conftest import ON_EACH_ENGINE
from tests.lended.web.programs.office import Office, named


def code(answer: Any) -> str:
    assert answer.status_code in {200, 201}, answer.text
    found: str = answer.get_json()["state"]["code"]
    return found


@ON_EACH_ENGINE
def test_two_programs_agree_on_a_loan(office: Office) -> None:
    asked = office.post("/loans", office.school_token, office.plan())
    assert code(asked) == "school_signoff"
    assert asked.headers["Location"] == f"/api/v1/loans/{asked.get_json()['id']}"
    assert asked.get_json()["next"]["moves"] == ["sign-off", "refuse-signoff"]
    loan = f"/loans/{asked.get_json()['id']}"
    answers = {"responsible_id": office.head.id, "words": "Good idea"}
    assert code(office.post(f"{loan}/sign-off", office.school_token, answers)) == "requested"
    other = {"starts_on": office.day(35), "weeks": 3, "words": "A fair before"}
    assert code(office.post(f"{loan}/propose-dates", office.supplier_token, other)) == "offered"
    taken = office.post(f"{loan}/accept-dates", office.school_token)
    assert code(taken) == "approved"
    whole = taken.get_json()
    assert whole["starts_on"] == other["starts_on"]
    assert whole["responsible"] == {"id": office.head.id, "name": "Hilda Head"}
    moves = ["submit-for-signoff", "sign-off", "propose-dates", "accept-dates"]
    assert [each["move"] for each in whole["history"]] == moves
    assert whole["history"][1]["said"] == "Good idea"
    assert office.get(loan, office.school_token).get_json() == whole


def test_a_supplier_reads_no_more_than_on_its_pages(office: Office) -> None:
    loan_id = office.asked()
    assert office.get(f"/loans/{loan_id}", office.supplier_token).status_code == 404
    words = {"responsible_id": office.head.id, "words": "The budget is spent"}
    office.post(f"/loans/{loan_id}/sign-off", office.school_token, words)
    answer = office.get(f"/loans/{loan_id}", office.supplier_token)
    assert "budget" not in answer.text
    assert [each["move"] for each in answer.get_json()["history"]] == ["sign-off"]
    assert answer.get_json()["next"]["moves"] == ["approve", "propose-dates", "decline"]


@ON_EACH_ENGINE
def test_a_no_without_words_is_refused_and_changes_nothing(office: Office) -> None:
    """Scenario 9: by API."""
    loan_id = office.loan("requested")
    for words in ("", "   ", "\n\t "):
        sent = {"reason": "other", "words": words}
        answer = office.post(f"/loans/{loan_id}/decline", office.supplier_token, sent)
        assert answer.status_code == 422
        assert named(answer).keys() == {"words"}
    assert code(office.get(f"/loans/{loan_id}", office.supplier_token)) == "requested"


def test_a_supplier_says_no_with_a_reason_and_words(office: Office) -> None:
    loan = f"/loans/{office.loan('requested')}"
    wrong = office.post(f"{loan}/decline", office.supplier_token, {"reason": "because"})
    assert named(wrong) == {
        "reason": "Choose a reason.",
        "words": "Say why, in your own words.",
    }
    sent = {"reason": "other", "words": "All kits are at the menders"}
    declined = office.post(f"{loan}/decline", office.supplier_token, sent).get_json()
    assert declined["state"] == {"code": "declined", "words": "Declined"}
    assert declined["decline_words"] == sent["words"]
    assert declined["decline_reason"]["code"] == "other"
    assert declined["next"] is None


def test_an_answer_given_before_is_a_conflict(office: Office) -> None:
    loan = f"/loans/{office.loan('requested')}"
    assert code(office.post(f"{loan}/approve", office.supplier_token)) == "approved"
    for move in ("approve", "decline", "propose-dates"):
        answer = office.post(f"{loan}/{move}", office.supplier_token, {})
        assert answer.status_code == 409
        assert answer.content_type == "application/problem+json"


def test_who_is_not_asked_is_told_so(office: Office) -> None:
    loan_id = office.asked()
    colleague = office.make.person(office.school, "school_lead", "teacher")
    token = office.token(colleague, office.school)
    own = office.post(f"/loans/{loan_id}/accept-dates", token)
    assert own.status_code == 403
    assert own.get_json()["detail"] == PERMISSIONS["accept_dates"].right.refusal


def test_nobody_outside_the_school_answers_for_a_loan(office: Office) -> None:
    loan = f"/loans/{office.asked()}/sign-off"
    for person_id in (office.supplier_person.id, 10**9, 0, str(office.head.id)):
        answer = office.post(loan, office.school_token, {"responsible_id": person_id})
        if person_id == str(office.head.id):
            assert answer.status_code == 200
        else:
            assert set(named(answer)) == {"responsible_id"}


def test_when_none_is_left_the_next_free_date_is_told(office: Office) -> None:
    office.asked()
    answer = office.post("/loans", office.school_token, office.plan())
    assert answer.status_code == 409
    assert "next time it is free" in answer.get_json()["detail"]
    with Session(office.make.engine) as session:
        teacher = office.make.actor(office.head, office.school, "teacher")
        assert len(queries.loans_in_sight(session, teacher)) == 1


def test_a_kept_need_speaks_for_itself(office: Office) -> None:
    need = office.make.need(office.head, office.school)
    asked = office.post("/loans", office.school_token, office.plan(need_id=need.id, problem=None))
    assert asked.get_json()["problem"] == need.text
    answer = office.post("/loans", office.school_token, office.plan(need_id=office.need.id))
    assert answer.status_code == 404


@pytest.mark.parametrize("product", ["no-such-thing", "../x", "é"])
def test_what_is_not_in_the_catalogue_cannot_be_asked_for(office: Office, product: str) -> None:
    answer = office.post("/loans", office.school_token, office.plan(product=product))
    assert answer.status_code == 404


def test_loans_are_listed_page_by_page(office: Office) -> None:
    asked = [office.asked(weeks=1, starts_on=office.day(21 + 28 * n)) for n in range(5)]
    seen, cursor = [], None
    for _page in range(3):
        more: dict[str, int] = {"cursor": cursor} if cursor else {}
        page = office.get("/loans", office.school_token, limit=2, **more).get_json()
        seen += [loan["id"] for loan in page["loans"]]
        cursor = page["next_cursor"]
    assert seen == asked[::-1]
    assert cursor is None
    office.post(f"/loans/{asked[2]}/cancel", office.school_token)
    found = office.get("/loans", office.school_token, state="cancelled").get_json()["loans"]
    assert [loan["id"] for loan in found] == [asked[2]]


def test_a_draft_has_no_dates_yet(office: Office) -> None:
    teacher = office.make.actor(office.head, office.school, "teacher")
    loan_id = office.draft(teacher)
    draft = office.get(f"/loans/{loan_id}", office.school_token).get_json()
    assert (draft["starts_on"], draft["quantity"], draft["asked_at"]) == (None, None, None)
    assert draft["product"]["kind"] == ""


def test_every_move_asks_what_its_page_asks(office: Office) -> None:
    loan = office.row(office.loan("requested"))
    sent = {"headers": {"Authorization": f"Bearer {office.supplier_token}"}, "method": "POST"}
    with office.app.test_request_context("/api/v1/loans", **sent):
        for turn in TURNS:
            assert type(turn.form_for(loan)) is turn.form


def test_every_move_is_open_to_those_who_hold_its_right(office: Office) -> None:
    for turn in TURNS:
        who = of(office.app.view_functions[f"loans_api.{turn.move}"])
        assert who is not None
        assert who.roles == PERMISSIONS[turn.move].right.roles & SIDES
