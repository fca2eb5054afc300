"""Reading where kits are: one by its printed label, or all of a pool."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.access import Actor, Role
from lended.accounts.models import Organisation
from lended.catalogue.models import Product, Supplier
from lended.loans.models import Binding, Loan, LoanLine, Pool, Unit
from lended.loans.queries.sight import in_sight


def kit_of_label(session: Session, actor: Actor, label: str) -> tuple[str, int] | None:
    """Return the product's slug and the id of the actor's own kit with a label."""
    if not actor.has(Role.SUPPLIER):
        return None
    row = session.execute(
        select(Product.slug, Unit.id)
        .join(Pool, Pool.id == Unit.pool_id)
        .join(Product, Product.id == Pool.product_id)
        .join(Supplier, Supplier.id == Product.supplier_id)
        .where(Unit.label == label, Supplier.organisation_id == actor.organisation_id)
    ).one_or_none()
    return (row.slug, row.id) if row else None


def loan_of_label(session: Session, actor: Actor, label: str) -> int | None:
    """Return the id of the loan, in the actor's sight, that has the kit with a label now."""
    return session.scalar(
        select(Loan.id)
        .join(LoanLine, LoanLine.loan_id == Loan.id)
        .join(Binding, Binding.line_id == LoanLine.id)
        .join(Unit, Unit.id == Binding.unit_id)
        .where(Unit.label == label, Binding.ended_at.is_(None), in_sight(actor))
    )


def borrowers(session: Session, pool_id: int) -> dict[int, str]:
    """Return the school that each kit of a pool is lent to now, by the kit's id."""
    rows = session.execute(
        select(Unit.id, Organisation.name)
        .join(Binding, Binding.unit_id == Unit.id)
        .join(LoanLine, LoanLine.id == Binding.line_id)
        .join(Loan, Loan.id == LoanLine.loan_id)
        .join(Organisation, Organisation.id == Loan.school_id)
        .where(Unit.pool_id == pool_id, Binding.ended_at.is_(None))
    )
    return {row.id: row.name for row in rows}
