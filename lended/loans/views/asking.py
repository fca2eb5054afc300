"""Asking for a trial: a draft is made from a product's page and filled in here."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lended.access import Role
from lended.accounts import queries as accounts
from lended.catalogue import queries as catalogue
from lended.errors import Conflict, Invalid
from lended.loans import policy, queries, service
from lended.loans.forms.ask import QueueForm, TrialForm
from lended.loans.forms.chosen import ChosenForm
from lended.loans.rules import State
from lended.loans.rules.queue import NoneFree
from lended.loans.rules.stock import set_in_words
from lended.loans.service.ask import UNFINISHED
from lended.loans.views.blueprint import pages
from lended.loans.views.steps import Answer
from lended.needs.rules import LONGEST_NEED
from lended.web.addresses import is_key
from lended.web.audience import SIGNED_IN, audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see
from lended.words import clean_words
from lended.work import Work

if TYPE_CHECKING:
    from lended.loans.models import Loan

USUAL_WEEKS = 4
ONLY_IN_QUEUE = "latest_on-day"
"""A field that is there only where none was free and the waiting list was offered."""


@pages.post("/products/<slug>/trial")
@audience(SIGNED_IN)
def start(slug: str) -> Response:
    """Begin a request for a product, or go on with the one begun before."""
    need = request.values.get("need", "")
    kept = is_key(need)
    with transaction() as work:
        loan_id = service.start_draft(
            work,
            actor(),
            slug,
            int(need) if kept else None,
            "" if kept else clean_words(need)[:LONGEST_NEED],
        )
    return see("loans.ask", loan_id=loan_id, **ChosenForm.carried())


@pages.get("/products/<slug>/trial")
@audience(only(Role.TEACHER))
def begin_on(slug: str) -> str:
    """Say on which day a request would begin, and let the teacher begin it."""
    product = catalogue.published_product(reader(), slug)
    form = ChosenForm.of_query()
    if not form.validate():
        raise Invalid("Choose a day from the calendar.")
    return render_template(
        "loans/begin_on.html", product=product, dates=form.dates(), sets=form.sets.value or 1
    )


@pages.route("/loans/<int:loan_id>/ask", methods=["GET", "POST"])
@audience(only(Role.TEACHER))
def ask(loan_id: int) -> Answer:
    """Write the plan of a trial and send it."""
    loan = queries.loan_to_move(reader(), actor(), loan_id)
    policy.demand_move(actor(), loan, "submit")
    if loan.state != State.DRAFT:
        return redirect(url_for("loans.loan", loan_id=loan_id), code=303)
    form = _form(loan)

    def send(work: Work) -> None:
        service.submit(work, actor(), loan_id, form.wish())

    return _sent(loan, form, send, "Your request is on its way. This page shows what happens.")


@pages.post("/loans/<int:loan_id>/queue")
@audience(only(Role.TEACHER))
def join_queue(loan_id: int) -> Answer:
    """Join the waiting list with the plan of a trial."""
    loan = queries.loan_to_move(reader(), actor(), loan_id)
    policy.demand_move(actor(), loan, "join_queue")
    if loan.state != State.DRAFT:
        return see("loans.loan", loan_id=loan_id)
    form = QueueForm.of_request()
    form.with_need(kept=loan.need is not None)

    def send(work: Work) -> None:
        service.join_queue(work, actor(), loan_id, form.wish(), form.flexible())

    return _sent(loan, form, send, "You are on the waiting list. This page shows your place.")


def _sent(loan: Loan, form: TrialForm, send: Callable[[Work], None], done: str) -> Answer:
    """Send a form and lead to the loan, or show it again with everything typed into it."""
    status = 422 if request.method == "POST" else 200
    if form.accepted():
        try:
            with transaction() as work:
                send(work)
        except Invalid as refused:
            form.show(refused)
        except Conflict as refused:
            form = _waiting_instead(loan, form) if isinstance(refused, NoneFree) else form
            form.form_errors.append(refused.words)
            status = refused.status
        else:
            flash(done, "success")
            return see("loans.loan", loan_id=loan.id)
        loan = queries.loan_to_move(reader(), actor(), loan.id)
    return _page(loan, form), status


def _waiting_instead(loan: Loan, form: TrialForm) -> TrialForm:
    return QueueForm.after(form).with_need(kept=loan.need is not None)


def _page(loan: Loan, form: TrialForm) -> str:
    pools = queries.stock_of_product(reader(), loan.product_id)
    return render_template(
        "loans/ask.html",
        loan=loan,
        form=form,
        may_wait=isinstance(form, QueueForm),
        physical=any(pool.kind == "physical" for pool in pools),
        made_of=set_in_words(pools),
        free_from=queries.next_free(reader(), [loan.product_id], loan.school_id).get(
            loan.product_id
        ),
        unfinished=UNFINISHED,
    )


def _form(loan: Loan) -> TrialForm:
    """Return the form as sent, as it was left unfinished, or new."""
    if request.method == "POST":
        form = TrialForm.of_request()
    elif kept := accounts.unfinished(reader(), actor(), UNFINISHED, str(loan.id)):
        form = (QueueForm if ONLY_IN_QUEUE in kept else TrialForm).of_saved(kept)
    else:
        form = TrialForm(data=_beginning(loan))
    return form.with_need(kept=loan.need is not None)


def _beginning(loan: Loan) -> dict[str, Any]:
    weeks = min(USUAL_WEEKS, loan.product.loan_weeks_most)
    chosen = ChosenForm.of_query()
    if request.args.get("on") and chosen.validate():
        dates = chosen.dates()
        return _usual(loan, dates.weeks, chosen.sets.value or 1) | {"starts_on": dates.starts_on}
    return _usual(loan, weeks, 1)


def _usual(loan: Loan, weeks: int, sets: int) -> dict[str, Any]:
    return {
        "problem": loan.need_text,
        "education_lead": actor().name,
        "weeks": weeks,
        "quantity": sets,
        "origin": "teacher",
    }
