"""What an index knows of words: whether they are in use, how rare, and what was meant by slips.

What was found out is remembered, because needs say the same few words again and again.
"""

from collections.abc import Sequence

from matching.analysis import WORD, Lexeme, is_shouted, read_word
from matching.documents import require_text
from matching.needs import LONGEST_NEED, MOST_MENDED, Clue, merged, read_need, read_plain
from matching.segments import Segment
from matching.strings import Remembered
from matching.typing_errors import correct

MOST_READ_AHEAD = 1_000
"""Words read when an index is opened; they take some milliseconds."""

Terms = tuple[tuple[str, float], ...]


class Vocabulary:
    """The words of the segments of an index.

    Parameters
    ----------
    segments
        Unchanging.
    unseen
        The rarity of a term that no document holds.
    title
        What covering a whole title adds to a score.
    """

    def __init__(self, segments: Sequence[Segment], unseen: float, title: float) -> None:
        self.title = title
        self._segments = segments
        self._unseen = unseen
        self._plain = Remembered[str, Clue | None]()
        self._masses = Remembered[Terms, float]()
        self._mended = Remembered[str, Lexeme | None]()

    def read(self, need: str, nation: str) -> list[Clue]:
        """Read the clues of a need, as `read_need` does, most needs from what is remembered.

        Raises
        ------
        TypeError
            When the need is not text.
        """
        text = require_text(need)[:LONGEST_NEED]
        return self._read_plainly(text) or read_need(text, nation, self)

    def _read_plainly(self, text: str) -> list[Clue]:
        """Read a text word by word if that can be done; give nothing for any other, or a long one.

        Looking for slips takes time, so that no more words are read here than are mended there.
        """
        typed, plain = WORD.findall(text), self._plain
        new = [each for each in typed if each not in plain]
        if len(new) > MOST_MENDED:
            return []
        for each in new:
            plain[each] = read_plain(each, self)
        clues = list(map(plain.get, typed))
        if None in clues or is_shouted(text):
            return []
        return merged([clue for clue in clues if clue and clue.terms])

    def read_ahead(self, most: int = MOST_READ_AHEAD) -> None:
        """Read the commonest words before anybody says them: the first needs wait less."""
        for word in self._segments[0].commonest_words(most):
            self._plain[word] = clue = read_plain(word, self)
            if clue:
                self.mass(clue)

    def knows(self, term: str) -> bool:
        """Tell whether a document holds a term."""
        for segment in self._segments:  # noqa: SIM110 - every new word of every need comes by
            if segment.terms.terms.find(term) is not None:
                return True
        return False

    def mend(self, word: str) -> Lexeme | None:
        """Give the known word that an unknown one was meant to be, if one slip explains it."""
        return self._mended.of(word, self._mend)

    def mass(self, clue: Clue) -> float:
        """Give how rare what a clue stands for is; what no document holds is as rare as can be."""
        try:
            return self._masses[clue.terms]
        except KeyError:
            self._masses[clue.terms] = mass = clue.mass(self._rarity)
            return mass

    def _mend(self, word: str) -> Lexeme | None:
        meant = correct(word, self._frequency)
        return Lexeme(meant, read_word(meant).terms[0]) if meant else None

    def _frequency(self, word: str) -> int:
        times = 0
        for segment in self._segments:
            times += segment.frequency(word)
        return times

    def _rarity(self, term: str) -> float:
        for segment in self._segments:
            number = segment.terms.terms.find(term)
            if number is not None:
                return segment.terms.rarity.item(number)
        return self._unseen
