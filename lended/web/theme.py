"""What every template can use: dates, numbers and labels as people read them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from flask import Flask
from jinja2 import StrictUndefined

from config import Settings
from lended import clock, vocabularies
from lended.access import ROLE_WORDS, Role
from lended.web import navigation, once
from lended.web.files import asset
from lended.web.people import actor_or_none, places


def wire(app: Flask, settings: Settings) -> None:
    """Teach the templates LendED's filters and names."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(
        day=day,
        short_day=short_day,
        day_of_month=day_of_month,
        stamped_day=stamped_day,
        moment=moment,
        number=number,
        pounds=pounds,
        plural=plural,
    )
    environment.globals.update(
        asset=asset,
        label=vocabularies.label,
        role_words=lambda role: ROLE_WORDS[Role(role)],
        once_token=once.fresh_token,
        demo=settings.demo,
    )
    app.context_processor(_of_this_request)


def _of_this_request() -> dict[str, object]:
    here = actor_or_none()
    return {
        "actor": here,
        "organisations_of_actor": places(),
        "navigation": navigation.ways(here),
    }


@lru_cache(maxsize=1000)
def day(value: date | datetime) -> str:
    """Write a date in full: Tuesday 3 March 2027."""
    return format_date(_date(value), "EEEE d MMMM y", locale="en_GB")


def short_day(value: date | datetime) -> str:
    """Write a date where space is short: Wed 3 Mar 2027."""
    return format_date(_date(value), "EEE d MMM y", locale="en_GB")


def day_of_month(value: date | datetime) -> str:
    """Write a date that is near enough to need no year: 3 Mar."""
    return format_date(_date(value), "d MMM", locale="en_GB")


def stamped_day(value: date | datetime) -> str:
    """Write a date as a stamp prints it: 3 Mar 2027."""
    return format_date(_date(value), "d MMM y", locale="en_GB")


def moment(value: datetime) -> str:
    """Write a point in time as London's clocks show it: Wed 3 Mar 2027 at 14:05."""
    return f"{short_day(value)} at {value.astimezone(clock.LONDON):%H:%M}"


def number(value: float) -> str:
    """Write a number with thousands separated and no needless decimals."""
    return f"{value:,.10g}"


def pounds(pence: int) -> str:
    """Write an amount: £4.50, £1,200."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02d}" if rest else f"£{whole:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """Write a count with its noun: 1 kit, 3 kits."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _date(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value
