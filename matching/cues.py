"""The little words around a constraint: what rules out, what asks for, how far that goes.

Only means are ever ruled out ("no tablets"); where learning is denied ("cannot read"), that is the
need itself. So a cue counts only if, over a few words that cannot mean anything else, it leads to a
means the caller named. Whatever is in doubt is left to be matched.
"""

from collections.abc import Sequence
from enum import Enum, auto

from matching.phrases import Phrases, Word, clause_around, clause_before, folded


class Cue(Enum):
    """How something is ruled out or asked for."""

    NO = auto()  # of a format only where it is refused: who "has no quizzes" may look for some
    LACKS = auto()  # the school has none, which says nothing about formats
    REFUSES = auto()  # whoever says so
    AVOIDS = auto()  # only where the teacher or the product is the subject: "they avoid games"
    REPLACES = auto()  # unless the clause is negated before: "cannot sit still without a tablet"
    OWNS = auto()
    RUNS_ON = auto()  # unless it tells what pupils do
    ON = auto()  # the same, and only at the end of a clause


_WRITTEN = {
    Cue.NO: ("no", "with no", "zero"),
    Cue.LACKS: (
        "don't have", "do not have", "haven't got", "have not got", "hasn't got", "doesn't have",
        "does not have", "haven't any", "don't own", "do not own", "no longer have",
        "no access to", "don't have access to", "do not have access to", "lack", "lack of",
        "lacking", "can't afford", "cannot afford", "can not afford", "can't pay for",
        "cannot pay for", "can't access", "cannot access", "not enough money for",
    ),
    Cue.REFUSES: (
        "no more", "not another", "not yet another", "not just another", "not more", "no need for",
        "not on", "anything but", "sick of", "tired of", "fed up with", "nothing with",
        "must not need", "must not use", "not allowed", "not dependent on", "not allowed to",
        "not allowed to use", "not involving", "not requiring", "nothing that needs", "that isn't",
        "that is not", "that isn't just", "nothing that requires", "nothing that uses",
        "nothing needing", "nothing requiring",
    ),
    Cue.AVOIDS: (
        "avoid", "avoiding", "never", "never use", "not", "not a", "can't use", "cannot use",
        "can not use", "couldn't use", "don't use", "do not use", "won't use", "don't want",
        "do not want", "rather not", "rather not use", "rather not have", "rather avoid",
        "can't have", "cannot have", "can't install", "cannot install", "don't need",
        "do not need", "doesn't need", "does not need", "doesn't require", "does not require",
        "doesn't use", "not use", "not need", "not require", "won't need", "will not need",
        "don't want to use", "do not want to use", "doesn't involve", "does not involve",
        "doesn't collect", "does not collect", "doesn't store", "does not store", "bans",
        "has banned", "doesn't allow", "does not allow",
    ),
    Cue.REPLACES: (
        "without", "without using", "without needing", "without having", "without the need for",
        "without access to", "instead of", "rather than", "free of", "free from", "other than",
        "except", "except for", "without needing to", "without having to",
    ),
    Cue.RUNS_ON: (
        "work on", "works on", "run on", "runs on", "running on", "used on", "use on", "usable on",
        "available on", "compatible with", "works with",
    ),
    Cue.OWNS: ("only have", "have only", "just have", "only got", "only have access to"),
    Cue.ON: ("on",),
}  # fmt: skip
CUES = Phrases((phrase, cue) for cue, phrases in _WRITTEN.items() for phrase in phrases)
BANS = Phrases(
    (f"{verb}{ban}".strip(), True)
    for verb in ("", "is ", "are ")
    for ban in ("banned", "not allowed", "forbidden", "not an option", "not available")
)
"""What rules out the means before it."""

AT_HOME = Phrases([("at home", True), ("at their home", True), ("in their home", True)])
"""Behind a means, it tells what families lack: a need, and no constraint on lessons."""

MODIFIERS = folded(
    "a an the any another more extra additional new our my pupil student child children individual"
    " own separate use using school classroom class set kind sort type of further expensive costly"
    " online digital paper printed boring single spare working old few shared ongoing"
)
"""Words between a cue and its means that change nothing."""

NEVER_MODIFIERS = folded(
    "two three four five six ten twenty thirty good decent suitable proper useful ready enough"
    " such time with in on at for to from by about"
    " and or nor is are was were be been have has had do does can could will would not no never"
    " the this that these those they we i you he she it who which what when where how than then if"
)
"""Words that end the reach of a cue, or show that the means is looked for."""

AFTER_FORMATS = folded(
    "please or and nor again thanks thank needed required involved allowed either whatsoever just"
    " anymore any we i but so because this"
)
"""Words that may follow a format ruled out; others may say that it is looked for."""

AFTER_MEANS = AFTER_FORMATS | folded(
    "at in for to with on here necessary available as that which who if these yet left per during"
    " when until than today only is are can by from the my our they it then while since where even"
    " collected stored kept held"
)
"""Words that may follow a means in the singular; after others it begins a longer noun."""

JOINTS = folded("or nor and")
"""Words between the means of a list."""

REFUSERS = folded("and with please want wanting but so need or just absolutely definitely ideally")
AVOIDERS = folded(
    "i we i'd we'd please it that which must should may might would school to also ideally rather"
    " really something anything want need or and"
)
LEARNERS = folded(
    "pupil student child children kid learner boy girl class they he she them some many most who"
    " few half one ones those"
)
NEGATORS = folded(
    "not cannot can't won't don't doesn't didn't couldn't wouldn't isn't aren't never unable hardly"
    " nothing nobody struggle struggles struggling lost upset panic anxious bored refuse refuses"
    " unless hard difficult impossible"
)
"""Words after which "without a tablet" tells of a difficulty and asks for nothing."""


def counts(cue: Cue, words: Sequence[Word], place: int) -> bool:
    """Tell whether a cue at a place can rule out, or ask for, a means at all."""
    before = clause_before(words, place)
    if cue is Cue.AVOIDS:
        return not before or (before[-1] in AVOIDERS and LEARNERS.isdisjoint(before))
    if cue is Cue.REPLACES:
        return NEGATORS.isdisjoint(clause_around(words, place))
    if cue is Cue.NO:
        return before[-1:] != ["yes"] and before[-2:] != ["yes", "or"]
    if cue in {Cue.RUNS_ON, Cue.ON}:
        return LEARNERS.isdisjoint(before) and not _tells_of_time(before)
    return True


def _tells_of_time(before: Sequence[str]) -> bool:
    """Tell whether somebody does something, or spends time, on what follows."""
    return bool(before) and before[-1].endswith(("ing", "ed", "time", "hour", "day", "much"))
