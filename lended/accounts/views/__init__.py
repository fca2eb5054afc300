"""Pages about accounts: coming in, one's own account, and an organisation's people."""

from lended.accounts.views import (
    invitations,
    joining,
    members,
    own,
    signing_in,
    tokens,
    unfinished,
    ways_in,
)
from lended.accounts.views.blueprint import pages

__all__ = [
    "invitations",
    "joining",
    "members",
    "own",
    "pages",
    "signing_in",
    "tokens",
    "unfinished",
    "ways_in",
]
