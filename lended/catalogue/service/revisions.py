"""The catalogue's revision: how every process learns that suggestions may have changed."""

from __future__ import annotations

from sqlalchemy import update

from lended.catalogue.models import CatalogueRevision
from lended.work import Work


def raise_revision(work: Work) -> None:
    """Tell every process that suggestions may have changed."""
    raised = work.session.scalar(
        update(CatalogueRevision)
        .where(CatalogueRevision.id == 1)
        .values(number=CatalogueRevision.number + 1)
        .returning(CatalogueRevision.number)
    )
    if raised is None:
        work.session.add(CatalogueRevision(id=1, number=1))
        work.session.flush()
