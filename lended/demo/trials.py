"""The demo's loans, each led to its state by the services, day by day as it happened.

Every step of every loan is put on one agenda, in order of time, and taken with the clock set to
its moment. So each loan has the history a real one would have, and capacity is never broken.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from lended import clock
from lended.access import Actor, Role
from lended.catalogue.models import Product, Supplier
from lended.demo import content
from lended.demo.cast import Cast
from lended.demo.content import Entry
from lended.demo.mishaps import Mishaps
from lended.demo.moments import Step, in_order, morning
from lended.demo.plans import dates_of, wish_of
from lended.loans import queries
from lended.loans import service as loans
from lended.loans.models import Loan, Pool
from lended.loans.rules import State
from lended.loans.rules.calendar import (
    add_working_days,
    blocked_window,
    next_working_day,
    whole_weeks,
)
from lended.loans.rules.codes import CodeRow
from lended.loans.rules.deadlines import DAYS_TO_TAKE_UP
from lended.loans.rules.papers import (
    DeletionWish,
    DispatchWish,
    Item,
    PaperworkWish,
    expected_items,
    holds_personal_data,
)
from lended.loans.rules.queue import Flexible
from lended.work import Work

DAY = timedelta(days=1)
PHYSICAL, DIGITAL = "physical", "digital"
SPARE_CODES = 3
ASKED = ("ask", "sign_off")
LENT = {
    PHYSICAL: (*ASKED, "approve", "paperwork", "dispatch", "receive"),
    DIGITAL: (*ASKED, "approve", "paperwork", "issue", "start"),
}
BACK = {PHYSICAL: ("book_return", "take_back", "inspect"), DIGITAL: ("end", "delete")}


class Trial(Mishaps):
    """One loan of the demo on its way."""

    def __init__(self, work: Work, cast: Cast, entry: Entry, need_id: int, weeks: int) -> None:
        self.work = work
        self.entry = entry
        self.need_id = need_id
        self.loan_id = 0
        self.amiss: Entry = content.read("incidents").get(entry["slug"], {})
        self.product, self.pool = _product(work, entry["product"])
        self.teacher = cast.actor(entry["teacher"])
        self.lead = _lead(cast, entry["teacher"], self.teacher)
        self.supplier = cast.somebody(self.product.supplier.slug, Role.SUPPLIER)
        self.dates = dates_of(entry, self.pool.kind)
        self.left_on = min(self.dates.due_on, self.dates.starts_on + timedelta(weeks=weeks) - DAY)

    def steps(self) -> list[Step]:
        """Return every step up to the state this loan is in, none of them in the future."""
        names = self._path()
        ideal = self._moments()
        latest = clock.now() - timedelta(minutes=90)
        moments: list[datetime] = []
        for number, name in enumerate(names):
            wait = timedelta(minutes=20 * (len(names) - number))
            moments.append(min(ideal[name], latest - wait))
        return [
            Step(moment, getattr(self, f"_{name}"))
            for moment, name in zip(in_order(moments), names, strict=True)
        ]

    def _path(self) -> tuple[str, ...]:
        """Return the names of the steps that lead to the loan's state."""
        lent, back = LENT[self.pool.kind], BACK[self.pool.kind]
        paths: dict[str, tuple[str, ...]] = {
            State.DRAFT: ("draft",),
            State.SCHOOL_SIGNOFF: ("ask",),
            State.REQUESTED: ASKED,
            State.WAITLISTED: ("join",),
            State.OFFERED: ("join",) if self.entry.get("waits") else (*ASKED, "propose"),
            State.APPROVED: lent[:3],
            State.PREPARING: lent[:4],
            State.DISPATCHED: lent[:5],
            State.ISSUED: lent[:5],
            State.ACTIVE: (*lent, "ask_longer") if "longer" in self.entry else lent,
            State.OVERDUE: (*lent, "tick"),
            State.RETURNING: (*lent, *back[:1]),
            State.INSPECTION: (*lent, *back[:2]),
            State.ACCESS_ENDED: (*lent, *back[:1]),
            State.CLOSED: (*lent, *back[:-1], *self._amiss_steps())
            if self.amiss
            else (*lent, *back),
            State.DECLINED: (*ASKED, "decline"),
            State.CANCELLED: (*ASKED, "cancel"),
            State.EXPIRED: (*ASKED, "tick"),
            State.NO_SHOW: (*lent[:4], "tick"),
            State.LOST: (*lent, "lose"),
            State.FAILED_DELIVERY: (*lent[:5], "send_again", "give_up"),
        }
        return paths[self.entry["state"]]

    def _moments(self) -> dict[str, datetime]:
        """Return when each step would best have happened."""
        pauses = queries.pauses_of(self.pool, self.product.supplier)
        first = blocked_window(self.dates, pauses).start
        asked = min(
            first - timedelta(days=16),
            clock.today() - timedelta(days=self.entry.get("asked_days_ago", 0)),
        )
        starts, left = self.dates.starts_on, self.left_on
        days = {
            "draft": asked, "ask": asked, "join": asked, "sign_off": asked + 2 * DAY,
            "approve": asked + 4 * DAY, "propose": asked + 4 * DAY, "decline": asked + 5 * DAY,
            "cancel": self._cancel_day(asked), "paperwork": asked + 7 * DAY,
            "dispatch": starts - 3 * DAY, "issue": starts - 2 * DAY, "receive": starts,
            "start": starts, "book_return": left, "take_back": left + 3 * DAY,
            "inspect": left + 4 * DAY, "end": left + DAY, "delete": left + 9 * DAY,
            "send_again": starts + DAY, "give_up": starts + 5 * DAY, "lose": left + 3 * DAY,
            "find_amiss": left + 4 * DAY, "agree": left + 6 * DAY, "settle": left + 7 * DAY,
            "make_ready": left + 12 * DAY, "ask_longer": clock.today() - DAY,
            "tick": self._tick_day(asked),
        }  # fmt: skip
        return {name: morning(day) for name, day in days.items()}

    def _cancel_day(self, asked: date) -> date:
        """Return when it was called off: today when it still lies ahead, so that others may ask."""
        return clock.today() if self.dates.starts_on > clock.today() else asked + 6 * DAY

    def _tick_day(self, asked: date) -> date:
        """Return a day on which it is late for sure: to be answered, to go back, or to be sent."""
        if self.entry["state"] == State.EXPIRED:
            return asked + 12 * DAY
        if self.entry["state"] == State.OVERDUE:
            return next_working_day(self.left_on + DAY)
        return add_working_days(self.dates.starts_on, DAYS_TO_TAKE_UP + 1)

    def _draft(self) -> None:
        self.loan_id = loans.start_draft(
            self.work, self.teacher, self.entry["product"], self.need_id
        )

    def _ask(self) -> None:
        self._draft()
        loans.submit(self.work, self.teacher, self.loan_id, wish_of(self.entry, self.dates))

    def _join(self) -> None:
        """Wait for what another school has: until a week after the dates that were wanted."""
        self._draft()
        wish = Flexible(self.dates.starts_on, self.dates.due_on + 7 * DAY, self.entry["weeks"])
        loans.join_queue(
            self.work, self.teacher, self.loan_id, wish_of(self.entry, self.dates), wish
        )

    def _sign_off(self) -> None:
        if self._state() == State.SCHOOL_SIGNOFF:
            loans.sign_off(self.work, self.lead, self.loan_id, _person(self.lead))

    def _approve(self) -> None:
        loans.approve(self.work, self.supplier, self.loan_id)

    def _propose(self) -> None:
        a_week_later = next_working_day(self.dates.starts_on + timedelta(weeks=1))
        dates = whole_weeks(a_week_later, self.entry["weeks"])
        words = "That week our kits are at a conference. A week later we can."
        loans.propose_dates(self.work, self.supplier, self.loan_id, dates, words)

    def _decline(self) -> None:
        decline = self.entry["decline"]
        loans.decline(self.work, self.supplier, self.loan_id, decline["reason"], decline["words"])

    def _cancel(self) -> None:
        cancel = self.entry["cancel"]
        loans.cancel(self.work, self.teacher, self.loan_id, cancel["reason"], cancel["words"])

    def _paperwork(self) -> None:
        wish = PaperworkWish(
            terms_accepted=True,
            deputy="The school office",
            address=f"{self.teacher.organisation_name}, School Lane",
            delivery_window="Weekdays, 9 to 3",
            data_protection="assessed",
        )
        loans.complete_paperwork(self.work, self.lead, self.loan_id, wish)

    def _dispatch(self) -> None:
        free = queries.units_free(self.work.session, self.pool.id)[: self.entry["quantity"]]
        wish = DispatchWish(
            items=self._items(),
            condition="Complete and clean",
            tracking=f"Parcel {7_000_000 + self.loan_id}",
            unit_ids=[unit.id for unit in free],
            safety_words="Looked over; nothing in it is loose or worn." if free else "",
        )
        loans.dispatch(self.work, self.supplier, self.loan_id, wish)

    def _issue(self) -> None:
        words = f"Go to the address on our card and enter the class code {self._class_code()}."
        if not self.pool.unlimited:
            self._add_codes()
        loans.issue(self.work, self.supplier, self.loan_id, words)

    def _add_codes(self) -> None:
        """Let the supplier keep a code for each seat of this loan, and some to spare."""
        rows = [
            CodeRow(number + 2, f"{self._class_code()}-{self.loan_id:04}-{number + 1:03}")
            for number in range(self.entry["quantity"] + SPARE_CODES)
        ]
        loans.import_codes(self.work, self.supplier, self.product.slug, rows)

    def _receive(self) -> None:
        if self._state() == State.DISPATCHED:
            loans.confirm_receipt(self.work, self.teacher, self.loan_id, self._items())

    def _ask_longer(self) -> None:
        """Ask to keep what others wait for at another time, so that the supplier has to answer."""
        longer = self.entry["longer"]
        until = self.dates.due_on + timedelta(days=longer["days"])
        loans.ask_extension(self.work, self.teacher, self.loan_id, until, longer["words"])

    def _book_return(self) -> None:
        words = "Ready at the school office, weekdays 9 to 3."
        loans.book_return(self.work, self.teacher, self.loan_id, words)

    def _take_back(self) -> None:
        loans.take_back(self.work, self.supplier, self.loan_id)

    def _inspect(self) -> None:
        loans.pass_inspection(self.work, self.supplier, self.loan_id, self._items())

    def _end(self) -> None:
        if self.left_on < self.dates.due_on:
            loans.end_access_early(self.work, self.teacher, self.loan_id)
        else:
            loans.run_clock(self._same_work)

    def _delete(self) -> None:
        held = holds_personal_data(self.product.facts)
        wish = DeletionWish(
            none_held=not held,
            scope="All class accounts and what was saved in them" if held else "",
            deleted_on=clock.today() if held else None,
            backups_until=clock.today() + timedelta(days=30) if held else None,
        )
        loans.confirm_deletion(self.work, self.supplier, self.loan_id, wish)

    def _tick(self) -> None:
        loans.run_clock(self._same_work)

    _start = _tick

    def _same_work(self) -> AbstractContextManager[Work]:
        return nullcontext(self.work)

    def _state(self) -> State:
        return State(self.work.session.get_one(Loan, self.loan_id, populate_existing=True).state)

    def _items(self) -> list[Item]:
        return list(expected_items(self.pool.contents, self.entry["quantity"]))

    def _class_code(self) -> str:
        return f"{self.entry['slug'].split('-')[-1][:5].upper()}-{self.loan_id:03}"


def _product(work: Work, slug: str) -> tuple[Product, Pool]:
    """Return a product with its supplier, and its stock."""
    product = work.session.scalars(
        select(Product)
        .where(Product.slug == slug)
        .options(joinedload(Product.supplier).joinedload(Supplier.organisation))
    ).one()
    return product, work.session.scalars(select(Pool).where(Pool.product_id == product.id)).one()


def _lead(cast: Cast, email: str, teacher: Actor) -> Actor:
    slug = cast.roles[email][0]["organisation"]
    return teacher if teacher.has(Role.SCHOOL_LEAD) else cast.somebody(slug, Role.SCHOOL_LEAD)


def _person(actor: Actor) -> int:
    assert actor.person_id is not None
    return actor.person_id
