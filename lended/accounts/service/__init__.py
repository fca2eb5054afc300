"""Changing people, the organisations they act for, and what ties them together."""

from lended.accounts.service.invitations import (
    accept_as_new_person,
    accept_invitation,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from lended.accounts.service.joining import (
    approve_join_request,
    ask_to_join,
    refuse_join_request,
    withdraw_join_request,
)
from lended.accounts.service.people import (
    change_name,
    change_password,
    create_person,
    disable_person,
    end_sessions,
    note_sign_in,
)
from lended.accounts.service.places import (
    change_roles,
    give_role,
    open_organisation,
    remove_person,
)
from lended.accounts.service.tokens import end_tokens, make_token, note_use, revoke_token
from lended.accounts.service.unfinished import drop_unfinished, keep_unfinished
from lended.accounts.service.ways_in import (
    choose_password_by_link,
    make_account_by_link,
    send_way_in,
)

__all__ = [
    "accept_as_new_person",
    "accept_invitation",
    "approve_join_request",
    "ask_to_join",
    "change_name",
    "change_password",
    "change_roles",
    "choose_password_by_link",
    "create_person",
    "disable_person",
    "drop_unfinished",
    "end_sessions",
    "end_tokens",
    "give_role",
    "invite",
    "keep_unfinished",
    "make_account_by_link",
    "make_token",
    "note_sign_in",
    "note_use",
    "open_organisation",
    "refuse_join_request",
    "remove_person",
    "resend_invitation",
    "revoke_token",
    "send_way_in",
    "withdraw_invitation",
    "withdraw_join_request",
]
