"""Signing in and out."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from lended.access import Actor
from lended.accounts import passwords, queries, service, sessions
from lended.accounts.forms import SignInForm
from lended.accounts.views.blueprint import (
    PER_ACCOUNT,
    PER_NETWORK,
    account_and_network,
    pages,
    was_wrong,
)
from lended.web.audience import EVERYONE, SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor, actor_or_none
from lended.web.redirects import safe_next, see


@pages.get("/sign-in")
@audience(EVERYONE)
def sign_in() -> str | Response:
    """Show where to sign in; who is signed in goes on."""
    wanted = request.args.get("next", "")
    here = actor_or_none()
    if here:
        return redirect(safe_next(wanted, sessions.landing(here)), code=303)
    return render_template("accounts/sign_in.html", form=SignInForm(data={"next": wanted}))


@pages.post("/sign-in")
@limiter.limit(PER_NETWORK, deduct_when=was_wrong)
@limiter.limit(PER_ACCOUNT, key_func=account_and_network, deduct_when=was_wrong)
@audience(EVERYONE)
def check_password() -> Response | tuple[str, int]:
    """Let somebody in who knows the password."""
    form = SignInForm.of_request()
    here = _recognise(form) if form.accepted() else None
    if here is None:
        return render_template("accounts/sign_in.html", form=form), 422
    return redirect(safe_next(form.next.data, sessions.landing(here)), code=303)


@pages.post("/sign-out")
@audience(EVERYONE)
def sign_out() -> Response:
    """End the session here."""
    sessions.end()
    flash("You are signed out.", "success")
    return see("accounts.sign_in")


@pages.post("/sign-out-everywhere")
@audience(SIGNED_IN)
def sign_out_everywhere() -> Response:
    """End every session of the person."""
    with transaction() as work:
        service.end_sessions(work, actor())
    sessions.end()
    flash("You are signed out here and everywhere else.", "success")
    return see("accounts.sign_in")


def _recognise(form: SignInForm) -> Actor | None:
    """Begin a session for who is known by address and password; None says only that it failed."""
    address, password = form.known_as()
    known = queries.credentials(reader(), address)
    reader().rollback()  # hashing is slow: no connection is held meanwhile
    right = passwords.is_right(password, known.password_hash if known else None)
    if known is None or not right:
        form.refuse()
        return None
    better = passwords.better_hash(password, known.password_hash)
    with transaction() as work:
        person = service.note_sign_in(work, known.person_id, better)
    return sessions.begin(reader(), person)
