"""The desks of those who look after many schools."""

from __future__ import annotations

from flask import render_template, url_for

from lended.access import Actor
from lended.catalogue import queries as catalogue
from lended.desks import queries
from lended.desks.views import tasks
from lended.desks.views.tasks import Task
from lended.needs import queries as needs
from lended.notices import queries as notices
from lended.web.database import reader
from lended.web.theme import day

MOST_SHOWN = 10


def trust(actor: Actor) -> str:
    """Show a trust lead's desk: its schools from A to Z, and like beside like."""
    groups = queries.comparable(reader(), actor)
    compared = {story.story_id for group in groups if len(group) > 1 for story in group}
    alone = {group[0].story_id: group[0] for group in groups if len(group) == 1}
    return render_template(
        "desks/desk_trust.html",
        tasks=tasks.in_order(tasks.of_join_requests(actor), tasks.of_unfinished_forms(actor)),
        schools=queries.schools_of_trust(reader(), actor),
        groups=groups,
        alone=[story for number, story in alone.items() if number not in compared],
    )


def technologist(actor: Actor) -> str:
    """Show a learning technologist's desk."""
    return render_template(
        "desks/desk_technologist.html", tasks=tasks.in_order(tasks.of_unfinished_forms(actor))
    )


def staff(actor: Actor) -> str:
    """Show the desk of LendED's staff: who waits, what failed, how the platform stands."""
    return render_template(
        "desks/desk_staff.html",
        tasks=tasks.in_order(
            _suppliers(), _listings(), tasks.of_join_requests(actor), _failed_mail()
        ),
        counts=queries.platform(reader()),
        unmet=needs.unmet_needs(reader(), MOST_SHOWN),
    )


def _suppliers() -> list[Task]:
    return [
        Task(
            f"{supplier.name} would like to lend",
            url_for("catalogue.answer_supplier", slug=supplier.slug),
            "A supplier to check",
            f"Since {day(supplier.created_at)}",
        )
        for supplier in catalogue.waiting_suppliers(reader())
    ]


def _listings() -> list[Task]:
    return [
        Task(
            f"Check the listing of {product.name}",
            url_for("catalogue.answer_listing", slug=product.slug),
            product.supplier.name,
            f"Since {day(product.updated_at)}",
        )
        for product in catalogue.waiting_listings(reader())
    ]


def _failed_mail() -> list[Task]:
    failed, held_up = notices.failed_mail(reader()), notices.held_up_mail(reader())
    if not failed and not held_up:
        return []
    latest = failed[0] if failed else held_up[0]
    count = len(failed) or len(held_up)
    return [
        Task(
            "Look at mail that could not be delivered" if failed else "Mail is held up",
            url_for("desks.failed_mail"),
            f"{count} in all" if count > 1 else latest.title,
            f"Latest on {day(latest.made_at)}" if failed else f"Since {day(latest.made_at)}",
        )
    ]
