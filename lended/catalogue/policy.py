"""Who may do what in the catalogue, and which fields each role may write."""

from __future__ import annotations

from lended.access import Actor, Right, Role

LIST = Right("listing:keep", frozenset({Role.SUPPLIER}), "A supplier keeps its own listings.")
ANSWER = Right("listing:answer", frozenset({Role.STAFF}), "LendED’s staff answer suppliers.")

LISTING_FIELDS: dict[Role, tuple[str, ...]] = {
    Role.SUPPLIER: (
        "name",
        "summary",
        "description",
        "product_type",
        "stages",
        "subjects",
        "needs",
        "loan_weeks_most",
        "website",
        "facts",
    ),
}
"""Columns of a listing each role may write, by form, import or anything else; others write none."""

SUPPLIER_FIELDS: dict[Role, tuple[str, ...]] = {
    Role.SUPPLIER: (
        "about",
        "town",
        "preparation_days",
        "transit_out_days",
        "transit_back_days",
        "turnaround_days",
    ),
}
"""Columns of a supplier each role may write once it exists; its name stays as staff knew it."""


def writable(fields: dict[Role, tuple[str, ...]], actor: Actor) -> tuple[str, ...]:
    """Return the fields an actor may write, in order."""
    return tuple(dict.fromkeys(name for role in Role if actor.has(role)
                               for name in fields.get(role, ())))  # fmt: skip
