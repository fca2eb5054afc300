"""Stories: sharing an outcome with everyone, taking it back, and reading them."""

from __future__ import annotations

from flask import flash, render_template, request
from werkzeug.wrappers import Response

from lended.access import Role
from lended.catalogue.narrowing import page_asked
from lended.errors import Conflict, Invalid
from lended.outcomes import policy, queries, service
from lended.outcomes.forms import StoryFilter, StoryForm
from lended.outcomes.queries import Findings
from lended.outcomes.service.publish import NOTHING_TO_TELL
from lended.outcomes.views.blueprint import pages
from lended.web.audience import EVERYONE, audience, only
from lended.web.database import reader, transaction
from lended.web.people import actor
from lended.web.redirects import see

PAGE_SIZE = 20


@pages.get("/stories")
@audience(EVERYONE)
def stories() -> str:
    """Show every story, or those about a need or with a verdict."""
    count = queries.count_stories(reader())
    form = StoryFilter.of_query().narrow_to(count.by_need)
    fits = form.validate()
    need, verdict = (form.need.data or "", form.verdict.data or "") if fits else ("", "")
    many = count.fitting(need, verdict)
    page = page_asked(many, PAGE_SIZE)
    return render_template(
        "outcomes/stories.html",
        form=form,
        stories=queries.stories(
            reader(), need=need, verdict=verdict, first=page.first, size=PAGE_SIZE
        ),
        many=many,
        all_stories=count.fitting(),
        by_verdict=count.by_verdict(need),
        need=need,
        verdict=verdict,
        page=page,
    )


@pages.get("/stories/<int:outcome_id>")
@audience(EVERYONE)
def story(outcome_id: int) -> str:
    """Show one story."""
    return render_template("outcomes/story.html", story=queries.story(reader(), outcome_id))


@pages.route("/loans/<int:loan_id>/story", methods=["GET", "POST"])
@audience(only(Role.TEACHER))
def publish(loan_id: int) -> str | Response | tuple[str, int]:
    """Show an outcome as everyone would read it, and share it."""
    found = _own(loan_id)
    place = queries.description(reader(), found.loan.school_id)
    form = _story_form(found, place)
    if form.accepted():
        try:
            with transaction() as work:
                service.publish_story(work, actor(), loan_id, form.description())
        except Invalid as refused:
            form.show(refused)
        else:
            flash("Your story can be read by everyone. You can take it back.", "success")
            return see("outcomes.outcome", loan_id=loan_id)
    page = render_template(
        "outcomes/publish.html",
        loan=found.loan,
        outcome=found.outcome,
        story=queries.story_to_be(found, place),
        form=form,
    )
    return page, 422 if request.method == "POST" else 200


@pages.post("/loans/<int:loan_id>/story/withdraw")
@audience(only(Role.TEACHER))
def withdraw(loan_id: int) -> Response:
    """Take a story back."""
    with transaction() as work:
        service.withdraw_story(work, actor(), loan_id)
    flash("Your story is taken back. The outcome stays in your school.", "success")
    return see("outcomes.outcome", loan_id=loan_id)


def _own(loan_id: int) -> Findings:
    found = queries.findings(reader(), actor(), loan_id)
    policy.demand_teller(actor(), found.loan)
    if found.outcome is None:
        raise Conflict(NOTHING_TO_TELL)
    return found


def _story_form(found: Findings, place: str) -> StoryForm:
    words = found.outcome.school_described_as if found.outcome else ""
    name = found.loan.school.name
    chosen = {"": StoryForm.PLACE, place: StoryForm.PLACE, name: StoryForm.NAME}
    described = chosen.get(words, StoryForm.OWN)
    start = {
        "described": described,
        "own_words": words if described == StoryForm.OWN else "",
    }
    return StoryForm.of_request(start).offering(place, name)
