"""The certificate of deletion, as a PDF to be filed with the school's records."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from flask import make_response
from werkzeug.wrappers import Response

from lended import clock
from lended.access import Role
from lended.accounts import queries as accounts
from lended.errors import NotAllowed, NotFound
from lended.loans import policy, queries
from lended.loans.policy import Party
from lended.loans.rules.calendar import in_words
from lended.loans.views.blueprint import pages
from lended.web.audience import audience, only
from lended.web.database import reader
from lended.web.paper import Paper
from lended.web.people import actor

if TYPE_CHECKING:
    from lended.loans.models import DeletionDuty, Loan

SIDES = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)
HOLDERS = frozenset({Party.RESPONSIBLE, Party.LEAD, Party.SUPPLIER})


def may_have_certificate(parties: frozenset[Party]) -> bool:
    """Tell whether a party to a loan may have its certificate of deletion."""
    return not parties.isdisjoint(HOLDERS)


@pages.get("/loans/<int:loan_id>/deletion-certificate.pdf")
@audience(SIDES)
def certificate(loan_id: int) -> Response:
    """Hand out the certificate of deletion."""
    loan = queries.loan(reader(), actor(), loan_id)
    if not may_have_certificate(policy.parties(actor(), loan)):
        raise NotAllowed("The certificate is for the responsible person and the school’s leads.")
    duty = queries.papers(reader(), loan_id).duty
    if duty is None or duty.confirmed_at is None:
        raise NotFound
    response = make_response(_paper(loan, duty))
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Disposition"] = (
        f'inline; filename="deletion-certificate-{loan.reference}.pdf"'
    )
    return response


def _paper(loan: Loan, duty: DeletionDuty) -> bytes:
    facts = facts_of(loan, duty)
    paper = Paper("Certificate of deletion", f"{loan.product.name}, {loan.reference}")
    paper.facts(facts)
    paper.words(
        f"This is what {loan.supplier.name} confirmed on LendED. LendED keeps the confirmation and "
        "has not looked into the supplier’s systems."
    )
    paper.small(f"Digest of these words (SHA-256): {digest_of(facts)}")
    return paper.written()


def facts_of(loan: Loan, duty: DeletionDuty) -> list[tuple[str, str]]:
    """Return what a certificate says, in order; what was not said is left out."""
    assert duty.confirmed_at is not None
    assert duty.confirmed_by_id is not None
    who = accounts.person(reader(), duty.confirmed_by_id).name
    what = "No personal data was held in this trial" if duty.none_held else duty.scope
    facts = [
        ("Product", loan.product.name),
        ("Loan", loan.reference),
        ("School", loan.school.name),
        ("Supplier", loan.supplier.name),
        ("What was deleted", what),
        ("Deleted on", in_words(duty.deleted_on) if duty.deleted_on else ""),
        ("In backups until", in_words(duty.backups_until) if duty.backups_until else ""),
        ("Confirmed by", who),
        ("Confirmed on", in_words(clock.day_of(duty.confirmed_at))),
    ]
    return [(label, words) for label, words in facts if words]


def digest_of(facts: list[tuple[str, str]]) -> str:
    """Return the digest of what a certificate says: each line as label, colon, blank, words."""
    lines = "\n".join(f"{label}: {words}" for label, words in facts)
    return sha256(lines.encode()).hexdigest()
