"""Reading people, organisations and what ties them together."""

from lended.accounts.queries.joining import (
    INVITATION_OVER,
    LINK_OVER,
    invitations,
    open_invitation,
    own_join_requests,
    usable_link,
    waiting_join_request,
    waiting_join_requests,
)
from lended.accounts.queries.people import (
    Credentials,
    Member,
    credentials,
    member,
    members,
    memberships,
    organisation,
    people_with_role,
    person,
    person_by_email,
    person_with_places,
    person_with_role,
    staff,
)
from lended.accounts.queries.tokens import token, token_shown, tokens
from lended.accounts.queries.unfinished import unfinished, unfinished_forms

__all__ = [
    "INVITATION_OVER",
    "LINK_OVER",
    "Credentials",
    "Member",
    "credentials",
    "invitations",
    "member",
    "members",
    "memberships",
    "open_invitation",
    "organisation",
    "own_join_requests",
    "people_with_role",
    "person",
    "person_by_email",
    "person_with_places",
    "person_with_role",
    "staff",
    "token",
    "token_shown",
    "tokens",
    "unfinished",
    "unfinished_forms",
    "usable_link",
    "waiting_join_request",
    "waiting_join_requests",
]
