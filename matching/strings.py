"""Texts kept as arrays, so that a million of them open without being read."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self, TypeVar, overload
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

REMEMBERED = 1 << 15
"""Words and the like about which something is remembered."""

_BITS_PER_TEXT = 16
Key = TypeVar("Key")
Value = TypeVar("Value")


class Remembered(dict[Key, Value]):
    """What was found out about words and the like, forgotten when it gets too much.

    Another thread may forget everything between two looks.
    """

    def __setitem__(self, key: Key, value: Value) -> None:
        if len(self) >= REMEMBERED:
            self.clear()
        super().__setitem__(key, value)

    def of(self, key: Key, find_out: Callable[[Key], Value]) -> Value:
        """Give what is known about something, or find it out."""
        try:
            return self[key]
        except KeyError:
            self[key] = value = find_out(key)
            return value


class Strings(Sequence[str]):
    """A sorted sequence of distinct texts kept as one array of bytes.

    Parameters
    ----------
    letters
        The UTF-8 bytes of all texts, one after another. UTF-8 sorts as Python sorts.
    ends
        Where each text starts, and where the last one ends: one more than there are texts.
    drawers
        Where in ``filed`` each drawer starts, and where the last one ends: a power of two of them,
        and one. A text lies in the drawer that its CRC-32 names.
    filed
        The positions of the texts, drawer by drawer.
    """

    ARRAYS = ("letters", "ends", "drawers", "filed")

    def __init__(
        self,
        letters: NDArray[np.uint8],
        ends: NDArray[np.int64],
        drawers: NDArray[np.int32],
        filed: NDArray[np.int32],
    ) -> None:
        self.letters = letters
        self.ends = ends
        self.drawers = drawers
        self.filed = filed
        self._within = len(drawers) - 2
        self._view = letters.data if letters.size else memoryview(b"")
        self._found = Remembered[str, int | None]()

    def __reduce__(self) -> tuple[type[Self], tuple[NDArray[Any], ...]]:
        return type(self), tuple(getattr(self, name) for name in self.ARRAYS)

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Pack sorted, distinct texts."""
        packed = [_letters(text) for text in texts]
        ends = np.zeros(len(packed) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in packed], out=ends[1:])
        size = 1 << len(packed).bit_length()
        named = np.array([crc32(each) for each in packed], dtype=np.int64) & (size - 1)
        drawers = np.zeros(size + 1, dtype=np.int32)
        np.cumsum(np.bincount(named, minlength=size), out=drawers[1:])
        filed = np.argsort(named, kind="stable").astype(np.int32)
        return cls(np.frombuffer(b"".join(packed), dtype=np.uint8), ends, drawers, filed)

    def __len__(self) -> int:
        return len(self.ends) - 1

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [self[each] for each in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        return str(self._bytes(index), "utf-8", "surrogatepass")

    def at(self, places: Iterable[int]) -> list[str]:
        """Give the texts at several positions, which must be there."""
        view, end = self._view, self.ends.item
        return [
            str(view[end(place) : end(place + 1)], "utf-8", "surrogatepass") for place in places
        ]

    def place(self, text: str) -> int:
        """Give the first position whose text is not before this one."""
        return bisect_left(range(len(self)), _letters(text), key=self._bytes)

    def find(self, text: str) -> int | None:
        """Give the position of a text, or None where it is not among these.

        The last looked for are remembered: needs ask for the same few words again and again.
        """
        try:
            return self._found[text]
        except KeyError:
            self._found[text] = place = self._find(text)
            return place

    def _find(self, text: str) -> int | None:
        wanted = _letters(text)
        drawer = crc32(wanted) & self._within
        for number in range(self.drawers.item(drawer), self.drawers.item(drawer + 1)):
            place = self.filed.item(number)
            if self._bytes(place) == wanted:
                return place
        return None

    def _bytes(self, index: int) -> bytes:
        return bytes(self._view[self.ends.item(index) : self.ends.item(index + 1)])


class Marks:
    """A mark for each of many words, to tell quickly of most others that they are not among them.

    Parameters
    ----------
    bits
        One bit per mark, a power of two of them, shape (bits / 8,).

    References
    ----------
    B. H. Bloom, Space/time trade-offs in hash coding with allowable errors, CACM 1970.
    """

    def __init__(self, bits: NDArray[np.uint8]) -> None:
        self.bits = bits
        self._view = bits.data
        self._within = len(bits) * 8 - 1

    def __reduce__(self) -> tuple[type[Self], tuple[NDArray[np.uint8]]]:
        return type(self), (self.bits,)

    @classmethod
    def of(cls, words: Sequence[str]) -> Self:
        """Mark words."""
        size = 1 << max(len(words) * _BITS_PER_TEXT, 64).bit_length()
        places = np.array([crc32(_letters(word)) & (size - 1) for word in words], dtype=np.int64)
        marked = np.zeros(size, dtype=np.bool_)
        marked[places] = True
        return cls(np.packbits(marked, bitorder="little"))

    def may_hold(self, word: str) -> bool:
        """Tell whether a word may be among those marked; where not, it surely is not."""
        place = crc32(_letters(word)) & self._within
        return bool(self._view[place >> 3] >> (place & 7) & 1)


def _letters(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
