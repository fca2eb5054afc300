"""Forms that are not sent yet: kept as typed, for their writer only."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from lended import clock
from lended.access import Actor
from lended.accounts.models import UnfinishedForm
from lended.accounts.rules import (
    RESUMABLE,
    SUBJECT_MOST,
    UNFINISHED_BYTES,
    UNFINISHED_FIELDS,
    UNFINISHED_FORMS,
)
from lended.errors import Invalid, NotFound
from lended.work import Work

TOO_MUCH = "This is more than can be kept unfinished. Shorten it, or send it now."

FORGET = delete(UnfinishedForm).where(
    UnfinishedForm.person_id == bindparam("of_person"),
    UnfinishedForm.form == bindparam("of_form"),
    UnfinishedForm.subject == bindparam("of_subject"),
)
"""Built once: building one costs as much as running it."""


def keep_unfinished(
    work: Work, actor: Actor, form: str, subject: str, fields: Mapping[str, Sequence[str]]
) -> None:
    """Keep what the actor has typed into a form, in place of what was kept before.

    The writer's oldest unfinished forms make room when there are too many.

    Parameters
    ----------
    form
        One of `rules.RESUMABLE`.
    subject
        Which one of several: a loan's id, a product's slug.
    fields
        Raw text of every field, from ``lended.web.forms.typed``.

    Raises
    ------
    NotFound
        When no form of that name can be left unfinished.
    Invalid
        When there is too much of it.
    """
    if form not in RESUMABLE or not 0 < len(subject) <= SUBJECT_MOST:
        raise NotFound
    plain = {_storable(name): [_storable(text) for text in texts] for name, texts in fields.items()}
    if len(plain) > UNFINISHED_FIELDS or len(json.dumps(plain)) > UNFINISHED_BYTES:
        raise Invalid(TOO_MUCH)
    _write(work, actor, form, _storable(subject), plain)
    _make_room(work, actor)


def drop_unfinished(work: Work, actor: Actor, form: str, subject: str) -> None:
    """Forget what was kept of a form, because it was sent or is no longer wanted."""
    kept = {"of_person": actor.person_id, "of_form": form, "of_subject": subject}
    work.run(FORGET, kept)


def _storable(text: str) -> str:
    """Return text without the one character that PostgreSQL cannot keep."""
    return text.replace("\x00", "")


def _write(work: Work, actor: Actor, form: str, subject: str, plain: dict[str, Any]) -> None:
    """Insert or replace in one statement, so that two tabs saving at once both succeed."""
    changed = {"fields": plain, "saved_at": clock.now()}
    on_sqlite = work.session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert(UnfinishedForm) if on_sqlite else postgresql.insert(UnfinishedForm)
    work.session.execute(
        insert.values(
            person_id=actor.person_id, form=form, subject=subject, **changed
        ).on_conflict_do_update(index_elements=["person_id", "form", "subject"], set_=changed)
    )


def _make_room(work: Work, actor: Actor) -> None:
    too_old = (
        select(UnfinishedForm.id)
        .where(UnfinishedForm.person_id == actor.person_id)
        .order_by(UnfinishedForm.saved_at.desc(), UnfinishedForm.id.desc())
        .offset(UNFINISHED_FORMS)
    )
    old = work.session.scalars(too_old).all()
    if old:
        work.session.execute(delete(UnfinishedForm).where(UnfinishedForm.id.in_(old)))
