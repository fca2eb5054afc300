"""The papers of a loan, to read, to print and to keep as PDFs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask import Response, render_template

from lended.access import Role
from lended.errors import NotAllowed, NotFound
from lended.loans import policy, queries
from lended.loans.policy import Party
from lended.loans.queries import Papers
from lended.loans.views import paper_words
from lended.loans.views.blueprint import pages
from lended.web.audience import audience, only
from lended.web.database import reader
from lended.web.paper import Document, as_pdf
from lended.web.people import actor

if TYPE_CHECKING:
    from lended.loans.models import Loan

SIDES = only(Role.TEACHER, Role.SCHOOL_LEAD, Role.SUPPLIER)
EVERYBODY = frozenset(Party)
NOT_YOURS = "This paper is for the responsible person, the school’s leads and the supplier."


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper.

    Parameters
    ----------
    there
        Tells whether a loan has it yet.
    write
        Makes it, as far as the supplier (True) or the school may see.
    """

    label: str
    there: Callable[[Loan, Papers], bool]
    write: Callable[[Loan, Papers, bool], Document]
    parties: frozenset[Party] = EVERYBODY


def _write_certificate(loan: Loan, papers: Papers) -> Document:
    assert papers.duty is not None
    return paper_words.certificate(loan, papers.duty)


PAPERS: dict[str, Paper] = {
    "pack": Paper(
        "Loan pack",
        lambda _loan, papers: papers.paperwork is not None,
        lambda loan, papers, supplying: paper_words.pack(loan, papers, supplying=supplying),
    ),
    "dispatch": Paper(
        paper_words.SENT,
        lambda _loan, papers: papers.check("dispatch") is not None,
        lambda loan, papers, _supplying: paper_words.receipt_of_dispatch(loan, papers),
    ),
    "return": Paper(
        paper_words.CAME_BACK,
        lambda loan, _papers: any(event.kind == "book_return" for event in loan.events),
        lambda loan, papers, _supplying: paper_words.receipt_of_return(loan, papers),
    ),
    "deletion": Paper(
        "Certificate of deletion",
        lambda _loan, papers: papers.duty is not None and papers.duty.confirmed_at is not None,
        lambda loan, papers, _supplying: _write_certificate(loan, papers),
        EVERYBODY - {Party.TEACHER},
    ),
}


def papers_of(loan: Loan, papers: Papers) -> list[tuple[str, str]]:
    """Return the papers the actor may read now: the name in the address, and the label."""
    parties = policy.parties(actor(), loan)
    return [
        (kind, paper.label)
        for kind, paper in PAPERS.items()
        if not paper.parties.isdisjoint(parties) and paper.there(loan, papers)
    ]


@pages.get("/loans/<int:loan_id>/papers/<kind>")
@audience(SIDES)
def paper(loan_id: int, kind: str) -> str:
    """Show a paper of a loan, fit to be printed."""
    loan, document = _document(loan_id, kind)
    return render_template("loans/paper.html", loan=loan, document=document, kind=kind)


@pages.get("/loans/<int:loan_id>/papers/<kind>.pdf")
@audience(SIDES)
def paper_pdf(loan_id: int, kind: str) -> Response:
    """Hand out a paper of a loan as a PDF to keep."""
    loan, document = _document(loan_id, kind)
    response = Response(as_pdf(document), mimetype="application/pdf")
    response.headers.set(
        "Content-Disposition", "attachment", filename=f"{loan.reference}-{kind}.pdf"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _document(loan_id: int, kind: str) -> tuple[Loan, Document]:
    """Return a loan with one of its papers.

    Raises
    ------
    NotFound
        When the loan does not exist for the actor, or there is no such paper yet.
    NotAllowed
        When the paper is for others.
    """
    loan = queries.loan(reader(), actor(), loan_id)
    wanted = PAPERS.get(kind)
    parties = policy.parties(actor(), loan)
    if wanted is None:
        raise NotFound
    if wanted.parties.isdisjoint(parties):
        raise NotAllowed(NOT_YOURS)
    papers = queries.papers(reader(), loan_id)
    if not wanted.there(loan, papers):
        raise NotFound
    return loan, wanted.write(loan, papers, Party.SUPPLIER in parties)
