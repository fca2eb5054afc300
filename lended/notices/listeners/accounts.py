"""What is told about accounts, places and invitations."""

from __future__ import annotations

from lended import clock
from lended.access import ROLE_WORDS, OrganisationKind, Role
from lended.accounts import policy, queries, rules
from lended.accounts.events import (
    InvitationAccepted,
    JoinAnswered,
    JoinAsked,
    PasswordChanged,
    PersonInvited,
    RolesChanged,
    TokenMade,
    WayInAsked,
)
from lended.accounts.models import Person
from lended.notices import service
from lended.notices.listeners.words import on_day, quoted
from lended.notices.rules import Message, Topic
from lended.work import Listener, Work

ONE_HOUR = "The link works once, for an hour. If it was not you, you need not do anything."
NO_ACCOUNT = "You may have used another address; or make an account with this one now."
HAS_ACCOUNT = "Sign in with this address, or choose a new password if you have forgotten yours."
NEW_PASSWORD = "Choose a new password"  # noqa: S105 - the words of a link
MAKE_ACCOUNT = "Make an account"
WAYS_IN = {
    ("reset", True): (
        "Choose a new password for LendED",
        f"Somebody, most likely you, asked for a new password for this address. {ONE_HOUR}",
    ),
    ("reset", False): (
        "There is no LendED account with this address",
        f"Somebody, most likely you, asked for a new password. {NO_ACCOUNT} {ONE_HOUR}",
    ),
    ("register", True): (
        "You already have a LendED account",
        f"Somebody, most likely you, wanted to make another one. {HAS_ACCOUNT} {ONE_HOUR}",
    ),
    ("register", False): (
        "Confirm your address for LendED",
        f"Somebody, most likely you, wants to make an account with this address. {ONE_HOUR}",
    ),
}


def send_way_in(work: Work, event: WayInAsked) -> None:
    """Send a link by which somebody comes in; the words depend on whether we know the address."""
    known = event.person_id is not None
    title, words = WAYS_IN[event.asked, known]
    message = Message(
        "way_in",
        f"way_in:{event.link_id}",
        title,
        words,
        link=f"/reset/{event.token}" if known else f"/register/{event.token}",
        action=NEW_PASSWORD if known else MAKE_ACCOUNT,
    )
    service.mail(work, event.email, message, event.person_id)


def send_invitation(work: Work, event: PersonInvited) -> None:
    """Send somebody the link to the place kept for them."""
    role = ROLE_WORDS[Role(event.role)].casefold()
    message = Message(
        "invitation",
        f"invitation:{event.invitation_id}:{rules.digest(event.token)[:12]}",
        f"{event.invited_by} invites you to {event.organisation_name} on LendED",
        f"A place is kept for you as {role}, for 14 days. On LendED, teachers say what is getting "
        "in the way in their classroom, borrow what may help, and leave behind what happened.",
        link=f"/invitations/{event.token}",
        action="Take your place",
    )
    service.mail(work, event.email, message)


def tell_of_acceptance(work: Work, event: InvitationAccepted) -> None:
    """Tell who invited somebody that they came; nobody who has left meanwhile."""
    here = {member.person_id for member in queries.memberships(work.session, event.organisation_id)}
    if event.invited_by_id is None or event.invited_by_id not in here:
        return
    name = queries.person(work.session, event.person_id).name
    place = queries.organisation(work.session, event.organisation_id).name
    message = Message(
        "invitation",
        f"invitation_accepted:{event.invitation_id}",
        f"{name} has joined {place}",
        f"They took your invitation on {on_day(clock.now())}.",
        link="/members",
        action="See who belongs",
        urgent=False,
        topic=Topic.JOINING,
    )
    service.tell(work, queries.person(work.session, event.invited_by_id), message)


def tell_of_joining(work: Work, event: JoinAsked) -> None:
    """Ask an organisation's leads, or staff where nobody leads, to answer somebody."""
    name = queries.person(work.session, event.person_id).name
    place = queries.organisation(work.session, event.organisation_id)
    message = Message(
        "join_request",
        f"join_asked:{event.request_id}",
        f"{name} asks to join {place.name}",
        f"As {ROLE_WORDS[Role(event.role)].casefold()}, asked on {on_day(clock.now())}. "
        "Say yes only to somebody you know.",
        link=f"/members/requests/{event.request_id}",
        action="Read and answer",
        topic=Topic.JOINING,
    )
    lead = policy.lead_role(OrganisationKind(place.kind))
    leads = queries.people_with_role(work.session, place.id, lead)
    for person in leads or queries.staff(work.session):
        service.tell(work, person, message)


def tell_the_answer(work: Work, event: JoinAnswered) -> None:
    """Tell somebody whether they may belong."""
    place = queries.organisation(work.session, event.organisation_id).name
    message = Message(
        "join_request",
        f"join_answered:{event.request_id}",
        f"You belong to {place} now" if event.approved else f"{place} did not let you join",
        "Sign in again, and you can begin."
        if event.approved
        else f"Answered on {on_day(clock.now())}.{quoted(event.words)}",
        link="/desk" if event.approved else "/account",
        action="Begin" if event.approved else "See your account",
    )
    service.tell(work, queries.person(work.session, event.person_id), message)


def tell_of_roles(work: Work, event: RolesChanged) -> None:
    """Tell somebody whose roles another person changed."""
    if event.by_id is None or event.by_id == event.person_id:
        return
    by = queries.person(work.session, event.by_id).name
    place = queries.organisation(work.session, event.organisation_id).name
    roles = ", ".join(ROLE_WORDS[Role(role)].casefold() for role in sorted(event.roles))
    message = Message(
        "roles",
        f"roles:{event.organisation_id}:{clock.now().isoformat()}",
        f"{by} changed what you do at {place}" if roles else f"You no longer belong to {place}",
        f"Since {on_day(clock.now())} you are: {roles}. Sign in again to use it."
        if roles
        else f"{by} ended it on {on_day(clock.now())}. Your account stays.",
        link="/account",
        action="See your account",
    )
    service.tell(work, queries.person(work.session, event.person_id), message)


def tell_of_password(work: Work, event: PasswordChanged) -> None:
    """Tell somebody that their password is another one, in case it was not they."""
    person: Person = queries.person(work.session, event.person_id)
    message = Message(
        "password",
        f"password:{event.person_id}:{clock.now().isoformat()}",
        "Your password was changed",
        f"On {on_day(clock.now())}. If it was not you, choose a new one at once.",
        link="/forgotten",
        action=NEW_PASSWORD,
    )
    service.tell(work, person, message)


def tell_of_token(work: Work, event: TokenMade) -> None:
    """Tell somebody that a program can act for them, in case it was not they."""
    place = queries.organisation(work.session, event.organisation_id).name
    message = Message(
        "token",
        f"token:{event.token_id}",
        "A program can now act for you",
        f"Since {on_day(clock.now())} a token named “{event.name}” acts for you at {place}. If it "
        "was not you who made it, revoke it at once and choose a new password.",
        link="/tokens",
        action="See your tokens",
    )
    service.tell(work, queries.person(work.session, event.person_id), message)


LISTENERS: dict[type, list[Listener]] = {
    WayInAsked: [send_way_in],
    PersonInvited: [send_invitation],
    InvitationAccepted: [tell_of_acceptance],
    JoinAsked: [tell_of_joining],
    JoinAnswered: [tell_the_answer],
    RolesChanged: [tell_of_roles],
    PasswordChanged: [tell_of_password],
    TokenMade: [tell_of_token],
}
