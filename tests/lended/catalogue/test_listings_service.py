"""A listing's life in the database, on both engines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from lended.access import Actor
from lended.catalogue import queries, service
from lended.catalogue.events import ProductAnswered, ProductSubmitted
from lended.catalogue.policy import LISTING_FIELDS
from lended.errors import Conflict, Invalid, NotAllowed, NotFound
from lended.work import Work, open_work
from tests.lended.catalogue.desk import Desk, wish


def test_a_new_listing_waits_for_staff_before_the_public_sees_it(
    desk: Desk, session: Session
) -> None:
    slug = desk.submitted()
    with pytest.raises(NotFound):
        queries.published_product(session, slug)
    assert queries.shelf_rows(session) == []
    assert queries.index_rows(session) == []
    assert queries.card_rows(session, [desk.product(slug).id]) == {}
    assert queries.published_products(session, [slug]) == []
    assert [product.slug for product in queries.waiting_listings(session)] == [slug]


def test_staff_make_it_public_and_its_history_tells_who_did_what(
    desk: Desk, session: Session
) -> None:
    slug = desk.published()
    assert queries.published_product(session, slug).name == "Bead strings"
    steps = [(event.from_state, event.to_state, event.person_id) for event in desk.events(slug)]
    supplier, staff = desk.person.id, desk.staff_person.id
    assert steps[0] == ("", "draft", supplier)
    assert steps[-2:] == [
        ("draft", "submitted", supplier),
        ("submitted", "published", staff),
    ]


def test_an_edit_of_a_public_listing_is_public_at_once_and_says_what_changed(
    desk: Desk, session: Session
) -> None:
    slug = desk.published()
    before = queries.revision(session)
    session.rollback()
    with desk.transaction() as work:
        changed = wish(summary="Two hundred beads.", facts={"price_pence": 1500})
        service.change_listing(work, desk.actor, slug, changed)
    assert queries.published_product(session, slug).summary == "Two hundred beads."
    assert queries.revision(session) > before
    words = desk.events(slug)[-1].words
    assert "Sentence changed" in words
    assert "£12.50 → £15" in words
    assert "No technician needed." in words
    assert "→ Not stated" in words


def test_an_edit_that_changes_nothing_leaves_no_trace(desk: Desk, session: Session) -> None:
    slug = desk.published()
    events, version = len(desk.events(slug)), desk.product(slug).version
    before = queries.revision(session)
    session.rollback()
    with desk.transaction() as work:
        service.change_listing(work, desk.actor, slug, wish())
    assert (len(desk.events(slug)), desk.product(slug).version) == (events, version)
    assert queries.revision(session) == before


def test_the_address_stays_when_the_name_changes(desk: Desk) -> None:
    slug = desk.published()
    with desk.transaction() as work:
        service.change_listing(work, desk.actor, slug, wish(name="Bead strings of a hundred"))
    assert slug == "bead-strings"
    assert desk.product(slug).name == "Bead strings of a hundred"


def test_two_listings_of_one_name_get_two_addresses(desk: Desk) -> None:
    assert [desk.draft(), desk.draft(), desk.draft()] == [
        "bead-strings",
        "bead-strings-2",
        "bead-strings-3",
    ]


@pytest.mark.parametrize(
    "do",
    [
        lambda work, actor, slug: service.change_listing(work, actor, slug, wish(name="Mine")),
        service.submit_listing,
        lambda work, actor, slug: service.move_listing(work, actor, slug, "withdraw"),
    ],
    ids=["change", "submit", "withdraw"],
)
def test_nobody_touches_another_suppliers_listing(
    desk: Desk, do: Callable[[Work, Actor, str], None]
) -> None:
    slug = desk.published()
    with pytest.raises(NotFound), desk.transaction() as work:
        do(work, desk.stranger, slug)
    with pytest.raises(NotAllowed), desk.transaction() as work:
        do(work, desk.staff, slug)
    assert desk.product(slug).name == "Bead strings"
    assert desk.product(slug).state == "published"


def test_a_supplier_cannot_answer_for_staff(desk: Desk) -> None:
    slug = desk.submitted()
    with pytest.raises(NotAllowed), desk.transaction() as work:
        service.answer_listing(work, desk.actor, slug, approved=True, words="")
    assert desk.product(slug).state == "submitted"


def test_a_listing_is_sent_back_only_with_words_and_submitted_again(desk: Desk) -> None:
    slug = desk.submitted()
    with pytest.raises(Invalid) as refusal, desk.transaction() as work:
        service.answer_listing(work, desk.staff, slug, approved=False, words="")
    assert "words" in refusal.value.problems
    with desk.transaction() as work:
        service.answer_listing(work, desk.staff, slug, approved=False, words="Which years?")
    assert desk.product(slug).state == "refused"
    assert desk.product(slug).state_words == "Which years?"
    with desk.transaction() as work:
        service.submit_listing(work, desk.actor, slug)
    assert desk.product(slug).state == "submitted"


def test_nothing_is_made_public_before_its_supplier_is_approved(desk: Desk) -> None:
    slug = desk.submitted()
    supplier = desk.supplier
    supplier.state = "waiting"
    desk.make.save(supplier)
    with pytest.raises(Conflict, match="supplier"), desk.transaction() as work:
        service.answer_listing(work, desk.staff, slug, approved=True, words="")
    assert desk.product(slug).state == "submitted"


def test_staff_do_not_approve_what_changed_after_they_read_it(desk: Desk) -> None:
    slug = desk.submitted()
    read = desk.product(slug).version
    with desk.transaction() as work:
        service.change_listing(work, desk.actor, slug, wish(description="Something else."))
    with pytest.raises(Conflict, match="since"), desk.transaction() as work:
        service.answer_listing(work, desk.staff, slug, approved=True, words="", seen=read)
    assert desk.product(slug).state == "submitted"


def test_the_second_of_two_editors_hears_of_the_first(desk: Desk) -> None:
    slug = desk.published()
    seen = desk.product(slug).version
    with desk.transaction() as work:
        service.change_listing(work, desk.actor, slug, wish(summary="One.", seen=seen))
    with pytest.raises(Conflict, match="meanwhile"), desk.transaction() as work:
        service.change_listing(work, desk.actor, slug, wish(summary="Two.", seen=seen))
    assert desk.product(slug).summary == "One."


def test_what_is_withdrawn_is_found_by_nobody_and_can_come_back(
    desk: Desk, session: Session
) -> None:
    slug = desk.published()
    for move, public in (("withdraw", False), ("bring_back", True)):
        before = queries.revision(session)
        session.rollback()
        with desk.transaction() as work:
            service.move_listing(work, desk.actor, slug, move)
        assert bool(queries.published_products(session, [slug])) is public
        assert queries.revision(session) > before


def test_an_unfinished_draft_may_be_saved_but_not_submitted(desk: Desk) -> None:
    thin = wish(description="", stages=())
    with desk.transaction() as work:
        slug = service.new_listing(work, desk.actor, thin)
        service.change_listing(work, desk.actor, slug, thin)
    with pytest.raises(Invalid) as refusal, desk.transaction() as work:
        service.submit_listing(work, desk.actor, slug)
    assert set(refusal.value.problems) == {"description", "stages"}


def test_a_public_listing_cannot_be_emptied(desk: Desk) -> None:
    slug = desk.published()
    with pytest.raises(Invalid), desk.transaction() as work:
        service.change_listing(work, desk.actor, slug, wish(description=""))
    assert desk.product(slug).description


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"facts": {"setup_effort": "magic"}}, "setup_effort"),
        ({"facts": {"price_pence": -1}}, "price_pence"),
        ({"facts": {"no_such_fact": True}}, "no_such_fact"),
        ({"website": "http://beads.example"}, "website"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(
    desk: Desk, more: dict[str, Any], field: str
) -> None:
    slug = desk.draft()
    with pytest.raises(Invalid) as refusal, desk.transaction() as work:
        service.change_listing(work, desk.actor, slug, wish(**more))
    assert field in refusal.value.problems


def test_submitting_and_answering_are_told_to_whoever_listens(desk: Desk) -> None:
    told: list[object] = []

    def note(_work: Work, event: object) -> None:
        told.append(event)

    slug = desk.draft()
    listeners = {ProductSubmitted: [note], ProductAnswered: [note]}
    with open_work(desk.make.engine, listeners) as work:
        service.submit_listing(work, desk.actor, slug, "Ready.")
    with open_work(desk.make.engine, listeners) as work:
        service.answer_listing(work, desk.staff, slug, approved=False, words="Which years?")
    product_id = desk.product(slug).id
    assert told == [
        ProductSubmitted(product_id, desk.person.id, "Ready."),
        ProductAnswered(product_id, desk.staff_person.id, False, "Which years?"),
    ]


def test_the_longest_waiting_listing_stands_first_even_when_it_is_edited(
    desk: Desk, session: Session
) -> None:
    first, second = desk.submitted(name="First"), desk.submitted(name="Second")
    with desk.transaction() as work:
        service.change_listing(work, desk.actor, first, wish(name="First", summary="Edited."))
    assert [product.slug for product in queries.waiting_listings(session)] == [first, second]


def test_only_suppliers_write_listings_and_never_state_or_address() -> None:
    assert set(LISTING_FIELDS) == {"supplier"}
    assert not {"state", "slug", "supplier_id", "source_ref"} & set(LISTING_FIELDS["supplier"])  # type: ignore[index]
