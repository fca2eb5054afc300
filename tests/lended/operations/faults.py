"""A LendED in which all is well, and the faults that are planted into it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Engine, text

from lended import clock
from lended.catalogue.models import CatalogueRevision
from lended.db import WRITES
from lended.loans.rules.terms import digest
from lended.operations.checks import (
    Check,
    catalogue,
    loans,
    notices,
    outcomes,
    people,
    shape,
    stock,
)
from tests.lended.operations import kept_too_long, lent_amiss
from tests.lended.operations.filled import add
from tests.makers import Makers

TERMS = "Both sides agree."
PLAN = {
    "goal": "Fractions hold",
    "criterion_about": "pupil_learning",
    "measure": "A quiz",
    "measure_kind": "quiz",
    "direction": "up",
    "teaching_change": "Tiles first",
    "education_lead": "Ms Lead",
    "readiness": {},
}
OUTCOME = {
    "verdict": "met",
    "design": "feedback",
    "weeks": 4,
    "what_happened": "It held.",
    "school_described_as": "A primary school in the north",
}
Plant = Callable[[Connection, "Scene"], object]


@dataclass(frozen=True, slots=True)
class Scene:
    """The rows that faults are planted into."""

    school: int
    teacher: int
    supplier: int
    product: int
    pool: int
    loan: int


def well(engine: Engine) -> Scene:
    """Make a LendED in which everything is as it must be: one loan, closed, told and published."""
    make = Makers(engine)
    school, firm = make.organisation(), make.organisation("supplier")
    teacher = make.person(school, "teacher", "school_lead")
    make.school(school)
    supplier = make.supplier(firm)
    product = make.product(supplier)
    pool = make.pool(product)
    loan = make.loan(school, teacher, product, pool, state="closed", terms=TERMS)
    one = Scene(school.id, teacher.id, supplier.id, product.id, pool.id, loan.id)
    with engine.execution_options(**{WRITES: True}).begin() as connection:
        give_papers(connection, one, loan.id)
        if not connection.scalar(text("SELECT count(*) FROM catalogue_revision")):
            add(connection, CatalogueRevision.__tablename__, id=1, number=1)
    return one


def give_papers(connection: Connection, scene: Scene, loan: int) -> None:
    """Write what goes with a loan: its history, its plan, its paperwork, its outcome."""
    steps = ["draft", "requested", "approved", "preparing", "issued", "active", "access_ended"]
    kinds = ["submit", "approve", "complete_paperwork", "issue", "start", "end_access"]
    for kind, source, target in zip(kinds, steps, steps[1:], strict=False):
        add_event(connection, loan, kind, source, target)
    add_event(connection, loan, "message", "access_ended", "access_ended")
    add_event(connection, loan, "confirm_deletion", "access_ended", "closed")
    now, by = clock.now(), scene.teacher
    paper = {"terms_digest": digest(TERMS), "accepted_by_id": by, "accepted_at": now}
    deletion = {"due_on": clock.today(), "confirmed_at": now, "confirmed_by_id": by}
    add(connection, "plans", loan_id=loan, fixed_at=now, **PLAN)
    add(connection, "paperwork", loan_id=loan, **paper)
    add(connection, "deletion_duties", loan_id=loan, none_held=True, **deletion)
    moments = dict.fromkeys(("given_at", "changed_at", "published_at"), now)
    add(connection, "outcomes", id=1, loan_id=loan, person_id=by, **OUTCOME, **moments)


def add_event(connection: Connection, loan: int, kind: str, source: str, target: str) -> None:
    """Write an event of a loan."""
    add(
        connection,
        "loan_events",
        loan_id=loan,
        at=clock.now(),
        kind=kind,
        from_state=source,
        to_state=target,
        before={},
        after={},
    )


def add_notice(connection: Connection, number: int, email: str, **more: object) -> None:
    """Write a notice."""
    row = {
        "id": number,
        "email": email,
        "key": "loan:1:approved",
        "kind": "loan",
        "title": "Approved",
        "words": "Approved.",
        "made_at": clock.now(),
        "mail_state": "sent",
    }
    add(connection, "notices", **{**row, **more})


def sql(*statements: str) -> Plant:
    """Return what plants a fault by statements; ``{loan}`` and the like stand for rows."""

    def plant(connection: Connection, scene: Scene) -> None:
        names = {name: getattr(scene, name) for name in Scene.__slots__}
        for statement in statements:
            connection.execute(text(statement.format(**names)))

    return plant


def unchecked(table: str, check: str, statement: str) -> Plant:
    """Return what plants a fault that the table itself refuses."""

    def plant(connection: Connection, scene: Scene) -> None:
        if connection.dialect.name == "sqlite":
            connection.execute(text("PRAGMA ignore_check_constraints = ON"))
        else:
            connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT {check}"))
        connection.execute(text(statement.format(loan=scene.loan)))

    return plant


def reference_to_nothing(connection: Connection, scene: Scene) -> None:
    """Let a need refer to nobody."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET session_replication_role = replica"))
    add(
        connection,
        "needs",
        person_id=999_999,
        text="?",
        made_at=clock.now(),
        changed_at=clock.now(),
    )


def another_supplier(connection: Connection, scene: Scene) -> None:
    """Let a loan be of a supplier who does not have its product."""
    add(connection, "suppliers", id=77, slug="other", name="Other", created_at=clock.now())
    connection.execute(text("UPDATE loans SET supplier_id = 77"))


