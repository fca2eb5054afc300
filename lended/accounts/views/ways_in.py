"""Coming in by a mailed link: a forgotten password, a new account.

What is answered never depends on whether LendED knows an address; only the mail does.
"""

from __future__ import annotations

from flask import flash, redirect, render_template
from werkzeug.wrappers import Response

from lended.accounts import passwords, queries, service, sessions
from lended.accounts.forms import AddressForm, NewPasswordForm, NewPersonForm
from lended.accounts.views.blueprint import (
    MAILS_PER_ACCOUNT,
    MAILS_PER_NETWORK,
    PER_NETWORK,
    account_and_network,
    pages,
)
from lended.errors import NotFound
from lended.web.audience import EVERYONE, audience
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.redirects import see


@pages.get("/forgotten")
@audience(EVERYONE)
def forgotten() -> str:
    """Ask which address to send a link to."""
    return render_template("accounts/forgotten.html", form=AddressForm())


@pages.post("/forgotten")
@limiter.limit(MAILS_PER_NETWORK)
@limiter.limit(MAILS_PER_ACCOUNT, key_func=account_and_network)
@audience(EVERYONE)
def send_reset() -> Response | tuple[str, int]:
    """Send a link to choose a new password."""
    return _send("reset", "accounts/forgotten.html")


@pages.get("/register")
@audience(EVERYONE)
def register() -> str:
    """Ask for the address of somebody new."""
    return render_template("accounts/register.html", form=AddressForm())


@pages.post("/register")
@limiter.limit(MAILS_PER_NETWORK)
@limiter.limit(MAILS_PER_ACCOUNT, key_func=account_and_network)
@audience(EVERYONE)
def send_registration() -> Response | tuple[str, int]:
    """Send a link to make an account."""
    return _send("register", "accounts/register.html")


@pages.get("/look-in-your-mail")
@audience(EVERYONE)
def mail_sent() -> str:
    """Say that a mail is on its way, whoever it goes to."""
    return render_template("accounts/mail_sent.html")


@pages.route("/reset/<token>", methods=["GET", "POST"])
@limiter.limit(PER_NETWORK)
@audience(EVERYONE)
def reset(token: str) -> str | Response | tuple[str, int]:
    """Let somebody who opened a mailed link choose a new password, and in."""
    link = queries.usable_link(reader(), token)
    if link.person_id is None:
        raise NotFound(queries.LINK_OVER)
    form = NewPasswordForm.of_request()
    form.email = link.email
    if not form.accepted():
        page = render_template("accounts/reset.html", form=form, email=link.email, token=token)
        return page, 422 if form.errors else 200
    reader().rollback()
    password_hash = passwords.hashed(form.chosen)
    with transaction() as work:
        person = service.choose_password_by_link(work, token, password_hash)
    here = sessions.begin(reader(), person)
    flash(
        "You have a new password, and are signed in here. Everywhere else you are signed out.",
        "success",
    )
    return redirect(sessions.landing(here), code=303)


@pages.route("/register/<token>", methods=["GET", "POST"])
@limiter.limit(PER_NETWORK)
@audience(EVERYONE)
def finish_registration(token: str) -> str | Response | tuple[str, int]:
    """Make the account of somebody who opened a mailed link."""
    link = queries.usable_link(reader(), token)
    if link.person_id is not None:
        raise NotFound(queries.LINK_OVER)
    form = NewPersonForm.of_request()
    form.email = link.email
    if not form.accepted():
        page = render_template(
            "accounts/finish_registration.html", form=form, email=link.email, token=token
        )
        return page, 422 if form.errors else 200
    reader().rollback()
    password_hash = passwords.hashed(form.chosen)
    with transaction() as work:
        person = service.make_account_by_link(work, token, form.called, password_hash)
    here = sessions.begin(reader(), person)
    flash("Welcome. Your account is ready; find your school next.", "success")
    return redirect(sessions.landing(here), code=303)


def _send(asked: str, template: str) -> Response | tuple[str, int]:
    form = AddressForm.of_request()
    if not form.accepted():
        return render_template(template, form=form), 422
    with transaction() as work:
        service.send_way_in(work, form.email.value, asked)
    return see("accounts.mail_sent")
