"""Cutting text into the word pieces that BERT's uncased models read.

References
----------
J. Devlin and others, BERT: pre-training of deep bidirectional transformers, NAACL 2019.
Y. Wu and others, Google's neural machine translation system (word pieces), arXiv:1609.08144.
"""

import unicodedata
from collections.abc import Iterator, Sequence

LONGEST_WORD = 100
"""Characters of a word; a longer one is unknown as a whole."""

UNKNOWN = "[UNK]"
INSIDE = "##"
"""Begins the name of a piece that does not begin a word."""

_ASCII_MARKS = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cs", "Mn"})
_IDEOGRAPHS = (
    range(0x3400, 0x4DC0),
    range(0x4E00, 0xA000),
    range(0xF900, 0xFB00),
    range(0x20000, 0x2A6E0),
    range(0x2A700, 0x2B820),
    range(0x2B920, 0x2CEB0),
    range(0x2F800, 0x2FA20),
)


class WordPieces:
    """Cuts text into pieces by a vocabulary.

    Parameters
    ----------
    vocabulary
        The names of the pieces; a piece's number is its place.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._numbers = {piece: number for number, piece in enumerate(vocabulary)}
        self._longest = max(map(len, vocabulary))
        self._unknown = [self._numbers[UNKNOWN]]

    def numbers(self, text: str) -> list[int]:
        """Give the numbers of a text's pieces, without marks for its beginning and end."""
        return [number for word in _words(text) for number in self._cut(word)]

    def _cut(self, word: str) -> list[int]:
        """Cut off the longest known piece, again and again."""
        whole = self._numbers.get(word)
        if whole is not None:
            return [whole]
        if len(word) > LONGEST_WORD:
            return self._unknown
        cut: list[int] = []
        start = 0
        while start < len(word):
            found = next(self._pieces_at(word, start), None)
            if found is None:
                return self._unknown
            number, start = found
            cut.append(number)
        return cut

    def _pieces_at(self, word: str, start: int) -> Iterator[tuple[int, int]]:
        """Give the known pieces at a place and where each ends, the longest first."""
        inside = INSIDE if start else ""
        for end in range(min(start + self._longest, len(word)), start, -1):
            number = self._numbers.get(inside + word[start:end])
            if number is not None:
                yield number, end


class _Plain(dict[int, str]):
    """What becomes of each character; worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = plain = _plain(character)
        return plain


_PLAIN = _Plain()


def _words(text: str) -> list[str]:
    """Split a text at spaces and around marks and ideographs, in lower case, without accents."""
    apart = text if text.isascii() else unicodedata.normalize("NFD", text)
    return apart.translate(_PLAIN).split()


def _plain(character: str) -> str:
    kind = unicodedata.category(character)
    if character in "\t\n\r" or kind[0] == "Z":
        return " "
    if kind in _UNSEEN or character == "\ufffd":
        return ""
    if character in _ASCII_MARKS or kind[0] == "P" or _is_ideograph(ord(character)):
        return f" {character} "
    return character.lower()


def _is_ideograph(code: int) -> bool:
    return any(code in span for span in _IDEOGRAPHS)
