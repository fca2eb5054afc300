"""A need's answer as a page shows it: cards with reasons, filters with counts, advice."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from flask import current_app, url_for

from lended import vocabularies
from lended.catalogue import queries as catalogue
from lended.catalogue.cards import Card, available_words, card_of
from lended.catalogue.carrying import need_query
from lended.catalogue.kept import Kept
from lended.catalogue.narrowing import Page, page_asked
from lended.catalogue.rules import Filters
from lended.loans import queries as loans
from lended.needs import index
from lended.needs.index import (
    WHAT_YOU_DESCRIBE,
    Index,
    ProposedCode,
    Suggestion,
    Suggestions,
)
from lended.needs.rules import MOST_SUGGESTIONS, SUGGESTIONS_ON_A_PAGE, is_short, together
from lended.needs.views.offers import Offer, offers
from lended.outcomes import queries as outcomes
from lended.outcomes.queries import StoryCount
from lended.web.database import reader
from lended.web.people import school_id
from lended.web.theme import plural

MOST_REASONS = 4
MOST_PROPOSED = 3
NEARLY_AS_LIKELY = 0.8


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything a page shows below a need.

    Parameters
    ----------
    nearest
        What comes nearest when nothing fits.
    proposals
        What the need seems to be about: the likeliest, and what is nearly as likely.
    stages
        Stages the need speaks of, offered as a filter.
    offers
        What the need rules out or insists on, offered as filters.
    short
        Whether the need says too little to be answered well.
    told
        What other pages are told of the need: the key of a kept one, else its words.
    """

    cards: tuple[Card, ...]
    nearest: tuple[Card, ...]
    suggestions: Suggestions
    page: Page
    proposals: tuple[ProposedCode, ...]
    stages: tuple[str, ...]
    offers: tuple[Offer, ...]
    short: bool
    told: str

    @property
    def elsewhere(self) -> str:
        """What the need is about instead, and who sees to that; empty when it is for LendED."""
        return index.elsewhere_words(self.suggestions.elsewhere)

    @property
    def unmet(self) -> bool:
        """Whether nothing fits, however wide the filters are."""
        return self.suggestions.unnarrowed == 0


def present_index() -> Index:
    """Return the index of the catalogue as this process knows it."""
    kept: Kept[Index] = current_app.extensions["lended.index"]
    return kept.value()


def answer(
    need: str,
    filters: Filters,
    codes: tuple[str, ...] = (),
    aside: Collection[int] = (),
    kept_as: int | None = None,
) -> Answer:
    """Return what may help with a need, ready to show.

    Parameters
    ----------
    kept_as
        The id of a kept need: a request begun from a card is then about it.
    """
    known = present_index()
    among = (
        loans.borrowable_product_ids(reader(), *filters.window, school_id())
        if filters.window
        else None
    )
    suggest = partial(
        known.suggest,
        need,
        filters,
        codes=codes,
        aside=aside,
        among=among,
        limit=SUGGESTIONS_ON_A_PAGE,
    )
    asked = page_asked(MOST_SUGGESTIONS, SUGGESTIONS_ON_A_PAGE)
    suggestions = suggest(start=asked.first)
    page = page_asked(min(suggestions.fitting, MOST_SUGGESTIONS), SUGGESTIONS_ON_A_PAGE)
    if page.first != asked.first:
        suggestions = suggest(start=page.first)
    told = need if kept_as is None else str(kept_as)
    return Answer(
        cards=cards_of(need, suggestions.found, told, codes),
        page=page,
        nearest=cards_of(need, suggestions.nearest, told, codes),
        suggestions=suggestions,
        proposals=() if suggestions.elsewhere else _likeliest(known.propose(need)),
        stages=tuple(stage for stage in index.stages_in(need) if stage not in filters.stage),
        offers=offers(need, filters),
        short=is_short(need),
        told=told,
    )


def cards_of(
    need: str,
    suggestions: tuple[Suggestion, ...],
    told: str = "",
    codes: tuple[str, ...] = (),
) -> tuple[Card, ...]:
    """Return cards for suggestions, in their order; asks the database at most three things.

    Parameters
    ----------
    told
        What the page of a product is told of the need, so that nobody writes it twice.
    codes
        What the teacher confirmed the need to be about; named where no word of theirs led here.
    """
    if not suggestions:
        return ()
    ids = [suggestion.product_id for suggestion in suggestions]
    products = catalogue.card_rows(reader(), ids)
    stories = outcomes.story_counts(reader(), ids)
    free = loans.next_free(reader(), ids, school_id())
    start, carried = url_for("catalogue.product", slug=""), need_query(told)
    confirmed = _any_of(codes)
    return tuple(
        card_of(
            products[suggestion.product_id],
            start + quote(products[suggestion.product_id].slug) + carried,
            because=because(need, suggestion) or confirmed,
            found=found(stories.get(suggestion.product_id)),
            available=available_words(suggestion.product_id, free),
        )
        for suggestion in suggestions
        if suggestion.product_id in products
    )


def with_cards(suggestions: tuple[Suggestion, ...]) -> list[tuple[Card, Suggestion]]:
    """Pair suggestions with plain cards, in their order; asks the database one thing."""
    found = catalogue.card_rows(reader(), [each.product_id for each in suggestions])
    return [
        (card_of(product, url_for("catalogue.product", slug=product.slug)), suggestion)
        for suggestion in suggestions
        if (product := found.get(suggestion.product_id))
    ]


def because(need: str, suggestion: Suggestion) -> tuple[str, ...]:
    """Return the teacher's own words that led to a suggestion, neighbours kept together.

    The weightiest are chosen, and shown in the order in which they were written.
    """
    words = dict.fromkeys(reason.words for reason in suggestion.because)
    words.pop(WHAT_YOU_DESCRIBE, None)
    return together(need, list(words)[:MOST_REASONS])


def found(count: StoryCount | None) -> str:
    """Say what schools found, in whole numbers; empty when nobody has told."""
    if count is None:
        return ""
    told = plural(count.trials, "school has told its story", "schools have told their stories")
    between = count.trials - count.worked - count.did_not
    ends = (
        (count.worked, "it met the goal"),
        (count.did_not, "it did not meet the goal"),
        (between, "it was something in between"),
    )
    if count.trials == 1:
        return f"{told}: {next(words for many, words in ends if many)}."
    return f"{told}: {'; '.join(f'in {many} {words}' for many, words in ends if many)}."


def _any_of(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Return the labels of codes as one reason; empty when there are none."""
    labels = " or ".join(vocabularies.label("need", code) for code in codes)
    return (labels,) if labels else ()


def _likeliest(proposals: tuple[ProposedCode, ...]) -> tuple[ProposedCode, ...]:
    """Return the proposals worth a sentence; all others wait on the page that confirms them."""
    least = NEARLY_AS_LIKELY * max((each.confidence for each in proposals), default=0)
    return tuple(each for each in proposals if each.confidence >= least)[:MOST_PROPOSED]
