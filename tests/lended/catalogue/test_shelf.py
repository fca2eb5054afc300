"""The shelf narrows and counts as somebody with a pencil would."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lended.catalogue.rules import LEFT_OUT, Filters
from lended.catalogue.shelf import GROUPS, Shelf, merged, shelf_of

CODES = {
    "stage": ("eyfs", "ks1", "ks2"),
    "subject": ("mathematics", "english"),
    "type": ("mis", "other"),
    "device": ("windows", "ipados"),
    "devices_needed": ("none", "shared"),
    "offline": ("yes", "partly"),
    "setup": ("instant", "heavy"),
    "personal_data": ("none", "staff_only"),
    "sign_in": ("none_needed", "google"),
    "price_model": ("free", "freemium"),
}


def some(group: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(CODES[group]), unique=True).map(tuple)


def maybe(group: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(CODES[group])


@st.composite
def rows(draw: st.DrawFn) -> Any:
    facts = {
        "runs_on": list(draw(some("device"))),
        "devices_needed": draw(maybe("devices_needed")),
        "offline": draw(maybe("offline")),
        "sign_in": list(draw(some("sign_in"))),
        "setup_effort": draw(maybe("setup")),
        "technician_needed": draw(st.sampled_from([True, False, None])),
        "personal_data": draw(maybe("personal_data")),
        "price_model": draw(maybe("price_model")),
    }
    return SimpleNamespace(
        name=draw(st.sampled_from(["Abacus", "bead string", "Counters"])),
        product_type=draw(st.sampled_from(CODES["type"])),
        stages=draw(some("stage")),
        subjects=draw(some("subject")),
        facts={code: value for code, value in facts.items() if value is not None},
    )


filters = st.builds(
    Filters,
    **{group: some(group) for group in CODES},
    **{name: some(group) for name, group in LEFT_OUT.items()},
    no_technician=st.booleans(),
)


def shelf_with(found: list[Any]) -> Shelf:
    for number, row in enumerate(found):
        row.id = 100 + number
        row.slug = f"product-{row.id}"
        row.version = "2026"
    return shelf_of(7, found)


def said(row: Any, group: str) -> set[str]:
    """Return what a row says of a group, written down without the shelf's own code."""
    facts = row.facts
    single = {"setup": "setup_effort", "personal_data": "personal_data"}
    if group == "no_technician":
        return {"yes"} if facts.get("technician_needed") is False else set()
    if group in ("stage", "subject"):
        return set(getattr(row, f"{group}s"))
    if group == "type":
        return {row.product_type}
    if group == "device":
        return set(facts["runs_on"])
    if group == "sign_in":
        return set(facts["sign_in"])
    value = facts.get(single.get(group, group))
    return {value} if value else set()


def asked(wanted: Filters, group: str) -> set[str]:
    value = getattr(wanted, group)
    return ({"yes"} if value else set()) if isinstance(value, bool) else set(value)


def fits(row: Any, wanted: Filters, without: str = "") -> bool:
    return all(
        not asked(wanted, group) or asked(wanted, group) & said(row, group)
        for group in GROUPS
        if group != without
    ) and all(
        not asked(wanted, name) or said(row, group) - asked(wanted, name)
        for name, group in LEFT_OUT.items()
    )


@given(st.lists(rows(), max_size=12), filters)
def test_the_mask_keeps_what_meets_every_field_with_any_of_its_codes(
    found: list[Any], wanted: Filters
) -> None:
    shelf = shelf_with(found)
    assert shelf.mask(wanted).tolist() == [fits(row, wanted) for row in found]


@given(st.lists(rows(), max_size=12), filters, st.data())
def test_counts_equal_those_of_somebody_who_counts_one_by_one(
    found: list[Any], wanted: Filters, data: st.DataObject
) -> None:
    shelf = shelf_with(found)
    among = np.array(
        data.draw(st.lists(st.booleans(), min_size=len(found), max_size=len(found))), dtype=bool
    )
    counts = shelf.counts(wanted, among=among)
    for group in GROUPS:
        codes = {code for row in found for code in said(row, group)}
        assert counts[group] == {
            code: sum(
                bool(inside) and fits(row, wanted, without=group) and code in said(row, group)
                for row, inside in zip(found, among, strict=True)
            )
            for code in codes
        }


@given(st.lists(rows(), max_size=8), st.sets(st.integers(95, 110)))
def test_the_mask_of_ids_marks_those_ids_and_no_others(found: list[Any], ids: set[int]) -> None:
    shelf = shelf_with(found)
    assert set(shelf.ids[shelf.mask_of_ids(ids)].tolist()) == ids & set(shelf.ids.tolist())


def test_what_is_not_stated_never_meets_a_filter() -> None:
    row = SimpleNamespace(id=1, name="A", product_type="mis", stages=(), subjects=(), facts={})
    row.slug, row.version = "a", "2026"
    shelf = shelf_of(1, [row])
    for group in CODES.keys() - {"type"}:
        wanted: dict[str, Any] = {group: CODES[group][:1]}
        assert not shelf.mask(Filters(**wanted)).any(), group
    assert not shelf.mask(Filters(not_device=("windows",))).any()
    assert not shelf.mask(Filters(no_technician=True)).any()
    assert shelf.mask(Filters()).all()


def test_what_runs_on_something_else_too_does_without() -> None:
    runs_on = (["ipados"], ["ipados", "windows"], ["windows"])
    shelf = shelf_of(
        1,
        [
            SimpleNamespace(
                id=number,
                name="A",
                product_type="mis",
                stages=(),
                subjects=(),
                facts={"runs_on": codes},
                slug=f"a-{number}",
                version="2026",
            )
            for number, codes in enumerate(runs_on)
        ],
    )
    assert shelf.mask(Filters(not_device=("ipados",))).tolist() == [False, True, True]
    assert not shelf.mask(Filters(not_type=("mis",))).any()


@given(st.lists(rows(), max_size=8), st.data())
def test_two_shelves_merged_are_the_shelf_of_all_their_rows(
    found: list[Any], data: st.DataObject
) -> None:
    shelf_with(found)
    chosen = st.lists(st.booleans(), min_size=len(found), max_size=len(found))
    renewed, gone = data.draw(chosen), data.draw(chosen)
    older = [draw_again(row, data) if new else row for row, new in zip(found, renewed, strict=True)]
    present = [row for row, left in zip(found, gone, strict=True) if not left]
    present = data.draw(st.permutations(present))
    fresh = [row for row in present if renewed[found.index(row)]]
    both = merged(shelf_of(6, older), shelf_of(7, fresh), [row.id for row in present])
    assert same(both, shelf_of(7, present))


def draw_again(row: Any, data: st.DataObject) -> Any:
    """Return what a product may have been before it was changed."""
    other = data.draw(rows())
    other.id, other.slug, other.version = row.id, row.slug, "2025"
    return other


def same(one: Shelf, other: Shelf) -> bool:
    """Tell whether two shelves hold the same, column by column."""
    return (
        (one.revision, one.ids.tolist(), one.slugs, one.letters, dict(one.codes))
        == (other.revision, other.ids.tolist(), other.slugs, other.letters, dict(other.codes))
        and all(
            np.array_equal(getattr(one, name)[group], getattr(other, name)[group])
            for name in ("columns", "bits")
            for group in GROUPS
        )
        and np.array_equal(one.versions, other.versions)
    )
