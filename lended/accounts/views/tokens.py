"""Tokens by which programs act for somebody: making, seeing once, revoking."""

from __future__ import annotations

from flask import flash, render_template, session
from werkzeug.wrappers import Response

from lended.access import SCOPE_WORDS, Role
from lended.accounts import queries, service
from lended.accounts.forms import TokenForm
from lended.accounts.policy import scopes_of
from lended.accounts.views.blueprint import pages
from lended.errors import Invalid
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor
from lended.web.redirects import see

WHO_MAKES_TOKENS = only(Role.SCHOOL_LEAD, Role.SUPPLIER)
MADE_PER_HOUR = "30 per hour"
FRESH = "fresh_token"
"""Where the maker's own session carries a token from its making to the one page that shows it."""


@pages.get("/tokens")
@audience(WHO_MAKES_TOKENS)
def tokens() -> str:
    """Show which programs act for people here, and let another one."""
    return _page(_form())


@pages.post("/tokens")
@limiter.limit(MADE_PER_HOUR)
@audience(WHO_MAKES_TOKENS)
def make_token() -> Response | tuple[str, int]:
    """Make a token."""
    form = _form()
    if not form.accepted():
        return _page(form), 422
    try:
        with transaction() as work:
            token_id, secret = service.make_token(work, actor(), form.wish())
    except Invalid as refusal:
        form.show(refusal)
        return _page(form), 422
    session[FRESH] = [token_id, secret]
    return see("accounts.token", token_id=token_id)


@pages.get("/tokens/<int:token_id>")
@audience(WHO_MAKES_TOKENS)
def token(token_id: int) -> str:
    """Show a token whole, once, straight after it was made; later only what it is for."""
    found = queries.token(reader(), actor(), token_id)
    made, secret = session.pop(FRESH, (0, ""))
    return render_template(
        "accounts/token.html",
        token=found,
        secret=secret if made == token_id else "",
        scope_words=SCOPE_WORDS,
    )


@pages.post("/tokens/<int:token_id>/revoke")
@audience(WHO_MAKES_TOKENS)
def revoke_token(token_id: int) -> Response:
    """End what a token lets a program do."""
    with transaction() as work:
        service.revoke_token(work, actor(), token_id)
    flash("The token is revoked. No program can use it any more.", "success")
    return see("accounts.tokens")


def _form() -> TokenForm:
    form = TokenForm.of_request()
    form.scopes.offer(scopes_of(actor().organisation_kind))
    return form


def _page(form: TokenForm) -> str:
    return render_template(
        "accounts/tokens.html",
        form=form,
        tokens=queries.tokens(reader(), actor()),
        scope_words=SCOPE_WORDS,
    )
