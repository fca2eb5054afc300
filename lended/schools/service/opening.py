"""Opening a school to its people."""

from __future__ import annotations

from sqlalchemy import select

from lended.access import OrganisationKind
from lended.accounts import service as accounts
from lended.errors import NotFound
from lended.schools import queries
from lended.schools.models import School
from lended.work import Work


def open_school(work: Work, school_id: int) -> int:
    """Return the organisation a school is, making it when nobody has joined before.

    Raises
    ------
    NotFound
        When there is no such school, or it has closed.
    """
    school = work.session.scalar(select(School).where(School.id == school_id).with_for_update())
    if school is None or school.status == "closed":
        raise NotFound(queries.NO_SUCH_SCHOOL)
    if school.organisation_id is None:
        place = accounts.open_organisation(work, OrganisationKind.SCHOOL, school.name)
        school.organisation_id = place.id
        work.session.flush()
    return school.organisation_id
