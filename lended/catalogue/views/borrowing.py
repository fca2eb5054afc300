"""When a product can be borrowed: its calendar, month by month, and the next free weeks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import wtforms
from flask import request, url_for

from lended import clock
from lended.access import Role
from lended.loans import queries as loans
from lended.loans.queries import Asked, CalendarDay, Month, may_begin_on, month_later
from lended.web.database import reader
from lended.web.forms import DateField, Form, WholeNumberField
from lended.web.people import actor_or_none, school_id
from lended.web.theme import day

if TYPE_CHECKING:
    from lended.catalogue.models import Product
    from lended.loans.models import Pool

USUAL_WEEKS = 4
MONTHS_AT_ONCE = 2
CARRIED = ("need", "sets", "weeks")


class WhenForm(Form):
    """How many, for how long, and from when on."""

    sets = WholeNumberField("How many?", 1, 100_000)
    weeks = WholeNumberField("For how many weeks?", 1, 52)
    since = DateField("From when on?")

    def validate_since(self, field: wtforms.Field) -> None:
        """Refuse a day that no calendar here reaches."""
        if field.data and not clock.today() <= field.data <= clock.today() + loans.FARTHEST:
            raise wtforms.ValidationError("Choose a day within the next two years.")


@dataclass(frozen=True, slots=True)
class Borrowing:
    """The calendar of a product as it was asked for.

    Parameters
    ----------
    answer
        The earliest time that was asked about, as a sentence; empty when nobody asked.
    begin
        Where a teacher asks for that time; empty for anybody else, and when there is none.
    earlier, later
        Addresses of the months before and after; empty where the calendar ends.
    may_begin
        Whether days lead to a request.
    """

    form: WhenForm
    sets: int
    weeks: int
    months: tuple[Month, ...]
    answer: str
    begin: str
    earlier: str
    later: str
    may_begin: bool


def borrowing(product: Product, pools: Sequence[Pool]) -> Borrowing:
    """Return when a product can be borrowed, as the present address asks."""
    form = WhenForm.of_query()
    form.weeks.maximum = product.loan_weeks_most
    asked = form.validate() and bool(request.args.keys() & {"sets", "weeks", "since-day"})
    wanted = _wanted(form, product) if asked else _usual(product)
    found = loans.earliest_for(reader(), pools, wanted) if asked else None
    first = _first_month(wanted.since or found)
    shown = loans.availability_months(reader(), pools, replace(wanted, since=first))
    if not form.errors:
        form.sets.data, form.weeks.data = str(wanted.sets), str(wanted.weeks)
    link = _links(product, wanted)
    chosen = link(CalendarDay(found, "free")).url if found else ""
    return Borrowing(
        form,
        wanted.sets,
        wanted.weeks or USUAL_WEEKS,
        tuple(_marked(month, link, found) for month in shown),
        _answer(wanted, found) if asked else "",
        chosen,
        *_ways(product, shown),
        may_begin=_may_begin(),
    )


def _usual(product: Product) -> Asked:
    return Asked(weeks=min(USUAL_WEEKS, product.loan_weeks_most), school_id=school_id())


def _wanted(form: WhenForm, product: Product) -> Asked:
    usual = _usual(product)
    return replace(
        usual,
        sets=form.sets.value or usual.sets,
        weeks=form.weeks.value or usual.weeks,
        since=form.since.data,
    )


def _first_month(since: date | None) -> date | None:
    """Return a day of the first month shown, as the address names it; None for the usual one."""
    try:
        month = date.fromisoformat(f"{request.args.get('month', '')}-01")
    except ValueError:
        return since
    return month if month <= clock.today() + loans.FARTHEST else since


def _ways(product: Product, shown: tuple[Month, ...]) -> tuple[str, str]:
    """Return where earlier and later months are; nowhere too soon, or beyond two years."""
    if not shown:
        return "", ""
    before, after = (month_later(shown[0].on, count) for count in (-MONTHS_AT_ONCE, MONTHS_AT_ONCE))
    return (
        "" if shown[0].soonest else _address(product, before),
        _address(product, after) if after <= clock.today() + loans.FARTHEST else "",
    )


def _address(product: Product, month: date) -> str:
    kept: dict[str, Any] = {name: request.args[name] for name in CARRIED if name in request.args}
    return url_for(
        "catalogue.product", slug=product.slug, month=f"{month:%Y-%m}", **kept, _anchor="calendar"
    )


def _may_begin() -> bool:
    known = actor_or_none()
    return known is not None and known.has(Role.TEACHER)


def _links(product: Product, wanted: Asked) -> Callable[[CalendarDay], CalendarDay]:
    """Return what lets a teacher begin a request with a day on which enough is free."""
    may_begin, today = _may_begin(), clock.today()

    def link(shown: CalendarDay) -> CalendarDay:
        if not may_begin or not may_begin_on(shown, today):
            return shown
        address = url_for(
            "loans.begin_on",
            slug=product.slug,
            on=shown.on.isoformat(),
            weeks=wanted.weeks,
            sets=wanted.sets,
            need=request.args.get("need") or None,
        )
        return replace(shown, url=address)

    return link


def _marked(month: Month, link: Callable[[CalendarDay], CalendarDay], found: date | None) -> Month:
    """Return a month with its links, and the day that answers what was asked."""

    def marked(shown: CalendarDay | None) -> CalendarDay | None:
        return shown and replace(link(shown), chosen=shown.on == found)

    return replace(month, weeks=tuple(tuple(map(marked, week)) for week in month.weeks))


def _answer(wanted: Asked, found: date | None) -> str:
    length = "a week" if wanted.weeks == 1 else f"{wanted.weeks} weeks"
    if found is None:
        return f"Nobody can say when {wanted.sets:,} will be free for {length}."
    many = "One is" if wanted.sets == 1 else f"{wanted.sets:,} are"
    return f"{many} free for {length} from {day(found)}."
