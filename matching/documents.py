"""What goes into matching and what comes out: documents, matches, proposals and their reasons."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Document:
    """Something that may answer a need.

    Parameters
    ----------
    key
        Names the document; not empty, and unique within a matcher.
    title, text
        What is matched. The title weighs more.
    facets
        Codes by facet, such as ``{"stage": ["ks2"]}``: for filters and counts, not for words.
    source
        Who wrote it, such as a supplier; of nearly equal documents of one source the best comes
        first and the others last. Empty when nobody is named.

    Raises
    ------
    TypeError
        When a part is not of its type.
    ValueError
        When the key is empty.
    """

    key: str
    title: str
    text: str = ""
    facets: Mapping[str, Collection[str]] = field(default_factory=dict)
    source: str = ""

    def __post_init__(self) -> None:
        _require_words(self, "key", "title", "text", "source")
        if not self.key:
            raise ValueError("A document needs a key that is not empty.")
        if not isinstance(self.facets, Mapping):
            raise TypeError(f"The facets of document {self.key!r} must be a mapping.")
        for facet, codes in self.facets.items():
            if isinstance(codes, str) or not isinstance(codes, Collection):
                raise TypeError(f"Facet {facet!r} of document {self.key!r} must list its codes.")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something matched.

    Parameters
    ----------
    words
        The teacher's own words, as typed; or what stands for them where their meaning was met.
    met
        What they met: the catalogue's commonest form of the word, or the name in full of an
        abbreviation, or the phrase of a code, or that it was the meaning.
    share
        The part of the score owed to these words, with the filler around them; the shares of a
        match add up to its score.
    """

    words: str
    met: str
    share: float


class Match:
    """A document that may answer the need, its score, and why.

    Words give a score from 0 to about 1; nearness in meaning adds at most its weight.

    Parameters
    ----------
    because
        The reasons, the largest share first, or a function that works them out when they are first
        asked for.
    """

    __slots__ = ("_because", "key", "score")

    def __init__(
        self, key: str, score: float, because: tuple[Reason, ...] | Callable[[], tuple[Reason, ...]]
    ) -> None:
        self.key = key
        self.score = score
        self._because = because

    @property
    def because(self) -> tuple[Reason, ...]:
        """The reasons; their shares add up to the score."""
        if callable(self._because):
            self._because = self._because()
        return self._because

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Match):
            return NotImplemented
        return (self.key, self.score, self.because) == (other.key, other.score, other.because)

    def __hash__(self) -> int:
        return hash((self.key, self.score))

    def __repr__(self) -> str:
        return f"Match(key={self.key!r}, score={self.score!r}, because={self.because!r})"


@dataclass(frozen=True, slots=True)
class Code:
    """A code of a vocabulary, its label, and the phrases teachers use for it.

    Raises
    ------
    TypeError
        When code or label is not text, or the phrases are not a collection of texts.
    """

    code: str
    label: str
    phrases: Collection[str] = ()

    def __post_init__(self) -> None:
        _require_words(self, "code", "label")
        if isinstance(self.phrases, str) or not all(isinstance(each, str) for each in self.phrases):
            raise TypeError(f"The phrases of code {self.code!r} must be a collection of texts.")


@dataclass(frozen=True, slots=True)
class Proposal:
    """A code the need may be about, the confidence from 0 to 1, and the words that suggest it."""

    code: str
    confidence: float
    because: tuple[Reason, ...]


def _require_words(subject: object, *names: str) -> None:
    for name in names:
        if not isinstance(getattr(subject, name), str):
            kind = type(subject).__name__.lower()
            raise TypeError(f"The {name} of a {kind} must be text, not {getattr(subject, name)!r}.")


def require_text(need: object) -> str:
    """Give back what is text.

    Raises
    ------
    TypeError
        When it is anything else.
    """
    if not isinstance(need, str):
        raise TypeError(f"A need must be text, not {type(need).__name__}.")
    return need
