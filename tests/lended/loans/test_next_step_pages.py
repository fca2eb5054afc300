"""What comes next with a loan, and its day, as a tired person reads it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from lended import clock
from lended.loans import service
from lended.loans.rules.calendar import in_words
from lended.loans.rules.stock import UnitWish
from lended.web.theme import stamped_day
from tests.lended.loans.site import Site, shown

OPENING = re.compile(r'<p class="opening">(.*?)</p>|<div class="now">\s*<p>(.*?)</p>', re.DOTALL)


def _said(page: str) -> str:
    """Return the sentences above a loan as they are read."""
    found = [first or second for first, second in OPENING.findall(page)]
    return " ".join(re.sub(r"<[^>]+>", "", found[0]).split())


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ("school_signoff", "The answer is due by {day}."),
        ("requested", "The answer is due by {day}."),
        ("approved", "This is due by {day}."),
        ("preparing", "This is due by {day}."),
        ("dispatched", "It should arrive by {day}."),
        ("active", "The last day is {day}."),
        ("returning", "It should arrive by {day}."),
        ("inspection", "This is due by {day}."),
    ],
)
def test_the_promised_day_is_a_sentence_of_its_own(site: Site, state: str, sentence: str) -> None:
    loan_id = site.loan(state)
    by = site.row(loan_id).act_by
    assert by is not None
    for client in (site.as_lead, site.as_supplier):
        if client is site.as_supplier and state == "school_signoff":
            continue
        said = _said(shown(client, f"/loans/{loan_id}"))
        assert said.endswith(sentence.format(day=in_words(by))), said


def test_a_day_that_has_passed_is_said_to_have_passed(site: Site) -> None:
    loan_id = site.loan("active")
    by = site.row(loan_id).act_by
    assert by is not None
    late = by + timedelta(days=3)
    site.tick(late)
    with clock.at(datetime.combine(late, time(13), tzinfo=clock.LONDON)):
        said = _said(shown(site.as_teacher, f"/loans/{loan_id}"))
        assert f"The last day was {in_words(by)}." in said
        assert f"Was due on {in_words(by)}" in shown(site.as_teacher, "/loans")


def test_the_slip_says_the_day_on_which_data_must_be_gone(access: Site) -> None:
    loan_id = access.loan("access_ended")
    by = access.row(loan_id).act_by
    assert by is not None
    now = shown(access.as_lead, f"/loans/{loan_id}").split('aria-current="step"')[1]
    assert stamped_day(by) in now.split("</li>")[0]


def test_who_lends_access_is_not_told_to_send_anything(access: Site) -> None:
    said = _said(shown(access.as_supplier, f"/loans/{access.loan('preparing')}"))
    assert said.startswith("The school has accepted the terms. Give access.")


def test_whoever_has_nothing_to_send_reads_so_before_filling_anything_in(site: Site) -> None:
    slug, kit = site.product.slug, UnitWish("KIT-1", "New", electrical_check_on=clock.today())
    unit_id = site.do(service.add_unit, site.supplier, slug, kit)
    page = f"/loans/{site.loan('preparing')}/dispatch"
    assert "Count what goes into the box" in shown(site.as_supplier, page)
    site.do(service.change_unit, site.supplier, slug, unit_id, replace(kit, state="quarantined"))
    refused = shown(site.as_supplier, page)
    assert "Nothing is there to be sent" in refused
    assert f'href="/supplier/products/{slug}/stock"' in refused
    assert "Count what goes into the box" not in refused
    assert 'name="condition"' not in refused
    assert site.as_supplier.post(page, data={"condition": "New"}).status_code in {409, 422}
