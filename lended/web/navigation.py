"""The ways round LendED that the head of every page shows, by what one does there."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request, url_for

from lended.access import Actor, Role

LEADS = frozenset({Role.SCHOOL_LEAD, Role.TRUST_LEAD, Role.SUPPLIER, Role.STAFF})
TEACHES = frozenset({Role.TEACHER, Role.SCHOOL_LEAD})
BORROWS_OR_LENDS = TEACHES | {Role.SUPPLIER}


@dataclass(frozen=True, slots=True)
class Way:
    """A link in the head; ``current`` when it leads to the page one is on."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the head: for everyone, for visitors, for signed-in people, or for some roles.

    Labels are short, so that a school lead's eight stand on one line of a small tablet.
    """

    label: str
    endpoint: str
    signed_in: bool | None = None
    roles: frozenset[Role] = frozenset()

    def is_for(self, actor: Actor | None) -> bool:
        """Tell whether somebody has this way."""
        if actor is None:
            return self.signed_in is not True
        return self.signed_in is not False and (not self.roles or actor.has(*self.roles))


ENTRIES = (
    Entry("Desk", "desks.desk", signed_in=True),
    Entry("State a need", "needs.home", signed_in=False),
    Entry("Needs", "needs.needs", signed_in=True, roles=TEACHES),
    Entry("Loans", "loans.loans", signed_in=True, roles=BORROWS_OR_LENDS),
    Entry("Products", "catalogue.listings", signed_in=True, roles=frozenset({Role.SUPPLIER})),
    Entry("Waiting", "catalogue.waiting_listings", signed_in=True, roles=frozenset({Role.STAFF})),
    Entry("A–Z", "catalogue.products"),
    Entry("Stories", "outcomes.stories"),
    Entry("People", "accounts.members", signed_in=True, roles=LEADS),
    Entry("Account", "accounts.account", signed_in=True),
)


def ways(actor: Actor | None) -> tuple[Way, ...]:
    """Return where somebody can go from here; pages of features left out are left out too."""
    return tuple(
        Way(entry.label, url_for(entry.endpoint), request.endpoint == entry.endpoint)
        for entry in ENTRIES
        if entry.endpoint in current_app.view_functions and entry.is_for(actor)
    )
