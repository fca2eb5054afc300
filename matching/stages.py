"""Reading stage, year and age words, so that they are offered as stage and not matched as words."""

import re
from collections.abc import Callable, Iterable
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
        In a teacher's words: "year 4", "Y10s", "reception", "GCSE", "KS2", "age 7", "P5".
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
    taken = bytearray(len(text))
    found: dict[tuple[int, int], frozenset[str]] = {}
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
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


def _stage_of_year(year: int) -> str:
    """Give the stage of an English year; reception is year 0."""
    last_years = {0: "eyfs", 2: "ks1", 6: "ks2", 9: "ks3", 11: "ks4", 13: "ks5"}
    return next(code for last, code in last_years.items() if year <= last)


def _stages_of_years(years: Iterable[int], nation: str) -> list[str]:
    shift = 1 if nation == "northern_ireland" else 0
    english = (year - shift for year in years)
    return [_stage_of_year(year) for year in english if 0 <= year <= 13]


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


def _always(*codes: str) -> Callable[[re.Match[str], str], tuple[str, ...]]:
    return lambda _match, _nation: codes


_NUMBER = rf"(?:[0-9]{{1,2}}|{'|'.join(_NUMBERS)})(?:['\u2019]?s)?(?![0-9]|[.][0-9])"
_AND = r"\s?(?:-|\u2013|/|,|&|\bto\b|\band\b|\bor\b)\s?"


def _many(prefix: str, repeated: str = "") -> str:
    again = repeated or prefix
    return rf"\b(?:{prefix})(?P<numbers>{_NUMBER}(?:{_AND}(?:{again})?{_NUMBER}){{0,6}})(?![\w%])"


_PUPILS = r"(?:school|schools|pupils?|children|class|classes|phase|age|teachers?|students?)"
_READERS = tuple(
    (re.compile(pattern, flags), read)
    for pattern, flags, read in (
        (_many(r"key[\s-]?stages?[\s-]?|ks\s?"), re.IGNORECASE, _read_key_stages),
        (_many(r"years?[\s-]?(?:groups?\s)?|yrs?[\s.-]{0,2}|y"), re.IGNORECASE, _read_years),
        (_many(r"ages?\s(?:of\s)?|aged\s"), re.IGNORECASE, _read_ages),
        (rf"\b(?P<numbers>{_NUMBER}(?:{_AND}{_NUMBER}){{0,6}})[\s-]?(?:years?|yrs?)[\s-]olds?\b",
         re.IGNORECASE, _read_ages),
        (_many(r"[Pp]rimary\s|P"), 0, _read_primaries),
        (_many(r"S"), 0, _read_secondaries),
        (r"\b(?:eyfs|early\syears|foundation\sstage|nursery|pre-?school|year\sr)\b",
         re.IGNORECASE, _always("eyfs")),
        (r"\breception\b(?!\s(?:desk|area|staff|office))", re.IGNORECASE, _always("eyfs")),
        (r"\binfants\b", re.IGNORECASE, _always("ks1")),
        (r"\bjuniors\b", re.IGNORECASE, _always("ks2")),
        (rf"\bprimary(?=\s{_PUPILS}\b)", re.IGNORECASE, _always("ks1", "ks2")),
        (rf"\bsecondary(?=\s{_PUPILS}\b)", re.IGNORECASE, _always("ks3", "ks4")),
        (r"\b(?:i?gcses?|national\s5s?|nat\s5s?)\b", re.IGNORECASE, _always("ks4")),
        (r"\b(?:(?:sixth|6th)[\s-]form(?:ers?)?|post[\s-]16)\b", re.IGNORECASE, _always("ks5")),
        (r"\b(?:(?:AS?|T)[\s-][Ll]evels?|a-levels?|a\slevels|Highers)\b(?!\sof)", 0,
         _always("ks5")),
    )
)  # fmt: skip
