"""Who may come in where: the written table with which every address is compared.

A name stands for a person's part in the thing of the address (`cast.everybody`). Whoever is named
in neither column is a stranger, to whom the address does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass

TEACHERS = ("teacher", "colleague", "other teacher")
LEADS = ("lead", "other lead")
LOOK_AFTER_PEOPLE = (*LEADS, "trust", "other trust", "supplier", "other supplier", "staff")
SUPPLIERS = ("supplier", "other supplier")
SIGNED_IN = (
    *TEACHERS,
    *LOOK_AFTER_PEOPLE,
    "technologist",
    "other technologist",
    "newcomer",
    "invitee",
)
EVERYONE = ("visitor", *SIGNED_IN)


@dataclass(frozen=True, slots=True)
class Door:
    """An address with something behind it.

    Parameters
    ----------
    kind
        What stands in the address, as `cast.thing` names it.
    inside
        Who comes in.
    refused
        Who may know that it is there, and is told that it is for somebody else.
    """

    kind: str
    inside: frozenset[str]
    refused: frozenset[str]


def _door(kind: str, *inside: str, refused: tuple[str, ...] = ()) -> Door:
    return Door(kind, frozenset(inside), frozenset(refused))


ACCOUNTS = {
    "accept_as_new_person": _door("invited", *EVERYONE),
    "invitation": _door("invited", *EVERYONE),
    "accept_invitation": _door("invited", "owner", refused=SIGNED_IN),
    "account": _door("nothing", *SIGNED_IN),
    "act_for": _door("nothing", *SIGNED_IN),
    "organisations": _door("nothing", *SIGNED_IN),
    "change_password": _door("nothing", *SIGNED_IN),
    "check_password": _door("nothing", *EVERYONE),
    "sign_in": _door("nothing", *EVERYONE),
    "sign_out": _door("nothing", *EVERYONE),
    "sign_out_everywhere": _door("nothing", *SIGNED_IN),
    "forgotten": _door("nothing", *EVERYONE),
    "send_reset": _door("nothing", *EVERYONE),
    "register": _door("nothing", *EVERYONE),
    "send_registration": _door("nothing", *EVERYONE),
    "mail_sent": _door("nothing", *EVERYONE),
    "reset": _door("reset link", *EVERYONE),
    "finish_registration": _door("registration link", *EVERYONE),
    "members": _door("nothing", *LOOK_AFTER_PEOPLE),
    "invite": _door("nothing", *LOOK_AFTER_PEOPLE),
    "member": _door("member", "lead"),
    "remove_member": _door("member", "lead"),
    "resend_invitation": _door("invitation", "lead"),
    "withdraw_invitation": _door("invitation", "lead"),
    "join_request": _door("join request", "lead"),
    "approve_join_request": _door("join request", "lead"),
    "refuse_join_request": _door("join request without lead", "staff"),
    "withdraw_join_request": _door("join request", "owner"),
    "tokens": _door("nothing", *LEADS, *SUPPLIERS),
    "make_token": _door("nothing", *LEADS, *SUPPLIERS),
    "token": _door("token", "lead"),
    "revoke_token": _door("token", "lead"),
    "keep_unfinished": _door("unfinished", *SIGNED_IN),
    "drop_unfinished": _door("unfinished", *SIGNED_IN),
}
CATALOGUE = {
    "products": _door("nothing", *EVERYONE),
    "product": _door("product", *EVERYONE),
    "compare": _door("nothing", *EVERYONE),
    "join": _door("nothing", *SIGNED_IN),
    "propose": _door("nothing", *SIGNED_IN),
    "details": _door("nothing", *SUPPLIERS),
    "listings": _door("nothing", *SUPPLIERS),
    "new_listing": _door("nothing", *SUPPLIERS),
    "edit_listing": _door("listing", "supplier"),
    "save_listing": _door("listing", "supplier"),
    "move_listing": _door("listing", "supplier"),
    "waiting_listings": _door("nothing", "staff"),
    "answer_listing": _door("submitted", "staff"),
    "answer_supplier": _door("waiting", "staff"),
}
NEEDS = {
    "home": _door("nothing", *EVERYONE),
    "find": _door("nothing", *EVERYONE),
    "needs": _door("nothing", *SIGNED_IN),
    "keep": _door("nothing", *TEACHERS, *LEADS, refused=SIGNED_IN),
    "need": _door("need", "teacher", "lead"),
    "edit": _door("need", "teacher", refused=("lead",)),
    "put_aside": _door("need", "teacher", refused=("lead",)),
    "bring_back": _door("need", "teacher", refused=("lead",)),
}
LOANS = {
    "loans": _door("nothing", *TEACHERS, *LEADS, *SUPPLIERS),
    "loan": _door("loan active physical", "teacher", "responsible", "lead", "supplier"),
    "start": _door(
        "product",
        *TEACHERS,
        refused=SIGNED_IN,
    ),
    "begin_on": _door("product", *TEACHERS),
    "ask": _door("loan draft", "teacher"),
    "sign_off": _door("loan school_signoff", "lead"),
    "refuse_signoff": _door("loan school_signoff", "lead"),
    "approve": _door("loan requested", "supplier"),
    "requests": _door("nothing", *SUPPLIERS),
    "decline": _door("loan requested", "supplier"),
    "propose_dates": _door("loan requested", "supplier"),
    "accept_dates": _door("loan offered other dates", "teacher"),
    "join_queue": _door("loan draft", "teacher"),
    "take_place": _door("loan offered in line", "teacher"),
    "step_back": _door("loan offered in line", "teacher"),
    "paperwork": _door("loan approved", "responsible", "lead", refused=("teacher",)),
    "cancel": _door("loan requested", "teacher", "responsible", "lead", "supplier"),
    "find_to_cancel": _door("nothing", "staff"),
    "cancel_for_a_side": _door("loan requested", "staff"),
    "dispatch": _door("loan preparing physical", "supplier"),
    "issue": _door("loan preparing digital", "supplier"),
    "confirm_receipt": _door("loan dispatched", "teacher", "responsible", refused=("lead",)),
    "send_again": _door("loan dispatched", "supplier"),
    "fail_delivery": _door("loan dispatched", "supplier"),
    "begin": _door("loan issued", "teacher"),
    "show_access": _door(
        "loan issued", "teacher", "responsible", refused=("lead", "supplier")
    ),
    "ask_extension": _door("loan active physical", "teacher"),
    "extend": _door("loan to keep longer", "supplier"),
    "decline_extension": _door("loan to keep longer", "supplier"),
    "ask_price": _door("loan active physical", "teacher", "responsible", "lead"),
    "answer_price": _door("loan active physical", "supplier"),
    "book_return": _door("loan active physical", "teacher", "responsible", "lead"),
    "end_access_early": _door("loan active digital", "teacher", "responsible", "lead"),
    "take_back": _door("loan returning", "supplier"),
    "take_back_part": _door("loan returning", "supplier"),
    "report_lost": _door(
        "loan active physical", "responsible", "lead", "supplier", refused=("teacher",)
    ),
    "incident": _door("incident", "teacher", "responsible", "lead", "supplier"),
    "photo": _door("incident", "teacher", "responsible", "lead", "supplier"),
    "aside": _door("loan failed_delivery", "supplier"),
    "inspect": _door("loan inspection", "supplier"),
    "confirm_deletion": _door("loan access_ended", "supplier"),
    "confirm_deletion_after_loss": _door("loan lost", "supplier"),
    "take_seat": _door("loan with codes", "teacher", "responsible", refused=("lead", "supplier")),
    "seat": _door("taken seat", "teacher"),
    "paper": _door("paper", "responsible", "lead", "supplier", refused=("teacher",)),
    "paper_pdf": _door("paper", "responsible", "lead", "supplier", refused=("teacher",)),
    "codes": _door("seats", "supplier"),
    "withdraw_code": _door("seats", "supplier"),
    "put_back_code": _door("seats", "supplier"),
    "working_days": _door("nothing", *LEADS, *SUPPLIERS),
    "add_closure": _door("nothing", *LEADS, *SUPPLIERS),
    "remove_closure": _door("nothing", *LEADS, *SUPPLIERS),
    "stock": _door("listing", "supplier"),
    "parts": _door("listing", "supplier"),
    "part": _door("kit", "supplier"),
    "add_part": _door("listing", "supplier"),
    "remove_part": _door("kit", "supplier"),
    "add_unit": _door("kit", "supplier"),
    "unit": _door("kit", "supplier"),
    "labels": _door("listing", "supplier"),
    "kit": _door("kit", "supplier"),
}  # fmt: skip
OUTCOMES = {
    "stories": _door("nothing", *EVERYONE),
    "story": _door("story", *EVERYONE),
    "give": _door("loan active physical", "teacher"),
    "may_be_said": _door("loan active physical", "teacher"),
    "outcome": _door("loan active physical", "teacher", "responsible", "lead"),
    "decide": _door("loan active physical", "lead"),
    "publish": _door("loan closed", "teacher"),
    "withdraw": _door("loan closed", "teacher"),
}
WITH_A_PLACE = tuple(name for name in SIGNED_IN if name not in {"newcomer", "invitee"})
PROGRAMS = {
    "accounts_api.token": _door("nothing", *WITH_A_PLACE),
    "loans_api.availability": _door("product", *WITH_A_PLACE),
    "loans_api.loans": _door("nothing", *TEACHERS, *LEADS, *SUPPLIERS),
    "loans_api.loan": LOANS["loan"],
    "loans_api.request_loan": _door("nothing", *TEACHERS),
    **{
        f"loans_api.{move}": LOANS[move]
        for move in ("sign_off", "refuse_signoff", "approve", "decline", "propose_dates",
                     "accept_dates", "ask_extension", "cancel")
    },
    "openapi": _door("nothing", *EVERYONE),
}  # fmt: skip
"""Who comes in by a token; who belongs nowhere has none."""

REST = {
    "demo.sign_in": _door("nothing", *EVERYONE),
    "desks.desk": _door("nothing", *SIGNED_IN),
    "desks.failed_mail": _door("nothing", "staff"),
    "needs_api.match": _door("nothing", *EVERYONE),
    "notices.inbox": _door("nothing", *SIGNED_IN),
    "notices.read_all": _door("nothing", *SIGNED_IN),
    "notices.follow": _door("notice", "owner"),
    "notices.choices": _door("nothing", *SIGNED_IN),
    "notices.unsubscribe": _door("mail link", *EVERYONE),
    "notices.stop_mail": _door("mail link", *EVERYONE),
    "notices.calendar": _door("nothing", *SIGNED_IN),
    "notices.make_calendar": _door("nothing", *SIGNED_IN),
    "notices.end_calendar": _door("nothing", *SIGNED_IN),
    "notices.calendar_feed": _door("calendar", *EVERYONE),
    "schools.find_school": _door("nothing", *SIGNED_IN),
    "schools.ask_to_join": _door("school", *SIGNED_IN),
    "schools.school": _door("nothing", *TEACHERS, *LEADS),
    "site.clock_entries": _door("nothing", "staff"),
    "static": _door("file", *EVERYONE),
    **{
        f"site.{name}": _door("nothing", *EVERYONE)
        for name in ("accessibility", "contact", "healthz", "privacy", "readyz", "security",
                     "security_txt")
    },
}  # fmt: skip
DOORS: dict[str, Door] = {
    **{f"accounts.{name}": door for name, door in ACCOUNTS.items()},
    **{f"catalogue.{name}": door for name, door in CATALOGUE.items()},
    **{f"needs.{name}": door for name, door in NEEDS.items()},
    **{f"loans.{name}": door for name, door in LOANS.items()},
    **{f"outcomes.{name}": door for name, door in OUTCOMES.items()},
    **PROGRAMS,
    **REST,
}
"""Every endpoint of the demo, which has them all."""
