"""Answering several requests at once."""

from __future__ import annotations

from typing import Any

from lended.loans import service
from lended.loans.models import Loan
from tests.lended.loans.scene import a_wish
from tests.lended.loans.site import Site, shown

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


def test_yes_is_said_to_those_ticked_and_to_no_other(site: Site) -> None:
    ids = requests_of_three_schools(site)
    page = shown(site.as_supplier, PATH)
    assert page.count('name="loan_ids"') == 3
    answered = site.as_supplier.post(PATH, data={"loan_ids": ids[:2], "answer": "yes"})
    assert answered.status_code == 200
    assert answered.text.count("You said yes.") == 2
    assert states(site, ids) == ["approved", "approved", "requested"]


def test_each_is_looked_at_again_and_what_is_refused_leaves_the_others(site: Site) -> None:
    ids = requests_of_three_schools(site)
    site.do(_more, site, 2)
    one_gone = site.as_supplier.post(PATH, data={"loan_ids": ids, "answer": "yes"})
    assert "There is less in service than was promised" in one_gone.text
    assert states(site, ids).count("approved") + states(site, ids).count("requested") == 3
    site.do(service.decline, site.supplier, ids[0], "age_unsuitable", "Sorry")
    rest = site.as_supplier.post(PATH, data={"loan_ids": ids[1:], "answer": "yes"})
    assert rest.text.count("You said yes.") == 2


def test_no_wants_one_reason_and_words_and_says_them_to_all(site: Site) -> None:
    ids = requests_of_three_schools(site)
    bare = site.as_supplier.post(PATH, data={"loan_ids": ids, "answer": "no"})
    assert bare.status_code == 422
    assert "Choose a reason." in bare.text
    assert states(site, ids) == ["requested"] * 3
    told = site.as_supplier.post(PATH, data={"loan_ids": ids, **NO})
    assert told.text.count("You said no.") == 3
    assert states(site, ids) == ["declined"] * 3
    assert "Nobody waits for an answer" in told.text


def test_nothing_ticked_and_somebody_elses_request_change_nothing(site: Site) -> None:
    ids = requests_of_three_schools(site)
    for data in ({"answer": "yes"}, {"loan_ids": [99_999], "answer": "yes"}, {"loan_ids": ids}):
        assert site.as_supplier.post(PATH, data=data).status_code == 422
    assert states(site, ids) == ["requested"] * 3
