"""What the index suggests, and how filters narrow it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine

from lended.catalogue.kept import Kept
from lended.catalogue.rules import Filters
from lended.catalogue.shelf import read_shelf
from lended.needs.index import Index, Renewal, constraints_in, stages_in
from matching import WHAT_YOU_DESCRIBE, Matcher
from tests.makers import Makers

FRACTIONS = "My class is lost with fractions"
LISTED: list[dict[str, Any]] = [
    {
        "name": "Fraction Tiles",
        "summary": "Wooden tiles for fractions.",
        "description": "Pupils who mix up numerator and denominator build fractions by hand.",
        "stages": ("ks2",),
        "facts": {"setup_effort": "instant", "technician_needed": False},
    },
    {
        "name": "Fractions on Screen",
        "summary": "Fractions that adapt to each pupil.",
        "description": "Practice with fractions, with questions that follow each answer.",
        "stages": ("ks3",),
        "facts": {"setup_effort": "heavy", "technician_needed": True},
    },
    {
        "name": "Choir Box",
        "summary": "Singing together.",
        "description": "Songs and backing tracks for a school choir.",
        "subjects": ("music",),
        "needs": ("breadth_and_depth",),
    },
]


def present(engine: Engine, semantic: str = "off") -> Index:
    """Return an index of what is published now."""
    return Kept(engine, Renewal(engine, Kept(engine, read_shelf), None, semantic)).value()


@pytest.fixture
def index(engine: Engine, make: Makers) -> Index:
    """Return an index of three products."""
    supplier = make.supplier()
    for number, fields in enumerate(LISTED):
        make.product(supplier, slug=f"listed-{number}", **fields)
    make.product(supplier, name="Fractions not yet public", state="submitted")
    return present(engine)


def test_a_need_finds_what_shares_its_words_and_says_which(index: Index) -> None:
    answer = index.suggest(FRACTIONS, Filters())
    names = index.ids_of(["listed-0", "listed-1"])
    assert {found.product_id for found in answer.found} == set(names)
    assert all(reason.words in FRACTIONS for found in answer.found for reason in found.because)
    assert any(reason.words == "fractions" for reason in answer.found[0].because)


def test_what_was_met_in_meaning_is_said_beside_the_words(engine: Engine, index: Index) -> None:
    meaning = present(engine, semantic="table")
    assert isinstance(meaning.matcher, Matcher)
    assert meaning.matcher.meaning_ == "table"
    told = meaning.suggest(FRACTIONS, Filters()).found[0]
    assert {"fractions", WHAT_YOU_DESCRIBE} <= {reason.words for reason in told.because}
    assert sum(reason.share for reason in told.because) == pytest.approx(told.score)


def test_a_filter_narrows_and_a_count_says_by_how_much(index: Index) -> None:
    narrowed = index.suggest(FRACTIONS, Filters(no_technician=True))
    assert [found.product_id for found in narrowed.found] == index.ids_of(["listed-0"])
    assert (narrowed.fitting, narrowed.unnarrowed) == (1, 2)
    wide = index.suggest(FRACTIONS, Filters())
    assert wide.counts["stage"]["ks2"] == 1
    assert wide.counts["setup"]["heavy"] == 1
    assert index.suggest(FRACTIONS, Filters(stage=("ks2",))).counts["stage"]["ks3"] == 1


def test_what_is_put_aside_is_left_out(index: Index) -> None:
    aside = index.ids_of(["listed-0"])
    answer = index.suggest(FRACTIONS, Filters(), aside=aside)
    assert [found.product_id for found in answer.found] == index.ids_of(["listed-1"])


def test_only_what_can_be_borrowed_is_left_when_that_is_asked(index: Index) -> None:
    assert index.suggest(FRACTIONS, Filters(), among=frozenset()).found == ()


@pytest.mark.parametrize("need", ["lighthouses", "asdf qwer", "!!!", "🙂"])
def test_what_nothing_fits_gets_nothing(index: Index, need: str) -> None:
    answer = index.suggest(need, Filters())
    assert answer.found == ()
    assert index.is_unmet(need)


def test_confirmed_codes_sharpen_and_are_never_given_as_the_teachers_words(index: Index) -> None:
    answer = index.suggest("they find it hard", Filters(), codes=("breadth_and_depth",))
    assert [found.product_id for found in answer.found] == index.ids_of(["listed-2"])
    assert answer.found[0].because == ()


def test_marking_takes_my_sunday(index: Index) -> None:
    """The need comes in the teacher's own words (P4)."""
    assert index.propose("Marking takes my Sunday")[0].code == "marking_workload"


def test_year_four_is_a_stage() -> None:
    assert stages_in("Year 4 cannot sit still") == ("ks2",)


@pytest.mark.parametrize(
    ("need", "names"),
    [
        ("fractions but no tablets, we have no technician", ["no_tablets", "no_technician"]),
        ("phonics without accounts that works offline", ["no_accounts", "offline"]),
        ("not another quiz, and it must be free", ["no_quizzes", "free"]),
        ("under ten minutes to set up and no personal data", ["ready_at_once", "no_personal_data"]),
        ("must run on iPads, no subscriptions", ["on_ipads", "no_subscription"]),
        ("we only have one computer; no worksheets please", ["teachers_computer", "no_worksheets"]),
        ("nothing to install, and no e-mail addresses", ["no_install", "no_accounts"]),
        ("They cannot read and have no confidence with computers", []),
        ("no internet at home to do homework", []),
        ("I can find no quizzes about volcanoes", []),
    ],
)
def test_constraints_are_read_by_the_words_of_the_vocabulary(need: str, names: list[str]) -> None:
    assert [constraint.name for constraint in constraints_in(need)] == names


def test_what_is_ruled_out_is_not_looked_for(index: Index) -> None:
    (best, *_rest) = index.suggest("fractions, but no screens", Filters()).found
    assert [reason.words for reason in best.because] == ["fractions"]
    assert index.is_unmet("no more practice apps")
    assert not index.is_unmet("more practice")


@pytest.mark.parametrize(
    ("need", "about"),
    [
        ("snacks for a club", "meals"),
        ("a new roof", "premises"),
        ("minibus hire for Saturday", "transport"),
        ("new goalposts and nets", "clothes_kit"),
    ],
)
def test_what_lended_is_not_for_fits_nothing(index: Index, need: str, about: str) -> None:
    answer = index.suggest(need, Filters())
    assert (answer.elsewhere, answer.found, answer.fitting) == (about, (), 0)
    assert not index.is_unmet(need)


@pytest.mark.parametrize(
    "need",
    ["food chains", "electric circuits", "the weather", "castles and knights", "lighthouses"],
)
def test_what_lessons_are_about_is_never_sent_away(index: Index, need: str) -> None:
    assert index.suggest(need, Filters()).elsewhere == ""


def test_a_need_with_a_confirmed_code_is_never_sent_away(index: Index) -> None:
    answer = index.suggest("a new roof over fractions", Filters(), codes=("misconceptions",))
    assert (answer.elsewhere, bool(answer.found)) == ("", True)


def test_an_empty_catalogue_answers_too(engine: Engine) -> None:
    assert present(engine).suggest(FRACTIONS, Filters()).found == ()
