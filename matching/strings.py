"""Sorted texts packed end to end, so that a million of them open without being read."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import Self, overload

import numpy as np
from numpy.typing import NDArray

REMEMBERED = 4096


class Strings(Sequence[str]):
    """A sorted sequence of distinct texts kept as one array of bytes.

    Parameters
    ----------
    letters
        The UTF-8 bytes of all texts, one after another. UTF-8 sorts as Python sorts.
    ends
        Where each text starts, and where the last one ends: one more than there are texts.
    """

    def __init__(self, letters: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self.letters = letters
        self.ends = ends
        self._view = letters.data if letters.size else memoryview(b"")
        self._found: dict[str, int] = {}

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Pack sorted, distinct texts."""
        packed = [text.encode("utf-8", "surrogatepass") for text in texts]
        ends = np.zeros(len(packed) + 1, dtype=np.int64)
        np.cumsum([len(each) for each in packed], out=ends[1:])
        return cls(np.frombuffer(b"".join(packed), dtype=np.uint8), ends)

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
        return self._bytes(index).decode("utf-8", "surrogatepass")

    def place(self, text: str) -> int:
        """Give the first position whose text is not before this one."""
        wanted = text.encode("utf-8", "surrogatepass")
        return bisect_left(range(len(self)), wanted, key=self._bytes)

    def find(self, text: str) -> int | None:
        """Give the position of a text, or None where it is not among these.

        The last found are remembered: one need asks for the same few words again and again.
        """
        place = self._found.get(text)
        if place is None:
            place = self.place(text)
            if place == len(self) or self[place] != text:
                return None
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[text] = place
        return place

    def _bytes(self, index: int) -> bytes:
        return bytes(self._view[self.ends.item(index) : self.ends.item(index + 1)])
