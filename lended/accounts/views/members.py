"""The people of an organisation, for who looks after them."""

from __future__ import annotations

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.access import Role
from lended.accounts import queries, service, sessions
from lended.accounts.forms import InviteForm, RolesForm
from lended.accounts.policy import roles_of
from lended.accounts.views.blueprint import pages
from lended.errors import Invalid
from lended.web.audience import audience, only
from lended.web.database import reader, transaction
from lended.web.limits import limiter
from lended.web.people import actor
from lended.web.redirects import see

WHO_LEADS = only(Role.SCHOOL_LEAD, Role.TRUST_LEAD, Role.SUPPLIER, Role.STAFF)
INVITATIONS = "60 per hour"


@pages.get("/members")
@audience(WHO_LEADS)
def members() -> str:
    """Show an organisation's people, who waits to join, and who is invited."""
    return _page(_invite_form())


@pages.post("/members")
@limiter.limit(INVITATIONS)
@audience(WHO_LEADS)
def invite() -> Response | tuple[str, int]:
    """Keep a place for somebody, by mail."""
    form = _invite_form()
    if not form.accepted():
        return _page(form), 422
    try:
        with transaction() as work:
            service.invite(work, actor(), form.email.value, form.role.data)
    except Invalid as refusal:
        form.show(refusal)
        return _page(form), 422
    flash(f"An invitation is on its way to {form.email.value}. It is good for 14 days.", "success")
    return see("accounts.members")


@pages.post("/members/invitations/<int:invitation_id>/resend")
@limiter.limit(INVITATIONS)
@audience(WHO_LEADS)
def resend_invitation(invitation_id: int) -> Response:
    """Send an invitation again."""
    with transaction() as work:
        service.resend_invitation(work, actor(), invitation_id)
    flash("The invitation is on its way again, with a new link.", "success")
    return see("accounts.members")


@pages.post("/members/invitations/<int:invitation_id>/withdraw")
@audience(WHO_LEADS)
def withdraw_invitation(invitation_id: int) -> Response:
    """Take an invitation back."""
    with transaction() as work:
        service.withdraw_invitation(work, actor(), invitation_id)
    flash("The invitation is withdrawn; its link no longer works.", "success")
    return see("accounts.members")


@pages.route("/members/<int:person_id>", methods=["GET", "POST"])
@audience(WHO_LEADS)
def member(person_id: int) -> str | Response | tuple[str, int]:
    """Show one person's roles here, and change them."""
    found = queries.member(reader(), actor(), person_id)
    form = RolesForm.of_request({"roles": [str(role) for role in found.roles]})
    form.roles.offer(roles_of(actor().organisation_kind))
    if form.accepted():
        try:
            return _change_roles(person_id, form.chosen)
        except Invalid as refusal:
            form.show(refusal)
    page = render_template("accounts/member.html", member=found, form=form)
    return page, 200 if request.method == "GET" else 422


@pages.post("/members/<int:person_id>/remove")
@audience(WHO_LEADS)
def remove_member(person_id: int) -> Response | tuple[str, int]:
    """End what a person is here."""
    found = queries.member(reader(), actor(), person_id)
    form = RolesForm(data={"roles": [str(role) for role in found.roles]})
    form.roles.offer(roles_of(actor().organisation_kind))
    try:
        with transaction() as work:
            service.remove_person(work, actor(), person_id)
    except Invalid as refusal:
        form.show(refusal)
        return render_template("accounts/member.html", member=found, form=form), 422
    flash(f"{found.person.name} no longer belongs to {actor().organisation_name}.", "success")
    return see("accounts.sign_in" if person_id == actor().person_id else "accounts.members")


def _change_roles(person_id: int, roles: list[str]) -> Response:
    with transaction() as work:
        person = service.change_roles(work, actor(), person_id, roles)
    if person_id == actor().person_id:
        sessions.renew(reader(), person)
    flash("Their roles are changed. They sign in again to use them.", "success")
    return see("accounts.members")


def _invite_form() -> InviteForm:
    form = InviteForm.of_request()
    form.role.offer(roles_of(actor().organisation_kind))
    return form


def _page(form: InviteForm) -> str:
    return render_template(
        "accounts/members.html",
        form=form,
        members=queries.members(reader(), actor()),
        requests=queries.waiting_join_requests(reader(), actor()),
        invitations=queries.invitations(reader(), actor()),
    )
