"""Reading stage, year and age words, so that they are offered as stage and not matched as words."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

NATIONS = ("england", "wales", "scotland", "northern_ireland")
"""Nations whose year words are read; they differ in what "year 4" means."""

STAGE_AGES = {
    "eyfs": (3, 5),
    "ks1": (5, 7),
    "ks2": (7, 11),
    "ks3": (11, 14),
    "ks4": (14, 16),
    "ks5": (16, 19),
}
"""Ages of pupils by stage: from, and up to."""

_Read = Callable[[re.Match[str], str], Sequence[str]]
"""Gives the codes that something found stands for, in a nation."""

_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StageReading:
    """The stages a text speaks of.

    Parameters
    ----------
    codes
        Codes from ``eyfs`` to ``ks5``, youngest first.
    spans
        Where the words that say so begin and end, in order.
    words
        Those words, as typed.
    """

    codes: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


def read_stages(text: str, nation: str = "england") -> StageReading:
    """Read the stages a text speaks of.

    Parameters
    ----------
    text
        In a teacher's words: "year 4", "Y10s", "reception", "GCSE", "KS2", "age 7", "P5", "PS3".
    nation
        One of `NATIONS`. Year n of Northern Ireland is year n − 1 of England, and its key stages
        move with it. P1 to P7 are read as Scottish (or Northern Irish) primaries everywhere, if
        written with a capital; S1 to S6 as Scottish secondaries.

    Raises
    ------
    ValueError
        When the nation is not one of `NATIONS`.
    """
    if nation not in NATIONS:
        raise ValueError(f"Unknown nation {nation!r}; use one of {', '.join(NATIONS)}.")
    if not may_tell_stage(text):
        return StageReading((), (), ())
    taken = bytearray(len(text))
    found: dict[tuple[int, int], frozenset[str]] = {}
    for match, read in _found(text):
        codes = frozenset(read(match, nation))
        if codes and not any(taken[slice(*match.span())]):
            taken[slice(*match.span())] = b"\1" * len(match[0])
            found[match.span()] = codes
    spans = tuple(sorted(found))
    codes = frozenset[str]().union(*found.values())
    return StageReading(
        codes=tuple(code for code in STAGE_AGES if code in codes),
        spans=spans,
        words=tuple(text[start:end] for start, end in spans),
    )


def _found(text: str) -> Iterator[tuple[re.Match[str], _Read]]:
    """Find what may speak of a stage; what is found first counts."""
    lowered = text.lower()
    for hints, pattern, read in _READERS:
        if any(hint in lowered for hint in hints):
            for match in pattern.finditer(text):
                yield match, read


def may_tell_stage(words: str) -> bool:
    """Tell whether words may speak of a stage, or be part of what does; most do not."""
    return _HINT.search(words.lower()) is not None


def _stage_of_year(year: int) -> str:
    """Give the stage of an English year; reception is year 0, a third year of sixth form 14."""
    last_years = {0: "eyfs", 2: "ks1", 6: "ks2", 9: "ks3", 11: "ks4", 14: "ks5"}
    return next(code for last, code in last_years.items() if year <= last)


def _stages_of_years(years: Iterable[int], nation: str) -> list[str]:
    shift = 1 if nation == "northern_ireland" else 0
    english = (year - shift for year in years)
    return [_stage_of_year(year) for year in english if 0 <= year <= 14]


def _read_years(match: re.Match[str], nation: str) -> list[str]:
    return _stages_of_years(_numbers(match["numbers"]), nation)


def _read_key_stages(match: re.Match[str], nation: str) -> list[str]:
    stages = [number for number in _numbers(match["numbers"]) if 1 <= number <= 5]
    if nation != "northern_ireland":
        return [f"ks{number}" for number in stages]
    years = {1: (3, 4), 2: (5, 7), 3: (8, 10), 4: (11, 12), 5: (13, 14)}
    return [
        code
        for number in stages
        for code in _stages_of_years(range(years[number][0], years[number][1] + 1), nation)
    ]


def _read_ages(match: re.Match[str], _nation: str) -> list[str]:
    ages = _numbers(match["numbers"])
    low, high = min(ages), max(ages)
    if low == high:
        return [code for code, (start, end) in STAGE_AGES.items() if start <= low <= end]
    return [code for code, (start, end) in STAGE_AGES.items() if start < high and low < end]


def _read_primaries(match: re.Match[str], _nation: str) -> list[str]:
    return [_stage_of_year(number - 1) for number in _numbers(match["numbers"]) if 1 <= number <= 7]


def _read_secondaries(match: re.Match[str], _nation: str) -> list[str]:
    stages = ("ks3", "ks3", "ks3", "ks4", "ks5", "ks5")
    return [stages[number - 1] for number in _numbers(match["numbers"]) if 1 <= number <= 6]


def _read_steps(match: re.Match[str], _nation: str) -> list[str]:
    """Read the progression steps of Wales: 1 is reached at about 5, 3 at 11, 5 at 16."""
    stages = ("eyfs", "ks1", "ks2", "ks3", "ks4")
    return [stages[number - 1] for number in _numbers(match["numbers"]) if 1 <= number <= 5]


def _read_level(match: re.Match[str], _nation: str) -> tuple[str, ...]:
    """Read a level of Scotland's Curriculum for Excellence: first is P2 to P4, third S1 to S3."""
    levels = {"early": ("eyfs",), "first": ("ks1", "ks2"), "second": ("ks2",)}
    level = match["level"] or match["cfe"]
    return levels.get(level.casefold(), ("ks3",))


