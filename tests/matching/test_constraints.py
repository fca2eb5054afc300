"""Means ruled out or insisted on are constraints; what is denied of learning is the need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.exceptions import NotFittedError

from matching import Concept, ConstraintReader, Document, Matcher

CONCEPTS = (
    Concept(
        "no_tablets", "device", ["ipados"], wants=False, absent=["tablets", "iPads", "tablet each"]
    ),
    Concept("no_computers", "device", ["windows"], wants=False, absent=["computers", "laptops"]),
    Concept("no_screens", "device", ["kit"], absent=["screens"], phrases=["screen-free"]),
    Concept("on_chromebooks", "device", ["chromeos"], present=["Chromebooks"]),
    Concept(
        "no_accounts", "sign_in", ["none"],
        absent=["accounts", "log-ins", "log in", "passwords"],
    ),
    Concept("no_data", "data", ["none"], absent=["personal data", "pupils' names"]),
    Concept("no_technician", "technician", ["no"], absent=["technician", "IT support"]),
    Concept("offline", "offline", ["yes"], absent=["wifi"], phrases=["works offline", "offline"]),
    Concept(
        "free", "price", ["free"],
        absent=["cost", "budget", "money"],
        phrases=["free", "free of charge", "has to be free", "budget of nothing"],
    ),
    Concept(
        "quick", "setup", ["instant"],
        phrases=["under # minutes to set up", "# minute set-up"],
    ),
    Concept(
        "no_quizzes", "type", ["quiz"], wants=False, absent=["quiz", "tests"], is_format=True
    ),
    Concept("no_worksheets", absent=["worksheets", "games", "videos"], is_format=True),
)  # fmt: skip
READER = ConstraintReader().fit(CONCEPTS)

CONSTRAINTS = [
    ("phonics, no tablets please", "no_tablets", "no tablets"),
    ("phonics no tablets reception", "no_tablets", "no tablets"),
    ("NO TABLETS PLEASE FOR PHONICS", "no_tablets", "NO TABLETS"),
    ("Phonics (no tablets)", "no_tablets", "no tablets"),
    ("We don't have iPads", "no_tablets", "don't have iPads"),
    ("we haven\u2019t got any iPads", "no_tablets", "haven\u2019t got any iPads"),
    ("dont have tablets", "no_tablets", "dont have tablets"),
    ("we do not own a tablet", "no_tablets", "do not own a tablet"),
    ("I cannot use tablets", "no_tablets", "cannot use tablets"),
    ("never tablets", "no_tablets", "never tablets"),
    ("not on a tablet", "no_tablets", "not on a tablet"),
    ("tablets are not allowed", "no_tablets", "tablets are not allowed"),
    ("no tablet each", "no_tablets", "no tablet each"),
    ("We can't use laptops this year", "no_computers", "can't use laptops"),
    ("no access to computers", "no_computers", "no access to computers"),
    ("we lack laptops", "no_computers", "lack laptops"),
    ("rather not use screens", "no_screens", "rather not use screens"),
    ("I want to avoid screens", "no_screens", "avoid screens"),
    ("screen-free phonics", "no_screens", "screen-free"),
    ("Year 4 reading without a screen", "no_screens", "without a screen"),
    ("must run on Chromebooks", "on_chromebooks", "run on Chromebooks"),
    ("it has to work on old Chromebooks", "on_chromebooks", "work on old Chromebooks"),
    ("we only have Chromebooks", "on_chromebooks", "only have Chromebooks"),
    ("times tables practice on Chromebooks", "on_chromebooks", "on Chromebooks"),
    ("without pupil accounts", "no_accounts", "without pupil accounts"),
    ("no log-ins", "no_accounts", "no log-ins"),
    ("no log ins to lose", "no_accounts", "no log ins"),
    ("something that does not need passwords", "no_accounts", "does not need passwords"),
    ("no need for passwords", "no_accounts", "no need for passwords"),
    ("no personal data", "no_data", "no personal data"),
    ("without pupils\u2019 names", "no_data", "without pupils\u2019 names"),
    ("there is no technician here", "no_technician", "no technician"),
    ("don't need IT support", "no_technician", "don't need IT support"),
    ("works offline", "offline", "works offline"),
    ("phonics, offline", "offline", "offline"),
    ("no wifi in my room", "offline", "no wifi"),
    ("free", "free", "free"),
    ("spelling, free of charge", "free", "free of charge"),
    ("no cost", "free", "no cost"),
    ("a budget of nothing", "free", "budget of nothing"),
    ("it has to be free", "free", "has to be free"),
    ("there's no money left", "free", "no money"),
    ("under ten minutes to set up", "quick", "under ten minutes to set up"),
    ("under 5 minutes to set up", "quick", "under 5 minutes to set up"),
    ("a 5-minute set-up", "quick", "5-minute set-up"),
    ("something that isn't a quiz", "no_quizzes", "that isn't a quiz"),
    ("anything except a quiz", "no_quizzes", "except a quiz"),
    ("our school bans tablets", "no_tablets", "bans tablets"),
    ("without having to log in", "no_accounts", "without having to log in"),
    ("it doesn't collect personal data", "no_data", "doesn't collect personal data"),
    ("compatible with Chromebooks", "on_chromebooks", "compatible with Chromebooks"),
    ("not another quiz", "no_quizzes", "not another quiz"),
    ("Not another spelling quiz", "no_quizzes", "Not another spelling quiz"),
    ("something other than a quiz", "no_quizzes", "other than a quiz"),
    ("avoid quizzes", "no_quizzes", "avoid quizzes"),
    ("no more tests", "no_quizzes", "no more tests"),
    ("we don't want another quiz", "no_quizzes", "don't want another quiz"),
    ("fractions but no more worksheets", "no_worksheets", "no more worksheets"),
    ("no worksheets please", "no_worksheets", "no worksheets"),
    ("instead of worksheets", "no_worksheets", "instead of worksheets"),
    ("sick of worksheets", "no_worksheets", "sick of worksheets"),
    ("videos are banned", "no_worksheets", "videos are banned"),
]

NEEDS = [
    "cannot read", "no confidence", "don't understand fractions", "not writing enough",
    "speak no English", "can't remember", "never finish homework", "no progress",
    "haven't learnt", "they have no confidence with tablets", "no computer skills",
    "no tablet training for staff", "no quizzes on volcanoes that I can find",
    "I have no videos about rivers", "it is not a game", "we have no games for fractions",
    "there are no worksheets for this", "no good quizzes anywhere",
    "the same task, not three worksheets",
    "cannot sit still without a tablet", "they can't concentrate without a screen",
    "won't write without a worksheet", "without a tablet they cannot sit still",
    "children avoid games", "they avoid tests", "pupils that avoid tests", "yes or no quizzes",
    "error-free writing", "free school meals pupils fall behind", "free writing",
    "no free time for marking", "not free of charge", "nothing works offline",
    "typing on Chromebooks is slow", "they spend too much time on Chromebooks",
    "the children play games on Chromebooks", "no accounts of the war from ordinary people",
    "no money sense", "pupils do not use full stops", "no evidence in their answers",
    "no video evidence", "no screen time rules", "do not test each other",
    "not testing variables fairly", "not enough tablets to go round", "tests", "tablets",
    "no one listens", "pupils can't use a computer", "no time to mark tests", "No. Tablets help.",
    "no, tablets are fine", "they are not tested enough", "answers without working",
    "writes without full stops", "they watch videos instead of working",
    "no computer at home", "no signal words in their writing", "No screening for dyslexia",
    "not accounting for friction", "", "no", "without", "no more", "on",
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "words"), CONSTRAINTS)
def test_means_ruled_out_or_insisted_on_are_read(text: str, name: str, words: str) -> None:
    (constraint,) = READER.read(text).constraints
    assert (constraint.name, constraint.words) == (name, words)
    assert text[constraint.start : constraint.end] == words


@pytest.mark.parametrize("text", NEEDS)
def test_what_is_denied_of_learning_is_left_to_be_matched(text: str) -> None:
    reading = READER.read(text)
    assert reading.constraints == ()
    assert reading.rest == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("no tablets or laptops", ["no_tablets", "no_computers"]),
        ("no tablets, laptops or log-ins", ["no_tablets", "no_computers", "no_accounts"]),
        ("no tablets, no games and no cost", ["no_tablets", "no_worksheets", "free"]),
        ("no tablets, computers are fine", ["no_tablets"]),
        ("no tablets but games they like", ["no_tablets"]),
        ("no tablets and phonics for all", ["no_tablets"]),
        ("without quizzes or good worksheets", ["no_quizzes"]),
        ("no tablets, no iPads", ["no_tablets"]),
    ],
)
def test_a_list_goes_as_far_as_it_is_surely_one(text: str, names: list[str]) -> None:
    assert [constraint.name for constraint in READER.read(text).constraints] == names


def test_a_constraint_carries_what_it_asks_for() -> None:
    unwanted, wanted = READER.read("no tablets, and it works offline").constraints
    assert (unwanted.facet, unwanted.codes, unwanted.wants) == ("device", ("ipados",), False)
    assert (wanted.facet, wanted.codes, wanted.wants) == ("offline", ("yes",), True)


def test_what_a_refused_format_was_about_stays() -> None:
    assert READER.read("no more phonics worksheets").rest.split() == ["phonics"]


def test_means_ruled_out_bring_nothing_up() -> None:
    matcher = Matcher().fit(
        [
            Document("paper", "Worksheet Wonders", "Worksheets for spelling."),
            Document("rhymes", "Rhyme Cards", "Spelling by ear."),
        ]
    )
    need = "rhyme and spelling, but no worksheets please"
    rest = READER.read(need).rest
    assert {match.key: match.because[0].words for match in matcher.rank(need)} == {
        "paper": "worksheets",
        "rhymes": "rhyme",
    }
    assert [match.key for match in matcher.rank(rest)] == ["rhymes", "paper"]
    assert {reason.words for match in matcher.rank(rest) for reason in match.because} == {
        "rhyme",
        "spelling",
    }


WORDS = st.sampled_from(
    "no not without another avoid on we never , . or and tablets screen - free quiz phonics"
    " don't have works offline under ten minutes to set up money is banned \u2019 iPads'".split()
)


@given(st.text(st.characters(), max_size=100) | st.lists(WORDS, max_size=20).map(" ".join))
def test_any_text_is_read_within_its_bounds(text: str) -> None:
    reading = READER.read(text)
    end = 0
    for start, stop in reading.spans:
        assert end <= start < stop <= len(text)
        assert not reading.rest[start:stop].strip()
        end = stop
    assert len(reading.rest) == len(text)
    assert all(text[each.start : each.end] == each.words for each in reading.constraints)


def test_a_text_without_end_is_read_in_part() -> None:
    long = "phonics " * 1_000 + "no tablets"
    assert READER.read(long).constraints == ()
    assert READER.read(long).rest == long


def test_what_makes_no_sense_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match="A need must be text"):
        READER.read(3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="Only concepts can be read, not str"):
        ConstraintReader().fit(["tablets"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="The absent of concept 'a' must be a collection"):
        Concept("a", absent="tablets")
    with pytest.raises(ValueError, match="'a' comes twice"):
        ConstraintReader().fit([Concept("a"), Concept("a")])
    with pytest.raises(ValueError, match="The phrase ' ' holds no word"):
        ConstraintReader().fit([Concept("a", absent=[" "])])
    with pytest.raises(NotFittedError):
        clone(READER).read("no tablets")
