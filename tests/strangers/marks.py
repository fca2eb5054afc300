"""Words that betray where they come from, written into everything private of one place."""

from __future__ import annotations

from collections.abc import Iterable

from tests.strangers.world import World

SCHOOL, INSIDE, DRAFT, FIRM, CODE = "Zqschool", "Zqinside", "Zqdraft", "Zqfirm", "Zqcode"
TOLD = "SELECT loan_id FROM outcomes WHERE published_at IS NOT NULL"
PLAN = ("measure", "baseline_words", "threshold_words", "teaching_change", "education_lead",
        "sponsor")  # fmt: skip
SCHOOLS_AFFAIR = "('submit_for_signoff', 'sign_off', 'refuse_signoff', 'access_shown')"


def mark_school(world: World, school_id: int) -> None:
    """Mark what a school has not told to everyone."""
    loans = f"SELECT id FROM loans WHERE school_id = {school_id} AND id NOT IN ({TOLD})"
    all_loans = f"SELECT id FROM loans WHERE school_id = {school_id}"
    needs = f"SELECT need_id FROM loans WHERE id IN ({TOLD}) AND need_id IS NOT NULL"
    members = f"SELECT person_id FROM memberships WHERE organisation_id = {school_id}"
    _write(world, SCHOOL, [
        ("people", ("name",), f"id IN ({members})"),
        ("needs", ("text",), f"organisation_id = {school_id} AND id NOT IN ({needs})"),
        ("loans", ("need_text",), f"id IN ({loans})"),
        ("loans", ("decline_words",), f"id IN ({loans}) AND decline_words <> ''"),
        ("plans", ("goal",), f"loan_id IN ({loans})"),
        ("loan_events", ("words",), f"loan_id IN ({loans}) AND words <> ''"),
        ("paperwork", ("deputy", "address", "delivery_window"), f"loan_id IN ({loans})"),
        ("contents_checks", ("words",), f"loan_id IN ({loans})"),
        ("invitations", ("email",), f"organisation_id = {school_id}"),
        ("notices", ("title", "words"), f"person_id IN ({members})"),
    ])  # fmt: skip
    _write(world, INSIDE, [
        ("plans", PLAN, f"loan_id IN ({loans})"),
        ("paperwork", ("data_protection_words",), f"loan_id IN ({loans})"),
        ("outcomes", ("what_happened",), f"loan_id IN ({loans})"),
        ("decisions", ("words",), f"loan_id IN ({all_loans})"),
        ("loan_events", ("words",), f"loan_id IN ({loans}) AND kind IN {SCHOOLS_AFFAIR}"),
    ])  # fmt: skip
    drafts = f"SELECT id FROM loans WHERE school_id = {school_id} AND state = 'draft'"
    _write(world, DRAFT, [("loans", ("need_text",), f"id IN ({drafts})")])
    world.watch.execute(f'UPDATE unfinished_forms SET fields = \'{{"goal": ["{DRAFT}"]}}\'')
    _write(world, CODE, [("loans", ("access_words",), f"access_words <> '' OR id IN ({loans})")])
    world.watch.commit()


def mark_firm(world: World, place_id: int) -> None:
    """Mark what a supplier has not told to everyone."""
    members = f"SELECT person_id FROM memberships WHERE organisation_id = {place_id}"
    own = f"SELECT id FROM suppliers WHERE organisation_id = {place_id}"
    hidden = f"supplier_id IN ({own}) AND state <> 'published'"
    products = f"SELECT id FROM products WHERE supplier_id IN ({own})"
    pools = f"SELECT id FROM pools WHERE product_id IN ({products})"
    _write(world, FIRM, [
        ("people", ("name",), f"id IN ({members})"),
        ("products", ("name", "summary", "description"), hidden),
        ("units", ("condition",), f"pool_id IN ({pools})"),
        ("notices", ("title", "words"), f"person_id IN ({members})"),
    ])  # fmt: skip
    world.watch.commit()


def _write(world: World, mark: str, places: Iterable[tuple[str, tuple[str, ...], str]]) -> None:
    for table, columns, where in places:
        values = ", ".join(f"{column} = '{mark} {table}'" for column in columns)
        world.watch.execute(f"UPDATE {table} SET {values} WHERE {where}")
