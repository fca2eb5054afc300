"""The ranking as JSON, for anyone."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request

from config import Settings
from lended.catalogue.cards import Card
from lended.catalogue.rules import Filters
from lended.errors import Invalid
from lended.needs.index import Suggestion, constraints_in
from lended.needs.rules import LONGEST_NEED
from lended.needs.views.answers import present_index, with_cards
from lended.web.audience import EVERYONE, audience
from lended.web.limits import limiter
from lended.words import clean_words

api = Blueprint("needs_api", __name__, url_prefix="/api/v1")
LIMIT_DEFAULT = 10
LIMIT_MOST = 50
RATE = "60 per minute"


@api.get("/match")
@audience(EVERYONE)
@limiter.limit(RATE)
def match() -> Response:
    """Answer a need with ranked products and reasons, and say which of its words rule out means."""
    need = _need()
    found = present_index().suggest(need, Filters(), limit=_limit()).found
    return jsonify(
        matches=[_match(card, suggestion) for card, suggestion in with_cards(found)],
        not_looked_for=[constraint.words for constraint in constraints_in(need)],
    )


def _need() -> str:
    need = clean_words(request.args.get("need"))
    if not need:
        raise Invalid("Say the need in words, as the parameter need.")
    if len(need) > LONGEST_NEED:
        raise Invalid(f"Shorten the need to {LONGEST_NEED:,} characters or fewer.")
    return need


def _limit() -> int:
    asked = request.args.get("limit", str(LIMIT_DEFAULT))
    if not (asked.isascii() and asked.isdigit() and len(asked) < 4 and int(asked) > 0):
        raise Invalid(f"The limit must be a whole number from 1 to {LIMIT_MOST}.")
    return min(int(asked), LIMIT_MOST)


def _match(card: Card, suggestion: Suggestion) -> dict[str, Any]:
    settings: Settings = current_app.extensions["lended.settings"]
    return {
        "product": {
            "slug": card.slug,
            "name": card.name,
            "supplier": card.supplier,
            "url": settings.base_url + card.url,
        },
        "score": suggestion.score,
        "because": [
            {"words": reason.words, "share": reason.share} for reason in suggestion.because
        ],
    }
