"""Reading what people have typed and not yet sent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lended.access import Actor
from lended.accounts.models import UnfinishedForm


def unfinished(session: Session, actor: Actor, form: str, subject: str) -> dict[str, Any] | None:
    """Return what the actor has typed into a form and not yet sent, or None."""
    return session.scalar(
        select(UnfinishedForm.fields).where(
            UnfinishedForm.person_id == actor.person_id,
            UnfinishedForm.form == form,
            UnfinishedForm.subject == subject,
        )
    )


def unfinished_forms(session: Session, actor: Actor) -> list[UnfinishedForm]:
    """Return every form the actor has left unfinished, the latest first."""
    return list(
        session.scalars(
            select(UnfinishedForm)
            .where(UnfinishedForm.person_id == actor.person_id)
            .order_by(UnfinishedForm.saved_at.desc(), UnfinishedForm.id.desc())
        )
    )
