"""One's own account: name, password, places."""

from __future__ import annotations

from flask import flash, redirect, render_template, request
from werkzeug.wrappers import Response

from lended.accounts import passwords, policy, queries, service, sessions
from lended.accounts.forms import ChangePasswordForm, NameForm, PlaceForm
from lended.accounts.views.blueprint import PER_NETWORK, pages, was_wrong
from lended.errors import NotFound
from lended.web.audience import SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor, places
from lended.web.redirects import safe_next, see


@pages.route("/account", methods=["GET", "POST"])
@audience(SIGNED_IN)
def account() -> str | Response | tuple[str, int]:
    """Show who the person is and where they belong, and change their name."""
    form = NameForm.of_request({"name": actor().name})
    if form.accepted():
        with transaction() as work:
            service.change_name(work, actor(), form.called)
        flash("Your name is changed.", "success")
        return see("accounts.account")
    page = render_template(
        "accounts/account.html",
        form=form,
        person=queries.person(reader(), actor().person_id),
        requests=queries.own_join_requests(reader(), actor()),
        may_make_tokens=actor().may(policy.MAKE_TOKENS),
    )
    return page, 200 if request.method == "GET" else 422


@pages.route("/account/password", methods=["GET", "POST"])
@limiter.limit(PER_NETWORK, deduct_when=was_wrong)
@audience(SIGNED_IN)
def change_password() -> str | Response | tuple[str, int]:
    """Change the person's password and sign them out everywhere else."""
    form = ChangePasswordForm.of_request()
    if _may_change(form):
        password_hash = passwords.hashed(form.chosen)
        with transaction() as work:
            person = service.change_password(work, actor().person_id or 0, password_hash)
        sessions.renew(reader(), person)
        flash("Your password is changed. Everywhere else you are signed out.", "success")
        return see("accounts.account")
    page = render_template("accounts/change_password.html", form=form)
    return page, 200 if request.method == "GET" else 422


@pages.get("/acting-for")
@audience(SIGNED_IN)
def organisations() -> str:
    """Show the places the person can act for."""
    return render_template("accounts/organisations.html", form=PlaceForm())


@pages.post("/acting-for")
@audience(SIGNED_IN)
def act_for() -> Response | tuple[str, int]:
    """Act for another of the person's own places from now on."""
    form = PlaceForm.of_request()
    if not form.accepted():
        return render_template("accounts/organisations.html", form=form), 422
    if form.number() not in {place.organisation_id for place in places()}:
        raise NotFound
    here = sessions.begin(reader(), queries.person(reader(), actor().person_id), form.number())
    flash(f"You now act for {here.organisation_name if here else 'nobody'}.", "success")
    return redirect(safe_next(request.form.get("next"), sessions.landing(here)), code=303)


def _may_change(form: ChangePasswordForm) -> bool:
    """Tell whether the form makes sense and the present password in it is right."""
    person = queries.person(reader(), actor().person_id)
    form.email, form.name_known, stored = person.email, person.name, person.password_hash
    if not form.accepted():
        return False
    reader().rollback()
    if passwords.is_right(form.present.data or "", stored):
        return True
    form.refuse()
    return False
