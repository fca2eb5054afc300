"""What follows for programs when somebody leaves."""

from __future__ import annotations

from lended.accounts import service
from lended.accounts.events import PersonDisabled, RolesChanged
from lended.work import Listener, Work


def end_tokens_of_who_left(work: Work, event: RolesChanged) -> None:
    """Let no program act any more for somebody who has left an organisation."""
    if not event.roles:
        service.end_tokens(work, event.person_id, event.organisation_id)


def end_tokens_of_who_is_gone(work: Work, event: PersonDisabled) -> None:
    """Let no program act any more for somebody whose account has ended."""
    service.end_tokens(work, event.person_id)


LISTENERS: dict[type, list[Listener]] = {
    RolesChanged: [end_tokens_of_who_left],
    PersonDisabled: [end_tokens_of_who_is_gone],
}
