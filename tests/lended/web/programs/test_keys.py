"""A request sent again under its key is one change and one answer, on both engines."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lended import clock
from lended.loans.models import Loan, LoanEvent
from lended.operations import clockwork
from lended.web.models import KeptAnswer
from lended.web.programs import keys
from tests.conftest import ON_EACH_ENGINE
from tests.lended.web.programs.office import Office, named

AT_ONCE = 5


def count(office: Office, table: type[Any]) -> int:
    with Session(office.make.engine) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


@ON_EACH_ENGINE
def test_five_equal_requests_at_once_are_one_loan_and_five_equal_answers(
    office: Office,
) -> None:
    """Scenario 2 of the lending design, for programs."""
    barrier, body = Barrier(AT_ONCE), office.plan()

    def ask(_number: int) -> tuple[int, str, str]:
        barrier.wait()
        answer = office.post("/loans", office.school_token, body, key="one-and-the-same")
        return answer.status_code, answer.text, answer.headers["Location"]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(ask, range(AT_ONCE)))
    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert (count(office, Loan), count(office, LoanEvent), count(office, KeptAnswer)) == (1, 1, 1)


@ON_EACH_ENGINE
def test_a_repetition_says_that_it_is_one(office: Office) -> None:
    body = office.plan()
    first = office.post("/loans", office.school_token, body, key="k")
    again = office.post("/loans", office.school_token, body, key="k")
    assert (again.status_code, again.text) == (201, first.text)
    assert again.headers["Location"] == first.headers["Location"]
    assert "Idempotency-Replayed" not in first.headers
    assert again.headers["Idempotency-Replayed"] == "true"


def test_the_earlier_answer_stays_though_the_loan_has_moved_on(office: Office) -> None:
    body = office.plan()
    first = office.post("/loans", office.school_token, body, key="k")
    office.post(f"/loans/{first.get_json()['id']}/cancel", office.school_token)
    again = office.post("/loans", office.school_token, body, key="k")
    assert again.get_json()["state"]["code"] == "school_signoff"


@pytest.mark.parametrize("other", ["body", "address"])
def test_a_key_is_for_one_request_only(office: Office, other: str) -> None:
    loan_id = office.asked()
    cancelled = office.post(f"/loans/{loan_id}/cancel", office.school_token, {}, key="k")
    assert cancelled.status_code == 200
    path = "/loans" if other == "address" else f"/loans/{loan_id}/cancel"
    body = office.plan() if other == "address" else {"words": "Else"}
    answer = office.post(path, office.school_token, body, key="k")
    assert answer.status_code == 422
    assert named(answer) == {"Idempotency-Key": keys.USED}


@ON_EACH_ENGINE
def test_a_move_sent_again_gets_the_earlier_answer_though_the_loan_has_moved(
    office: Office,
) -> None:
    """Scenario 2, for a move that cannot be made twice: five at once, and one long after."""
    barrier = Barrier(AT_ONCE)
    loan = f"/loans/{office.loan('requested')}"
    events = count(office, LoanEvent)

    def approve(_number: int) -> tuple[int, str]:
        barrier.wait()
        answer = office.post(f"{loan}/approve", office.supplier_token, key="yes")
        return answer.status_code, answer.text

    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = set(pool.map(approve, range(AT_ONCE)))
    assert len(answers) == 1
    assert office.post(f"{loan}/cancel", office.school_token).status_code == 200
    late = office.post(f"{loan}/approve", office.supplier_token, key="yes")
    assert answers == {(200, late.text)}
    assert late.get_json()["state"]["code"] == "approved"
    assert count(office, LoanEvent) == events + 2


def test_another_plan_under_a_used_key_is_refused(office: Office) -> None:
    office.post("/loans", office.school_token, office.plan(), key="k")
    answer = office.post("/loans", office.school_token, office.plan(goal="Another"), key="k")
    assert answer.status_code == 422
    assert named(answer) == {"Idempotency-Key": keys.USED}
    assert count(office, Loan) == 1


def test_keys_of_two_programs_never_meet(office: Office) -> None:
    other = office.token(office.head, office.school)
    body = office.plan(starts_on=office.day(21), weeks=1)
    assert office.post("/loans", office.school_token, body, key="k").status_code == 201
    answer = office.post("/loans", other, body, key="k")
    assert answer.status_code == 409


def test_a_refused_request_keeps_no_key(office: Office) -> None:
    refused = office.post("/loans", office.school_token, office.plan(goal=None), key="k")
    assert refused.status_code == 422
    assert office.post("/loans", office.school_token, office.plan(), key="k").status_code == 201


def test_what_is_refused_late_leaves_nothing_behind(office: Office) -> None:
    taken = office.plan()
    assert office.post("/loans", office.school_token, taken, key="a").status_code == 201
    assert office.post("/loans", office.school_token, taken, key="b").status_code == 409
    assert (count(office, Loan), count(office, KeptAnswer)) == (1, 1)


@pytest.mark.parametrize("key", [" ", "x" * 256, "two words", "clé"])
def test_a_key_that_is_none_is_named(office: Office, key: str) -> None:
    answer = office.post("/loans", office.school_token, office.plan(), key=key)
    assert answer.status_code == 422
    assert named(answer) == {"Idempotency-Key": keys.NO_KEY}
    assert count(office, Loan) == 0


def test_without_a_key_each_request_counts(office: Office) -> None:
    office.asked(weeks=1)
    office.asked(weeks=1, starts_on=office.day(70))
    assert count(office, Loan) == 2


def test_the_clock_forgets_keys(office: Office) -> None:
    office.post("/loans", office.school_token, office.plan(), key="k")
    with clock.at(clock.now() + keys.KEPT + timedelta(minutes=1)):
        done = clockwork.run(office.app)
    assert done.counts["answers to programs forgotten"] == 1
    assert count(office, KeptAnswer) == 0


@ON_EACH_ENGINE
def test_keys_are_forgotten_after_some_days(office: Office) -> None:
    office.post("/loans", office.school_token, office.plan(), key="k")
    with office.app.app_context():
        assert keys.forget_old(clock.now() + keys.KEPT - timedelta(minutes=1)) == 0
        assert keys.forget_old(clock.now() + keys.KEPT + timedelta(minutes=1)) == 1
    assert count(office, KeptAnswer) == 0
