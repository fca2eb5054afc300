"""The pages of waiting: joining from the form, the place, taking what is offered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from lended import clock
from lended.loans import service
from lended.loans.models import Loan
from lended.loans.rules.calendar import next_working_day, whole_weeks
from tests.lended.loans.scene import a_wish
from tests.lended.loans.site import Site, date_parts, plan, sent, shown


def taken_by_another(site: Site) -> tuple[Any, int]:
    """Let another school have the kit for six weeks; return its teacher and its loan."""
    teacher, _lead = site.another_school()
    loan_id = site.draft(teacher)
    dates = whole_weeks(next_working_day(clock.today() + timedelta(days=10)), 6)
    site.do(service.submit, teacher, loan_id, a_wish(dates=dates))
    return teacher, loan_id


def waiting_plan(**more: Any) -> dict[str, Any]:
    today = clock.today()
    return plan(
        **date_parts("earliest_on", today + timedelta(days=21)),
        **date_parts("latest_on", today + timedelta(days=55)),
        agreed="y",
        **more,
    )


def test_who_finds_none_free_can_wait_and_nothing_typed_is_lost(site: Site) -> None:
    taken_by_another(site)
    loan_id = site.draft()
    answer = site.as_teacher.post(f"/loans/{loan_id}/ask", data=plan())
    assert answer.status_code == 409
    assert "The next time it is free for 4 weeks begins on" in answer.text
    assert "Join the list" in answer.text
    assert "Tiles in pairs first" in answer.text
    to = sent(site.as_teacher, f"/loans/{loan_id}/queue", waiting_plan())
    assert to == f"/loans/{loan_id}"
    page = shown(site.as_teacher, to)
    assert "You are 1st." in page
    assert "any 4 weeks between" in page
    assert "Leave the list" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("agreed", "", "Tick this"),
        ("latest_on-day", "", "Enter a real date"),
        ("latest_on-year", "9999", "within the next twelve months"),
        ("earliest_on-month", "14", "Enter a real date"),
        ("goal", "", "Say what you want to change"),
        ("quantity", "7", "There is 1 to lend in all"),
    ],
)
def test_what_is_amiss_is_said_beside_its_field(
    site: Site, field: str, value: str, words: str
) -> None:
    taken_by_another(site)
    loan_id = site.draft()
    fields = {**waiting_plan(), field: value}
    if not value and field == "agreed":
        del fields[field]
    answer = site.as_teacher.post(f"/loans/{loan_id}/queue", data=fields)
    assert answer.status_code == 422
    assert words in answer.text
    assert "Join the list" in answer.text
    assert "Tiles in pairs first" in answer.text
    assert site.state(loan_id) == "draft"


def test_who_need_not_wait_is_told_the_day(site: Site) -> None:
    loan_id = site.draft()
    answer = site.as_teacher.post(f"/loans/{loan_id}/queue", data=waiting_plan())
    assert answer.status_code == 409
    assert "There is no need to wait" in answer.text


def test_an_unfinished_wish_to_wait_comes_back_as_it_was(site: Site) -> None:
    loan_id = site.draft()
    site.as_teacher.post(f"/unfinished/trial/{loan_id}", data=waiting_plan())
    page = shown(site.as_teacher, f"/loans/{loan_id}/ask")
    assert "Join the list" in page


def test_an_offer_is_taken_from_the_page_and_the_lead_is_asked(site: Site) -> None:
    teacher, other = taken_by_another(site)
    loan_id = site.draft()
    sent(site.as_teacher, f"/loans/{loan_id}/queue", waiting_plan())
    site.do(service.cancel, teacher, other)
    page = shown(site.as_teacher, f"/loans/{loan_id}")
    assert "These dates are free, and held for you." in page
    assert "Let the next one go first" in page
    shown(site.as_supplier, f"/loans/{loan_id}", 404)
    assert "held for you" in shown(site.as_teacher, "/desk")
    sent(site.as_teacher, f"/loans/{loan_id}/place/take")
    assert "would like to try this" in shown(site.as_lead, f"/loans/{loan_id}")


def test_letting_the_next_go_first_asks_once_and_says_what_follows(site: Site) -> None:
    teacher, other = taken_by_another(site)
    loan_id = site.draft()
    sent(site.as_teacher, f"/loans/{loan_id}/queue", waiting_plan())
    site.do(service.cancel, teacher, other)
    assert "one place further back" in shown(site.as_teacher, f"/loans/{loan_id}/place/back")
    sent(site.as_teacher, f"/loans/{loan_id}/place/back")
    page = shown(site.as_teacher, f"/loans/{loan_id}")
    assert "You are 1st." in page
    assert "let the next in line go first" in page


def test_a_request_nobody_answered_leads_on_to_what_else_may_help(site: Site) -> None:
    loan_id = site.loan("requested")
    act_by = site.row(loan_id).act_by
    assert act_by is not None
    site.tick(act_by)
    assert site.state(loan_id) == "requested"
    site.tick(act_by + timedelta(days=1))
    page = shown(site.as_teacher, f"/loans/{loan_id}")
    assert "Time ran out" in page
    assert "See what else may help" in page
    assert "See what else may help" not in shown(site.as_supplier, f"/loans/{loan_id}")
    late = site.as_supplier.post(f"/loans/{loan_id}/approve")
    assert late.status_code == 409
    assert "moved on" in late.text
    with site.transaction() as work:
        assert work.session.scalar(select(Loan.state).where(Loan.id == loan_id)) == "expired"
