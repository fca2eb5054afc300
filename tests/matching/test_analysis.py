"""Words are read alike however they are written."""

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching import Document, Matcher
from matching.abbreviations import IDEAS
from matching.analysis import LONGEST_WORD, read_word, spot_ideas, tokens

BRITISH_AND_AMERICAN = """
aeroplane airplane, ageing aging, anaesthetic anesthetic, analyse analyze, apologise apologize,
archaeology archeology, artefact artifact, behaviour behavior, cancelled canceled,
catalogue catalog, categorise categorize, centimetre centimeter, centre center, colour color,
counsellor counselor, criticise criticize, defence defense, dialogue dialog, emphasise emphasize,
encyclopaedia encyclopedia, enrol enroll, favourite favorite, fibre fiber, flavour flavor,
fulfil fulfill, grey gray, harbour harbor, honour honor, humour humor, kilometre kilometer,
labelling labeling, labour labor, learnt learned, licence license, litre liter, memorise memorize,
metre meter, modelling modeling, mould mold, neighbour neighbor, organisation organization,
paediatric pediatric, paralyse paralyze, practise practice, prioritise prioritize,
programme program, realise realize, recognise recognize, rumour rumor, sceptical skeptical,
signalled signaled, skilful skillful, socialise socialize, specialised specialized,
sulphur sulfur, summarising summarizing, theatre theater, traveller traveler, visualise visualize
"""
PAIRS = [tuple(pair.split()) for pair in BRITISH_AND_AMERICAN.split(",")]


def terms(text: str) -> list[str]:
    return [term for word, _ in tokens(text) for term in word.terms]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("organise", "organize"),
        ("behaviours", "behaviors"),
        ("colouring", "coloring"),
        ("centre", "center"),
        ("centres", "centers"),
        ("analysing", "analyzing"),
        ("dialogue", "dialog"),
        ("modelling", "modeling"),
        ("programme", "program"),
        ("maths", "mathematics"),
        ("math", "maths"),
        ("practise", "practice"),
        ("well-being", "wellbeing"),
        ("e-book", "ebook"),
        ("home\u2010work", "homework"),
        ("teacher's", "teachers"),
        ("teachers\u2019", "teacher"),
        ("child\u2019s", "child"),
        ("Si\u00e2n", "sian"),
        ("cafe\u0301", "caf\u00e9"),
        ("self-regulation", "self regulation"),
        ("\ufb01nd", "find"),
        ("STRASSE", "stra\u00dfe"),
        ("SEN", "SEND"),
        ("D&T", "DT"),
    ],
)
def test_two_spellings_give_the_same_terms(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("spelling", "spewing"), ("SEND", "send"), ("hour", "horse"), ("AI", "air"), ("PE", "pe")],
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert terms(one) != terms(other)


def test_stop_words_and_single_letters_are_not_read() -> None:
    assert terms("I am at the a b c of it, isn't he?") == terms("isn't he")


def test_capitals_mark_no_abbreviation_where_all_is_in_capitals() -> None:
    assert terms("SEND ME THE BOOKS PLEASE") == terms("send me the books please")


def test_a_name_in_full_is_spotted_among_other_words() -> None:
    read = terms("for pupils with English as an Additional Language in year 3")
    assert [idea for _, _, idea in spot_ideas(read)] == ["=eal"]


def test_the_longest_name_wins() -> None:
    read = terms("special educational needs and disabilities")
    assert list(spot_ideas(read)) == [(0, len(read), "=send")]


@given(st.text(st.characters(), max_size=100))
def test_tokens_are_what_was_typed_in_order(text: str) -> None:
    end = 0
    for word, found in tokens(text):
        assert found.start() >= end
        assert word.typed == found[0]
        end = found.end()


def test_words_without_end_are_cut() -> None:
    assert len(read_word("x" * 10_000).lexemes[0].word) == LONGEST_WORD


@pytest.mark.parametrize(("british", "american"), PAIRS)
def test_british_and_american_are_one(british: str, american: str) -> None:
    assert terms(british) == terms(american) != []
    if not british.endswith(("ed", "ing")):
        assert terms(f"{british}s") == terms(f"{american}s")


LATIN = st.characters(
    max_codepoint=0x24F,
    categories=["Lu", "Ll", "Nd"],
    exclude_characters="\u013f\u0140\u0149",  # one letter that is a letter and a mark
)
LETTERS = st.text(LATIN | st.sampled_from(" '-\ufb01\uff4d"), max_size=40)
FORMS = st.sampled_from(("NFC", "NFD", "NFKC", "NFKD"))


@given(LETTERS, FORMS)
def test_every_normal_form_of_a_text_is_read_alike(
    text: str, form: Literal["NFC", "NFD", "NFKC", "NFKD"]
) -> None:
    assert terms(unicodedata.normalize(form, text)) == terms(text)


@given(st.sampled_from(["teacher{}s", "don{}t", "o{}clock", "children{}s", "pupils{}"]))
def test_any_apostrophe_will_do(word: str) -> None:
    read = [terms(word.format(mark)) for mark in "'\u2019\u02bc"]
    assert read[0] == read[1] == read[2]


@given(
    st.sampled_from(["self", "cross", "multi", "well", "non", "re", "e"]),
    st.sampled_from(["regulation", "curricular", "being", "sensory", "reading"]),
)
def test_any_hyphen_will_do(prefix: str, word: str) -> None:
    read = [terms(f"{prefix}{mark}{word}") for mark in "-\u2010\u2011"]
    assert read[0] == read[1] == read[2] != []


@pytest.mark.parametrize(
    ("short", "full"),
    [(short, idea.phrases[0]) for idea in IDEAS for short in (*idea.short, *idea.capitals)],
)
def test_an_abbreviation_and_its_name_find_each_other(short: str, full: str) -> None:
    matcher = Matcher().fit([Document("short", f"About {short}"), Document("full", f"On {full}")])
    for need in (f"Help with {short} please", f"Help with {full} please"):
        assert {match.key for match in matcher.rank(need)} == {"short", "full"}


@pytest.mark.parametrize("small", ["send", "ace", "sow", "salt", "odd", "cad", "rag", "mat", "ell"])
def test_small_letters_are_the_other_word(small: str) -> None:
    assert terms(small) != terms(small.upper())
