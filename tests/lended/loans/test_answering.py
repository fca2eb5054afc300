"""Answering several requests at once."""

from __future__ import annotations

import re
from typing import Any

from lended.loans import service
from lended.loans.models import Loan
from tests.lended.loans.scene import a_wish
from tests.lended.loans.site import Site, sent, shown

PATH = "/supplier/requests"
NO = {"answer": "no", "reason": "age_unsuitable", "words": "Our kits go to another county in May."}


def requests_of_three_schools(site: Site) -> list[int]:
    site.do(_more, site, 3)
    found = []
    for _ in range(3):
        teacher, lead = site.another_school()
        loan_id = site.draft(teacher)
        site.do(service.submit, teacher, loan_id, a_wish())
        site.do(service.sign_off, lead, loan_id, lead.person_id)
        found.append(loan_id)
    return found


def _more(work: Any, site: Site, capacity: int) -> None:
    work.session.get_one(type(site.pool), site.pool.id).capacity = capacity


def states(site: Site, loan_ids: list[int]) -> list[str]:
    with site.transaction() as work:
        return [work.session.get_one(Loan, loan_id).state for loan_id in loan_ids]


def answered(site: Site, data: dict[str, Any]) -> str:
    """Return the page an answer leads to."""
    return shown(site.as_supplier, sent(site.as_supplier, PATH, data))


def test_yes_is_said_to_those_ticked_and_to_no_other(site: Site) -> None:
    ids = requests_of_three_schools(site)
    page = shown(site.as_supplier, PATH)
    assert page.count('name="loan_ids"') == 3
    after = answered(site, {"loan_ids": ids[:2], "answer": "yes"})
    assert "You said yes to 2 requests: " in after
    assert after.count('name="loan_ids"') == 1
    assert states(site, ids) == ["approved", "approved", "requested"]


def test_what_is_refused_leaves_the_others_as_they_are(site: Site) -> None:
    ids = requests_of_three_schools(site)
    site.do(_more, site, 2)
    less = answered(site, {"loan_ids": ids, "answer": "yes"})
    assert "There is less in service than was promised" in less
    assert states(site, ids) == ["requested"] * 3


def test_a_request_that_has_moved_on_is_named_and_does_not_lose_the_others(site: Site) -> None:
    ids = requests_of_three_schools(site)
    site.do(service.decline, site.supplier, ids[0], "age_unsuitable", "Sorry")
    after = answered(site, {"loan_ids": [*ids, 99_999], "answer": "yes"})
    assert "You said yes to 2 requests: " in after
    assert f"Not answered: {site.product.name}, " in after
    assert "Not answered: A request. It is not there any more." in after
    assert states(site, ids) == ["declined", "approved", "approved"]


def test_a_double_click_is_one_answer(site: Site) -> None:
    ids = requests_of_three_schools(site)
    token = re.findall('name="once" value="([^"]+)"', shown(site.as_supplier, PATH))[-1]
    twice = {"loan_ids": ids[:2], "answer": "yes", "once": token}
    first, second = (sent(site.as_supplier, PATH, twice) for _ in range(2))
    assert first == second
    assert "Not answered" not in shown(site.as_supplier, second)
    assert states(site, ids) == ["approved", "approved", "requested"]


def test_no_wants_one_reason_and_words_and_says_them_to_all(site: Site) -> None:
    ids = requests_of_three_schools(site)
    bare = site.as_supplier.post(PATH, data={"loan_ids": ids, "answer": "no"})
    assert bare.status_code == 422
    assert "Choose a reason." in bare.text
    assert states(site, ids) == ["requested"] * 3
    told = answered(site, {"loan_ids": ids, **NO})
    assert "You said no to 3 requests: " in told
    assert states(site, ids) == ["declined"] * 3
    assert "Nobody waits for an answer" in told


def test_a_form_that_is_refused_keeps_ticks_and_words(site: Site) -> None:
    ids = requests_of_three_schools(site)
    typed = {"loan_ids": ids[1:], "answer": "no", "words": "Not before May."}
    page = site.as_supplier.post(PATH, data=typed).text
    assert "Not before May." in page
    for loan_id, kept in zip(ids, (False, True, True), strict=True):
        assert bool(re.search(rf'value="{loan_id}"\s+checked', page)) == kept


def test_nothing_ticked_or_nothing_said_changes_nothing(site: Site) -> None:
    ids = requests_of_three_schools(site)
    for data in ({"answer": "yes"}, {"loan_ids": ["x"], "answer": "yes"}, {"loan_ids": ids}):
        assert site.as_supplier.post(PATH, data=data).status_code == 422
    assert states(site, ids) == ["requested"] * 3


def test_of_very_many_the_first_are_named(site: Site) -> None:
    many = answered(site, {"loan_ids": list(range(5000, 5300)), "answer": "yes"})
    assert "A request; and 294 more. It is not there any more." in many
