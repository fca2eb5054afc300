"""Stating a need and finding what may help, without an account."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from lended.catalogue.forms import FilterForm
from lended.catalogue.narrowing import address_without_all, addresses_with, narrowing
from lended.needs.forms import AskForm
from lended.needs.policy import KEEP
from lended.needs.rules import MOST_ASIDE
from lended.needs.views.answers import answer, present_index
from lended.needs.views.blueprint import pages
from lended.needs.views.offers import stage_url
from lended.web.audience import EVERYONE, audience
from lended.web.people import actor_or_none
from lended.words import clean_words

EXAMPLES = (
    "Year 4 learn their times tables on Friday and have lost them by Monday",
    "Marking takes my Sunday",
    "Two pupils who joined in March speak no English yet",
)


@pages.get("/")
@audience(EVERYONE)
def home() -> str:
    """Show the one large box."""
    return _home(AskForm())


@pages.get("/find")
@audience(EVERYONE)
def find() -> str | Response | tuple[str, int]:
    """Show what may help with the need in the address."""
    if "need" not in request.args:
        return redirect(url_for("needs.home"))
    form = AskForm.of_query()
    if not form.validate():
        return _home(form), 422
    filter_form = FilterForm.of_query()
    filters = filter_form.filters()
    aside = asked_aside()
    found = answer(form.need.text, filters, aside=present_index().ids_of(aside))
    return render_template(
        "needs/find.html",
        form=form,
        need=form.need.text,
        filter_form=filter_form,
        filters=filters,
        narrowing=narrowing(filter_form, filters, found.suggestions.counts),
        answer=found,
        aside=aside,
        aside_url=addresses_with("aside"),
        without_aside=address_without_all("aside"),
        stage_url=stage_url,
        may_keep=_may_keep(),
    )


def _may_keep() -> bool:
    """Tell whether whoever looks may keep a need, or could be somebody who may."""
    known = actor_or_none()
    return known is None or not known.roles.isdisjoint(KEEP.roles)


def _home(form: AskForm) -> str:
    examples = [(words, url_for("needs.find", need=words)) for words in EXAMPLES]
    return render_template("needs/home.html", form=form, examples=examples)


def asked_aside() -> list[str]:
    """Return the slugs a visitor has put aside in this address."""
    slugs = dict.fromkeys(clean_words(slug) for slug in request.args.getlist("aside"))
    return list(slugs)[:MOST_ASIDE]