def one_event_twice(connection: Connection, scene: Scene) -> None:
    """Tell somebody one event at two spellings of one address."""
    add_notice(connection, 1, "ann@school.example")
    add_notice(connection, 2, "Ann@school.example")


PLANTED: list[tuple[Check, Plant]] = [
    (shape.revision_is_newest, sql("UPDATE alembic_version SET version_num = '0000'")),
    (shape.nothing_differs, sql("ALTER TABLE people ADD COLUMN stray INTEGER")),
    (shape.nothing_differs, sql("DROP INDEX ix_schools_search")),
    (shape.the_guard_is_awake, lent_amiss.guard_asleep),
    (people.roles_suit_organisations, sql("UPDATE organisations SET kind = 'trust'")),
    (people.addresses_are_written_one_way, sql("UPDATE people SET email = 'Ann@B.EXAMPLE'")),
    (
        people.entries_stand_for_organisations_of_their_kind,
        sql("UPDATE suppliers SET organisation_id = {school}"),
    ),
    (
        catalogue.public_products_have_approved_suppliers,
        sql("UPDATE suppliers SET state = 'waiting'"),
    ),
    (catalogue.codes_are_known, sql("UPDATE products SET product_type = 'gadget'")),
    (catalogue.codes_are_known, sql("UPDATE products SET needs = '[\"nonsense\"]'")),
    (catalogue.facts_make_sense, sql('UPDATE products SET facts = \'{{"offline": "maybe"}}\'')),
    (catalogue.the_catalogue_has_a_number, sql("DELETE FROM catalogue_revision")),
    (loans.nothing_is_promised_twice, lent_amiss.fewer_than_promised),
    (loans.nothing_is_promised_twice, lent_amiss.two_at_once),
    (stock.what_is_late_is_promised_to_nobody, lent_amiss.late_and_free),
    (stock.only_what_is_out_is_bound, lent_amiss.bind_a_kit),
    (stock.finished_loans_bind_nothing, lent_amiss.bind_a_kit),
    (stock.what_is_to_be_settled_is_set_aside, lent_amiss.settle_what_is_lent_again),
    (loans.lines_follow_their_loan, sql("UPDATE loan_lines SET state = 'requested'")),
    (loans.asked_loans_hold_something, sql("DELETE FROM plans")),
    (loans.asked_loans_hold_something, sql("DELETE FROM loan_lines")),
    (
        loans.holds_cover_the_loan,
        sql("UPDATE loan_lines SET state = 'active', blocked_until = due_on"),
    ),
    (loans.histories_lead_to_the_state, sql("DELETE FROM loan_events WHERE kind = 'issue'")),
    (
        loans.histories_lead_to_the_state,
        sql("DELETE FROM loan_events WHERE kind = 'confirm_deletion'"),
    ),
    (
        loans.histories_lead_to_the_state,
        sql("UPDATE loan_events SET kind = 'decline' WHERE kind = 'approve'"),
    ),
    (loans.moved_loans_have_a_history, sql("DELETE FROM loan_events")),
    (
        loans.refusals_have_words,
        unchecked(
            "loans",
            "ck_loans_declined_with_words",
            "UPDATE loans SET state = 'declined', decline_words = ' ' WHERE id = {loan}",
        ),
    ),
    (loans.lent_things_were_agreed_to, sql("DELETE FROM paperwork")),
    (loans.lent_things_were_agreed_to, sql("UPDATE loans SET terms = 'Other terms.'")),
    (
        loans.loans_are_of_one_supplier,
        another_supplier,
    ),
    (
        loans.deletions_are_confirmed_by_somebody,
        sql("UPDATE deletion_duties SET confirmed_by_id = NULL"),
    ),
    (stock.codes_are_spent_with_their_access, kept_too_long.code_unspent),
    (stock.codes_go_to_one_loan, kept_too_long.code_given_twice),
    (loans.extensions_are_what_was_agreed, kept_too_long.extension_forgotten),
    (
        loans.late_deletions_are_marked,
        sql(
            "UPDATE loans SET state = 'access_ended'",
            "UPDATE deletion_duties SET confirmed_at = NULL, due_on = '2020-01-01'",
        ),
    ),
    (
        loans.what_may_be_left_behind_is_owed,
        sql("UPDATE loans SET state = 'access_ended'", "DELETE FROM deletion_duties"),
    ),
    (
        loans.what_may_be_left_behind_is_owed,
        sql("UPDATE deletion_duties SET confirmed_at = NULL"),
    ),
    (
        outcomes.told_trials_took_place,
        sql("UPDATE loans SET state = 'cancelled'", "UPDATE loan_lines SET state = 'cancelled'"),
    ),
    (outcomes.what_did_not_work_says_why, sql("UPDATE outcomes SET verdict = 'partly'")),
    (
        outcomes.stories_do_not_name_their_school,
        sql(
            "UPDATE outcomes SET school_described_as = 'We are ' || "
            "(SELECT upper(name) FROM organisations WHERE id = {school})"
        ),
    ),
    (
        outcomes.stories_do_not_name_their_school,
        sql("UPDATE outcomes SET school_described_as = ' '"),
    ),
    (
        notices.nobody_is_told_twice,
        one_event_twice,
    ),
    (
        notices.no_mail_is_stuck,
        lambda connection, scene: add_notice(
            connection,
            1,
            "ann@school.example",
            mail_state="waiting",
            next_try_at=clock.now() - timedelta(days=2),
        ),
    ),
]
