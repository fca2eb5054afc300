"""The papers of a loan: who reads which, and that nothing is claimed that nobody knows."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

from sqlalchemy import update

from lended import clock
from lended.loans import service
from lended.loans.models import Loan
from lended.loans.rules.papers import DeletionWish, DispatchWish
from lended.loans.rules.terms import digest
from tests.lended.loans.site import Site, shown
from tests.pdf_words import words_of

FACE = "\N{GRINNING FACE}"
WHITE = re.compile(r"\s+")
LINE = re.compile(r"<(?:dt|dd|h1|h2)[^>]*>(.*?)</", re.DOTALL)


def kept(site: Site, loan_id: int, kind: str, status: int = 200) -> str:
    """Return a paper as the lead reads it, and see that its PDF goes with it."""
    path = f"/loans/{loan_id}/papers/{kind}"
    answer = site.as_lead.get(f"{path}.pdf")
    assert answer.status_code == status
    if status == 200:
        assert answer.data.startswith(b"%PDF-")
        assert answer.mimetype == "application/pdf"
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=LN-")
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page = shown(site.as_lead, path, status)
    if status == 200:
        assert_same_words(page, answer.data)
    return page


def assert_same_words(page: str, pdf: bytes) -> None:
    """See that a PDF holds every word of its page, in the page's order."""
    read = WHITE.sub("", "".join(words_of(pdf)))
    place = 0
    for words in LINE.findall(page):
        plain = WHITE.sub("", unescape(words)).replace(FACE, "[grinningface]")
        place = read.find(plain, place)
        assert place >= 0, f"{plain} is not in the PDF, or not in its place"


def test_the_pack_says_who_what_and_who_bears_the_risk(site: Site) -> None:
    loan_id = site.loan("dispatched")
    page = kept(site, loan_id, "pack")
    for words in (
        "Ms Okoro",
        "24\xa0×\xa0Fraction tiles",
        "Hill Lane 2",
        "As new",
        "Who bears the risk",
    ):
        assert words in page
    assert "the school is asked to confirm" in page
    assert digest(site.row(loan_id).terms) in page


def test_the_terms_are_frozen_with_the_digest_of_what_was_accepted(site: Site) -> None:
    loan_id = site.loan("dispatched")
    accepted = digest(site.row(loan_id).terms)
    with site.transaction() as work:
        work.session.execute(update(Loan).where(Loan.id == loan_id).values(terms="Other terms."))
    page = kept(site, loan_id, "pack")
    assert accepted in page
    assert digest("Other terms.") not in page


def test_what_was_checked_goes_with_the_condition() -> None:
    for condition, checked, words in (
        ("As new", "", "As new"),
        ("As new", "Cable looked at", "As new. Cable looked at"),
        ("As new.", "Cable looked at.", "As new. Cable looked at."),
    ):
        assert DispatchWish((), condition, safety_words=checked).words == words


def test_both_sides_find_the_papers_on_the_loan(site: Site) -> None:
    loan_id = site.loan("closed")
    for name, client in site.clients().items():
        page = shown(client, f"/loans/{loan_id}")
        for kind in ("pack", "dispatch", "return"):
            assert f"/loans/{loan_id}/papers/{kind}" in page, f"{name} finds no {kind}"


def test_there_is_no_pack_before_the_terms_are_accepted(site: Site) -> None:
    loan_id = site.loan("approved")
    kept(site, loan_id, "pack", 404)
    assert "Loan pack" not in shown(site.as_teacher, f"/loans/{loan_id}")


def test_the_supplier_reads_no_data_protection_outcome(access: Site) -> None:
    access.product.facts = {"personal_data": "pupil_pseudonymous"}
    access.make.save(access.product)
    loan_id = access.loan("preparing")
    outcome = "Our data protection lead says that none is needed"
    assert outcome in kept(access, loan_id, "pack")
    assert outcome not in shown(access.as_supplier, f"/loans/{loan_id}/papers/pack")


def test_receipts_carry_both_sides(site: Site) -> None:
    loan_id = site.loan("closed")
    sent = kept(site, loan_id, "dispatch")
    for person in (site.supplier, site.teacher):
        assert person.name in sent
    assert sent.count("24 of 24") == 2
    back = kept(site, loan_id, "return")
    assert "Friday at the office" in back
    assert "Checked by the supplier" in back


def test_a_receipt_says_what_is_not_confirmed_yet(site: Site) -> None:
    loan_id = site.loan("returning")
    assert "Not confirmed yet." not in kept(site, loan_id, "dispatch")
    assert "Not confirmed yet." in kept(site, loan_id, "return")


def test_the_certificate_says_what_who_and_when(access: Site) -> None:
    loan_id = access.loan("access_ended")
    kept(access, loan_id, "deletion", 404)
    today = clock.today()
    wish = DeletionWish(False, "All accounts 😀", today, today + timedelta(days=30))
    access.do(service.confirm_deletion, access.supplier, loan_id, wish)
    page = kept(access, loan_id, "deletion")
    for words in ("All accounts", access.supplier.name, "In backups until", "not checked"):
        assert words in page
    shown(access.as_supplier, f"/loans/{loan_id}/papers/deletion")
    shown(access.as_teacher, f"/loans/{loan_id}/papers/deletion", 403)
    assert "Certificate of deletion" in shown(access.as_lead, f"/loans/{loan_id}")
    assert "Certificate of deletion" not in shown(access.as_teacher, f"/loans/{loan_id}")


def test_a_certificate_that_nothing_was_held_says_so(access: Site) -> None:
    loan_id = access.loan("access_ended")
    access.do(service.confirm_deletion, access.supplier, loan_id, DeletionWish(True))
    assert "held no personal data" in kept(access, loan_id, "deletion")


def test_papers_that_there_are_not_are_not_found(site: Site) -> None:
    loan_id = site.loan("active")
    for kind in ("deletion", "nothing", "..%2f.."):
        kept(site, loan_id, kind, 404)
