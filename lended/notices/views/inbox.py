"""The inbox."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lended.notices import queries, service
from lended.notices.views.blueprint import pages
from lended.web.audience import SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.people import actor, actor_or_none
from lended.web.redirects import safe_next, see


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the inbox, counted from 1."""

    number: int
    pages: int

    def url_for(self, number: int) -> str:
        """Return the address of another page."""
        return url_for("notices.inbox", page=number)


class Unread:
    """How many notices the present person has not read; counted when somebody wants to know."""

    def __init__(self) -> None:
        self._count: int | None = None

    def __int__(self) -> int:
        if self._count is None:
            here = actor_or_none()
            self._count = queries.unread(reader(), here) if here else 0
        return self._count

    def __bool__(self) -> bool:
        return int(self) > 0

    def __str__(self) -> str:
        return str(int(self))


@pages.get("/inbox")
@audience(SIGNED_IN)
def inbox() -> str:
    """Show what the person was told, unread first."""
    there_are = queries.pages(reader(), actor())
    asked = request.args.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 0
    if not 1 <= number <= there_are:
        abort(404)
    notices = queries.inbox(reader(), actor(), number)
    return render_template("notices/inbox.html", notices=notices, page=Page(number, there_are))


@pages.post("/inbox/<int:notice_id>")
@audience(SIGNED_IN)
def follow(notice_id: int) -> Response:
    """Mark a notice as read and go where it leads."""
    with transaction() as work:
        link = service.mark_read(work, actor(), notice_id)
    return redirect(safe_next(link, url_for("notices.inbox")), code=303)


@pages.post("/inbox/read")
@audience(SIGNED_IN)
def read_all() -> Response:
    """Mark everything as read."""
    with transaction() as work:
        service.mark_all_read(work, actor())
    flash("Everything is marked as read.", "success")
    return see("notices.inbox")
