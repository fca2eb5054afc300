"""Filters as a page shows them: groups of boxes with counts, and what is set with a way out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote_plus, urlencode

from flask import current_app, request
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from lended import vocabularies
from lended.catalogue.forms import FilterForm
from lended.catalogue.rules import LEFT_OUT, Filters
from lended.web.theme import short_day
from lended.words import clean_words

LISTS = {
    "stage": "stage",
    "subject": "subject",
    "type": "product_type",
    "device": "device",
    "devices_needed": "devices_needed",
    "offline": "offline",
    "setup": "setup_effort",
    "personal_data": "personal_data",
    "sign_in": "sign_in",
    "price_model": "price_model",
}
DATES = ("borrow_from", "borrow_until")
Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Group:
    """The boxes of one filter, drawn, and how many of them are ticked."""

    legend: str
    boxes: Markup
    ticked: int


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is set, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a page needs to show filters.

    Parameters
    ----------
    hidden
        Names and values that the filter form must carry along, such as what is left out, for which
        there are no boxes.
    """

    form: FilterForm
    groups: tuple[Group, ...]
    chosen: tuple[Chosen, ...]
    clear_url: str
    hidden: tuple[tuple[str, str], ...]
    set_count: int


def narrowing(form: FilterForm, filters: Filters, counts: Counts) -> Narrowing:
    """Return the filters of the present address, ready to show."""
    names = {*LISTS, *LEFT_OUT, "no_technician", *_date_names()}
    kept = [(name, value) for name, value in _pairs() if name not in names and name != "page"]
    return Narrowing(
        form=form,
        groups=(*(_group(form, name, counts) for name in LISTS), _technician(form, counts)),
        chosen=tuple(_chosen(filters)),
        clear_url=_address(kept),
        hidden=(*kept, *((name, code) for name in LEFT_OUT for code in getattr(filters, name))),
        set_count=filters.set_count,
    )


def address_with(*added: tuple[str, str]) -> str:
    """Return the present address with more names and values in its query, on its first page."""
    pairs = [(known, text) for known, text in _pairs() if known != "page"]
    return _address([*pairs, *added])


def addresses_with(name: str) -> Callable[[str], str]:
    """Return a function that gives the present address with one more value, for many values."""
    start = address_with((name, ""))
    return lambda value: start + quote_plus(value)


def address_without(name: str, value: str) -> str:
    """Return the present address without one value of its query, on its first page."""
    return _address([pair for pair in _pairs() if pair != (name, value) and pair[0] != "page"])


def address_without_all(name: str) -> str:
    """Return the present address without any value of one name."""
    return _address([pair for pair in _pairs() if pair[0] != name])


def page_address(number: int) -> str:
    """Return the present address on another page of its list."""
    pairs = [pair for pair in _pairs() if pair[0] != "page"]
    return _address([*pairs, ("page", str(number))])


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a long list, counted from 1; ``first`` is where it begins, counted from 0."""

    number: int
    pages: int
    first: int
    url_for: Callable[[int], str] = page_address


def page_asked(count: int, size: int) -> Page:
    """Return the page the address asks for, or the nearest there is."""
    pages = max(1, -(-count // size))
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    number = min(max(number, 1), pages)
    return Page(number, pages, (number - 1) * size)


def _group(form: FilterForm, name: str, counts: Counts) -> Group:
    chosen = frozenset(form[name].data or ())
    left = counts[name]
    boxes = "".join(
        _box(name, code, label, left.get(code, 0), ticked=code in chosen)
        for code, label in vocabularies.choices(LISTS[name])
        if code in chosen or left.get(code, 0)
    )
    return Group(form[name].label.text, Markup(boxes), len(chosen))  # noqa: S704 - all drawn


def _box(name: str, code: str, label: str, count: int, *, ticked: bool) -> str:
    """Draw the box of one code of a filter, with how many products it would leave."""
    before, after = _around_the_count(name, code, label, ticked=ticked)
    return f"{before}{count:,}{after}"


@cache
def _around_the_count(name: str, code: str, label: str, *, ticked: bool) -> tuple[str, str]:
    """Draw what stands before and after the count of a box.

    A page has a hundred boxes of which only the counts change: the rest is drawn once and kept.
    """
    drawn = current_app.jinja_env.get_template("components/filters.html").module
    before, after = str(drawn.box(name, code, label, "\0", ticked)).split("\0")  # type: ignore[attr-defined]
    return before, after


def _technician(form: FilterForm, counts: Counts) -> Group:
    field = form.no_technician
    ticked = bool(field.data)
    count = counts["no_technician"].get("yes", 0)
    box = _box("no_technician", "y", str(field.label.text), count, ticked=ticked)
    return Group("Technician", Markup(box), int(ticked))  # noqa: S704 - it was drawn


def _chosen(filters: Filters) -> Iterable[Chosen]:
    for name, vocabulary in LISTS.items():
        for code in getattr(filters, name):
            yield Chosen(vocabularies.label(vocabulary, code), address_without(name, code))
    for name, group in LEFT_OUT.items():
        for code in getattr(filters, name):
            other = f"Other than {vocabularies.label(LISTS[group], code)}"
            yield Chosen(other, address_without(name, code))
    if filters.no_technician:
        without = [pair for pair in _pairs() if pair[0] != "no_technician"]
        yield Chosen("No technician needed", _address(without))
    if filters.window:
        first, last = filters.window
        without = [pair for pair in _pairs() if pair[0] not in _date_names()]
        yield Chosen(f"{short_day(first)} to {short_day(last)}", _address(without))


def _date_names() -> set[str]:
    return {f"{name}-{part}" for name in DATES for part in ("day", "month", "year")}


def _pairs() -> list[tuple[str, str]]:
    arguments: MultiDict[str, Any] = request.args
    pairs = ((clean_words(name), clean_words(value)) for name, value in arguments.items(multi=True))
    return [(name, value) for name, value in pairs if value]


def _address(pairs: Iterable[tuple[str, str]]) -> str:
    query = urlencode(list(pairs))
    return f"{request.path}?{query}" if query else request.path
