"""What a listing's life, names and addresses promise."""

from __future__ import annotations

import itertools
import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lended.catalogue.rules import Filters
from lended.catalogue.rules.listings import (
    MOVES,
    STATES,
    ListingWish,
    demand_complete,
    moves_from,
    next_state,
    website_problem,
)
from lended.catalogue.rules.names import LONGEST_SLUG, look_alikes, skeleton, slug_of, slugs_to_try
from lended.catalogue.rules.suppliers import answered_state
from lended.errors import Conflict, Invalid

POSSIBLE = {
    ("submit", "draft"): "submitted",
    ("submit", "refused"): "submitted",
    ("take_back", "submitted"): "draft",
    ("publish", "submitted"): "published",
    ("send_back", "submitted"): "refused",
    ("withdraw", "published"): "withdrawn",
    ("bring_back", "withdrawn"): "published",
}


@pytest.mark.parametrize(("move", "state"), list(itertools.product(MOVES, STATES)))
def test_each_move_is_possible_from_its_states_and_from_no_other(move: str, state: str) -> None:
    if (move, state) in POSSIBLE:
        assert next_state(move, state) == POSSIBLE[move, state]
    else:
        with pytest.raises(Conflict, match=r"\w+"):
            next_state(move, state)


def test_only_staff_make_a_listing_public_for_the_first_time() -> None:
    assert not {"publish", "send_back"} & {move for state in STATES for move in moves_from(state)}


def test_a_listing_that_says_too_little_is_told_all_that_is_missing() -> None:
    with pytest.raises(Invalid) as refusal:
        demand_complete(ListingWish(name="Beads"))
    assert set(refusal.value.problems) == {"summary", "description", "stages", "needs"}


def test_a_listing_that_says_enough_goes_on() -> None:
    demand_complete(
        ListingWish("Beads", "Beads on a string.", "Pupils count.", stages=("ks1",), needs=("x",))
    )


@pytest.mark.parametrize("address", ["", "https://beads.example", "https://beads.example/a?b=c#d"])
def test_a_safe_address_has_no_problem(address: str) -> None:
    assert website_problem(address) == ""


@pytest.mark.parametrize(
    "address",
    [
        "http://beads.example",
        "javascript:alert(1)",
        "https://",
        "https://beads",
        "//beads.example",
        "beads.example",
        "https://me:secret@beads.example",
        "https://beads.example/a b",
        "https://[beads.example",
        "https://beads.example/" + "a" * 400,
        "data:text/html,https://beads.example",
    ],
)
def test_any_other_address_is_refused_with_advice(address: str) -> None:
    assert website_problem(address).endswith(".")


@given(st.text())
def test_an_address_made_from_any_name_is_plain_and_never_empty(name: str) -> None:
    slug = slug_of(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= LONGEST_SLUG


@given(st.text())
def test_addresses_to_try_are_all_different(name: str) -> None:
    tried = list(itertools.islice(slugs_to_try(name), 20))
    assert len(set(tried)) == len(tried)
    assert tried[0] == slug_of(name)


@pytest.mark.parametrize(
    "other",
    [
        "larkrise learning",
        "Larkrise  Learning Ltd",
        "LARKRISE-LEARNING",
        "Lárkrise Learning",
        "Lаrkrise Learning",  # noqa: RUF001 - a Cyrillic letter, on purpose
        "Larkrıse Learning",  # noqa: RUF001 - a dotless letter, on purpose
        "Larkrise Learning plc",
    ],
)
def test_names_that_only_look_different_are_found(other: str) -> None:
    assert look_alikes(other, ["Quillhaven", "Larkrise Learning"]) == ["Larkrise Learning"]


@pytest.mark.parametrize("other", ["Larkrise", "Larkspur Learning", "Learning Larkrise"])
def test_names_that_differ_are_not_called_alike(other: str) -> None:
    assert look_alikes(other, ["Larkrise Learning"]) == []


@given(st.text(min_size=1, alphabet="abc Ltd.-"))
def test_a_name_looks_like_itself_however_it_is_spaced(name: str) -> None:
    assert skeleton(name) == skeleton(f"  {name.upper()} ")


def test_a_supplier_is_answered_once() -> None:
    assert answered_state("waiting", approved=True) == "approved"
    assert answered_state("waiting", approved=False) == "refused"
    for state in ("approved", "refused"):
        with pytest.raises(Conflict):
            answered_state(state, approved=True)


def test_a_window_of_dates_counts_once_as_a_filter() -> None:
    wanted = Filters(stage=("ks1", "ks2"), borrow_from=date(2027, 1, 4),
                     borrow_until=date(2027, 2, 1))  # fmt: skip
    assert wanted.set_count == 2
    assert Filters(borrow_from=date(2027, 1, 4)).window is None
