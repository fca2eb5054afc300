"""Keeping a need, changing it, and putting suggestions aside for it."""

from __future__ import annotations

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.catalogue.forms import FilterForm
from lended.catalogue.narrowing import narrowing
from lended.errors import NotAllowed
from lended.needs import queries, service
from lended.needs.forms import AsideForm, NeedForm
from lended.needs.rules import NeedWish
from lended.needs.views.answers import answer, present_index
from lended.needs.views.blueprint import pages
from lended.needs.views.offers import stage_url
from lended.web.audience import SIGNED_IN, audience
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see
from lended.words import clean_line


@pages.get("/needs")
@audience(SIGNED_IN)
def needs() -> str:
    """Show the teacher's own needs."""
    return render_template("needs/needs.html", needs=queries.my_needs(reader(), actor()))


@pages.post("/needs")
@audience(SIGNED_IN)
def keep() -> Response | tuple[str, int]:
    """Keep a need for later."""
    form = NeedForm.of_request()
    if not form.accepted():
        return render_template("needs/edit.html", form=form, need=None, proposals=()), 422
    wish = form.wish()
    unmet = _is_unmet(wish)
    with transaction() as work:
        need_id = service.keep_need(work, actor(), wish, unmet=unmet)
    flash("Your need is kept. You will find it under My needs.", "success")
    return see("needs.need", need_id=need_id)


@pages.get("/needs/<int:need_id>")
@audience(SIGNED_IN)
def need(need_id: int) -> str:
    """Show a kept need and what may help."""
    kept = queries.need(reader(), actor(), need_id)
    aside = queries.put_aside(reader(), kept.id)
    filter_form = FilterForm.of_query()
    filters = filter_form.filters()
    set_aside = [row.product_id for row in aside]
    found = answer(kept.text, filters, codes=kept.codes, aside=set_aside, kept_as=kept.id)
    return render_template(
        "needs/need.html",
        kept=kept,
        mine=kept.person_id == actor().person_id,
        aside=aside,
        aside_form=AsideForm(),
        unsaid=clean_line(request.args.get("unsaid")),
        filter_form=filter_form,
        filters=filters,
        narrowing=narrowing(filter_form, filters, found.suggestions.counts),
        answer=found,
        stage_url=stage_url,
    )


@pages.route("/needs/<int:need_id>/edit", methods=["GET", "POST"])
@audience(SIGNED_IN)
def edit(need_id: int) -> str | Response | tuple[str, int]:
    """Put a need in other words, or confirm what it is about."""
    kept = queries.need(reader(), actor(), need_id)
    if kept.person_id != actor().person_id:
        raise NotAllowed("A need belongs to the teacher who wrote it; only they can change it.")
    start = {
        "need": kept.text,
        "codes": kept.codes,
        "stages": kept.stages,
        "subjects": kept.subjects,
    }
    form = NeedForm.of_request(start)
    if form.accepted():
        wish = form.wish()
        unmet = _is_unmet(wish)
        with transaction() as work:
            service.change_need(work, actor(), need_id, wish, unmet=unmet)
        flash("Your need is changed, and the suggestions with it.", "success")
        return see("needs.need", need_id=need_id)
    proposals = present_index().propose(kept.text)
    page = render_template("needs/edit.html", form=form, need=kept, proposals=proposals)
    return page, 422 if request.method == "POST" else 200


@pages.post("/needs/<int:need_id>/aside/<slug>")
@audience(SIGNED_IN)
def put_aside(need_id: int, slug: str) -> Response:
    """Leave a product out of this need's suggestions."""
    form = AsideForm.of_request()
    if not form.accepted():
        queries.need(reader(), actor(), need_id)
        return see("needs.need", need_id=need_id, unsaid=slug, _anchor=f"reason-{slug}")
    with transaction() as work:
        service.put_aside(work, actor(), need_id, slug, reason=form.reason.data)
    flash("Put aside for this need only. You can bring it back below.", "success")
    return see("needs.need", need_id=need_id)


@pages.post("/needs/<int:need_id>/back/<slug>")
@audience(SIGNED_IN)
def bring_back(need_id: int, slug: str) -> Response:
    """Let a product be suggested again."""
    with transaction() as work:
        service.bring_back(work, actor(), need_id, slug)
    flash("It can be suggested again.", "success")
    return see("needs.need", need_id=need_id)


def _is_unmet(wish: NeedWish) -> bool:
    return present_index().is_unmet(wish.text, wish.codes)
