"""Forgiving one slip of the keyboard, in words the catalogue does not know."""

from collections.abc import Callable, Iterator

SHORTEST_FORGIVEN = 5
"""Letters a word needs before it is corrected; shorter ones have too many neighbours."""

SHORTEST_FORGIVEN_MORE = 7
"""Letters a word needs before any slip is considered: "lunch" is not "launch"."""

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = "aeiouy"
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def correct(word: str, frequency: Callable[[str], int]) -> str | None:
    """Give the known word one slip away (see `slips`), or None.

    Of several known words the most frequent is taken; ties go by the alphabet.

    Parameters
    ----------
    word
        A casefolded word that is not known.
    frequency
        How often a word is used; 0 for one that is not known.
    """
    found = {each: times for each in slips(word) if (times := frequency(each))}
    return min(found, key=lambda each: (-found[each], each), default=None)


def slips(word: str) -> Iterator[str]:
    """Give every word that a casefolded one may be a slip of; of most there is no such word.

    The first letter is held to be right. Two letters may be swapped, or one doubled that should not
    be, or the other way round. In longer words, which have fewer neighbours that are words too, any
    letter may be missing or superfluous, and one may stand for its neighbour on the keyboard or, a
    vowel, for another vowel.

    References
    ----------
    F. J. Damerau, A technique for computer detection and correction of spelling errors, CACM 1964.
    """
    if len(word) < SHORTEST_FORGIVEN or not (word.isascii() and word.isalpha()):
        return
    for place in range(1, len(word) + 1):
        head, tail = word[:place], word[place:]
        yield head + head[-1] + tail
        if tail[:1] == head[-1]:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        if len(word) >= SHORTEST_FORGIVEN_MORE:
            yield from _bolder_slips(head, tail)


def _bolder_slips(head: str, tail: str) -> Iterator[str]:
    for letter in _ALPHABET:
        yield head + letter + tail
    if tail:
        yield head + tail[1:]
        for letter in _MISTAKEN_FOR[tail[0]]:
            yield head + letter + tail[1:]


def _mistaken_for() -> dict[str, str]:
    beside = {letter: set(_VOWELS) if letter in _VOWELS else set() for letter in _ALPHABET}
    for upper, lower in zip(_ROWS, (*_ROWS[1:], ""), strict=True):
        for place, letter in enumerate(upper):
            near = upper[max(place - 1, 0) : place + 2] + lower[max(place - 1, 0) : place + 1]
            for other in near:
                beside[letter].add(other)
                beside[other].add(letter)
    return {letter: "".join(sorted(others - {letter})) for letter, others in beside.items()}


_MISTAKEN_FOR = _mistaken_for()