def _numbers(written: str) -> list[int]:
    """Read "3", "three", "3 and 4", "3/4", or "7 to 9" with what lies between."""
    numbers: list[int] = []
    through = False
    for part in re.findall(r"[0-9]+|[a-z]+|[-\u2013]", written.casefold()):
        number = int(part) if part.isdecimal() else _NUMBERS.get(part)
        if number is not None:
            numbers += range(numbers[-1] + 1, number) if through else ()
            numbers.append(number)
            through = False
        through = through or (part in {"-", "\u2013", "to"} and bool(numbers))
    return numbers


def _always(*codes: str) -> _Read:
    return lambda _match, _nation: codes


_NUMBER = rf"(?:[0-9]{{1,2}}|{'|'.join(_NUMBERS)})(?:['\u2019]?s)?(?![0-9]|[.][0-9])"
_AND = r"\s?(?:-\s(?:to|and|or)\b|-|\u2013|/|,|&|\bto\b|\band\b|\bor\b)\s?"


def _many(prefix: str, repeated: str = "") -> str:
    again = repeated or prefix
    return rf"\b(?:{prefix})(?P<numbers>{_NUMBER}(?:{_AND}(?:{again})?{_NUMBER}){{0,6}})(?![\w%])"


_PUPILS = r"(?:school|schools|pupils?|children|class|classes|phase|age|teachers?|students?)"
_LEVEL = r"(?:early|first|second|third|fourth)"
_SUBJECTS = (
    "(?:[Mm]aths|[Mm]athematics|English|[Bb]iology|[Cc]hemistry|[Pp]hysics|[Hh]istory|[Gg]eography"
    "|[Mm]odern [Ss]tudies|[Cc]omputing|French|Spanish|German|Gaelic)"
)
_READERS = tuple(
    (hints.split(), re.compile(pattern, flags), read)
    for hints, pattern, flags, read in (
        ("key ks",
         _many(r"(?:(?:upper|lower)\s)?(?:key[\s-]?stages?[\s-]?|ks\s?)|[ul]ks\s?"), re.IGNORECASE,
         _read_key_stages),
        ("step",
         _many(r"progress(?:ion)?\ssteps?\s"), re.IGNORECASE, _read_steps),
        ("ps",
         _many(r"PS") + r"(?!\s(?:games?|consoles?|controllers?)\b)", 0, _read_steps),
        ("y",
         _many(r"blwyddyn\s|years?[\s-]?(?:groups?\s)?|yrs?[\s.-]{0,2}|y"), re.IGNORECASE,
         _read_years),
        ("age",
         _many(r"ages?\s(?:of\s)?|aged\s"), re.IGNORECASE, _read_ages),
        ("old",
         rf"\b(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER}){{0,6}})[\s-]?(?:years?|yrs?)[\s-]olds?\b",
         re.IGNORECASE, _read_ages),
        ("p",
         _many(r"[Pp]rimary\s|P"), 0, _read_primaries),
        ("s",
         _many(r"S"), 0, _read_secondaries),
        ("under",
         r"\bunder[\s-](?:5|five)['\u2019]?s\b", re.IGNORECASE, _always("eyfs")),
        ("phase cyfnod",
         r"\b(?:foundation\sphase|cyfnod\ssylfaen)\b", re.IGNORECASE, _always("eyfs", "ks1")),
        ("eyfs early foundation nursery pre year",
         r"\b(?:eyfs|early\syears|foundation\sstage|nursery(?!\srhymes?\b)|pre-?school|year\sr)\b",
         re.IGNORECASE, _always("eyfs")),
        ("yr fs",
         r"\b(?:YR|FS[12])\b", 0, _always("eyfs")),
        ("cfe",
         rf"\b(?P<level>{_LEVEL})\slevel\s\(?CfE\b|\bCfE\s(?P<cfe>{_LEVEL})\slevel\b",
         re.IGNORECASE, _read_level),
        ("reception",
         r"\breception\b(?!\s(?:desk|area|staff|office))", re.IGNORECASE, _always("eyfs")),
        ("infant",
         r"\binfants\b|\binfant(?=\s(?:school|class|pupils?|teacher))", re.IGNORECASE,
         _always("ks1")),
        ("junior",
         r"\bjuniors\b|\bjunior(?=\s(?:school|class|pupils?|teacher))", re.IGNORECASE,
         _always("ks2")),
        ("primary",
         rf"\bprimary(?=\s{_PUPILS}\b)", re.IGNORECASE, _always("ks1", "ks2")),
        ("secondary",
         rf"\bsecondary(?=\s{_PUPILS}\b)", re.IGNORECASE, _always("ks3", "ks4")),
        ("gcse nat",
         r"\b(?:i?gcses?|nat(?:ional)?\s?[45]s?)\b", re.IGNORECASE, _always("ks4")),
        ("n4 n5",
         r"\bN[45]s?\b", 0, _always("ks4")),
        ("senior",
         r"\bsenior\sphase\b", re.IGNORECASE, _always("ks4", "ks5")),
        ("six 6th 16",
         r"\b(?:(?:sixth|6th)[\s-]form(?:ers?)?|(?:upper|lower)\ssixth|post[\s-]16)\b",
         re.IGNORECASE, _always("ks5")),
        ("level highers",
         r"\b(?:(?:AS?|T)[\s-][Ll]evels?|a-levels?|a\slevels|(?:Advanced\s)?Highers)\b(?!\sof)", 0,
         _always("ks5")),
        ("higher",
         rf"\bAdvanced\sHigher\b|\bHigher(?=\s{_SUBJECTS}\b)", 0, _always("ks5")),
    )
)  # fmt: skip
"""Each with hints, one of which is in every text that it finds something in, in small letters."""

_HINT = re.compile(
    r"[0-9]|\b(?:age|blwyddyn|cyfnod|eyfs|form|foundation|higher|i?gcse|infant|junior|key|level"
    r"|nurser|phase|primary|(?:pre)?school|recep|second|stage|step|under|year|yr"
    rf"|(?:[psy]|ps|[ul]?ks)?(?:{'|'.join(_NUMBERS)}))"
)
"""One of these is in a word of every text that a reader finds something in."""
