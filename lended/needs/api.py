"""The ranking as JSON, for anyone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from flask import Response, current_app

from config import Settings
from lended.catalogue.cards import Card
from lended.catalogue.rules import Filters
from lended.needs.forms import MatchForm
from lended.needs.index import Suggestion, constraints_in, elsewhere_words
from lended.needs.views.answers import present_index, with_cards
from lended.web.audience import EVERYONE, audience
from lended.web.limits import limiter
from lended.web.programs.answers import answered
from lended.web.programs.operations import Operation, addresses, operation
from lended.web.programs.requests import filled_by_query

api = addresses("needs_api")
RATE = "60 per minute"


@dataclass(frozen=True, slots=True)
class MatchedProduct:
    """A product that may help."""

    slug: str
    name: str
    supplier: str
    url: str


@dataclass(frozen=True, slots=True)
class Because:
    """Words of the need that led to a product, and their share of its score."""

    words: str
    share: float


@dataclass(frozen=True, slots=True)
class Match:
    """A product, and why it may help."""

    product: MatchedProduct
    score: float
    because: list[Because]


@dataclass(frozen=True, slots=True)
class Matches:
    """What may help with a need, the likeliest first; nothing where nothing fits."""

    matches: list[Match]
    elsewhere: Annotated[str, "what the need is about instead of teaching and learning, if it is"]
    not_looked_for: Annotated[list[str], "words of the need that rule something out"]


@api.get("/match")
@operation(Operation(Matches, query=MatchForm))
@audience(EVERYONE)
@limiter.limit(RATE)
def match() -> Response:
    """Answer a need with ranked products and reasons, and say which of its words rule out means."""
    form = filled_by_query(MatchForm())
    answer = present_index().suggest(form.need.text, Filters(), limit=form.most)
    return answered(
        Matches(
            matches=[_match(card, suggestion) for card, suggestion in with_cards(answer.found)],
            elsewhere=elsewhere_words(answer.elsewhere),
            not_looked_for=[constraint.words for constraint in constraints_in(form.need.text)],
        )
    )


def _match(card: Card, suggestion: Suggestion) -> Match:
    settings: Settings = current_app.extensions["lended.settings"]
    address = settings.base_url + card.url
    return Match(
        product=MatchedProduct(card.slug, card.name, card.supplier, address),
        score=suggestion.score,
        because=[Because(reason.words, reason.share) for reason in suggestion.because],
    )
