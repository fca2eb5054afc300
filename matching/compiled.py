"""The loops of `matching.accumulating`, compiled where numba is installed (the extra ``fast``).

Arguments come in the order of `matching.columns.TermColumns` and `matching.accumulating.Asked`.
"""
# ruff: noqa: PLR0917 - compiled functions take plain arrays and numbers, by position

from typing import Any

import numpy as np

from matching.counting import BLOCK

try:
    from numba import njit
except ImportError:
    available = False
else:
    available = True

    @njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
    def _add_block(
        starts: Any, rows: Any, impacts: Any, blocks: int, block: int,
        terms: Any, worth: Any, telling: int, least: Any, into: Any,
    ) -> None:  # fmt: skip
        for place in range(len(terms)):
            lies = terms[place] * blocks + block
            each = worth[place]
            if place < telling:
                for posting in range(starts[lies], starts[lies + 1]):
                    into[rows[posting]] += each * np.float32(impacts[posting])
            else:
                for posting in range(starts[lies], starts[lies + 1]):
                    if into[rows[posting]] >= least:
                        into[rows[posting]] += each * np.float32(impacts[posting])

    @njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
    def scores(
        starts: Any, rows: Any, impacts: Any, blocks: int,
        terms: Any, worth: Any, telling: int, least: Any, height: int,
    ) -> Any:  # fmt: skip
        """Add up the scores of all rows."""
        total = np.zeros(height, dtype=np.float32)
        for block in range(blocks):
            here = total[block * BLOCK : (block + 1) * BLOCK]
            _add_block(
                starts, rows, impacts, blocks, block, terms, worth, telling, least, here
            )  # fmt: skip
        return total

    @njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
    def head(
        starts: Any, rows: Any, impacts: Any, blocks: int,
        terms: Any, worth: Any, telling: int, least: Any, limit: int, allowed: Any,
    ) -> Any:  # fmt: skip
        """Give the best allowed rows and their scores, best first."""
        height = len(allowed)
        best = np.empty(limit, dtype=np.int64)
        reached = np.zeros(limit, dtype=np.float32)
        held, bar = 0, least
        for block in range(blocks):
            first = block * BLOCK
            here = np.zeros(min(BLOCK, height - first), dtype=np.float32)
            _add_block(starts, rows, impacts, blocks, block, terms, worth, telling, least, here)
            for row in range(len(here)):
                score = here[row]
                if score < bar or score <= 0 or not allowed[first + row]:
                    continue
                if held == limit and (limit == 0 or score <= reached[limit - 1]):
                    continue
                place = min(held, limit - 1)
                while place > 0 and reached[place - 1] < score:
                    best[place], reached[place] = best[place - 1], reached[place - 1]
                    place -= 1
                best[place], reached[place] = first + row, score
                held = min(held + 1, limit)
                if held == limit:
                    bar = max(bar, reached[limit - 1])
        return best[:held], reached[:held]

    @njit(cache=True, nogil=True)  # type: ignore[untyped-decorator]
    def products(vectors: Any, asked: Any) -> Any:
        """Multiply rows of bytes by one row of short numbers, shape (rows,)."""
        sums = np.empty(len(vectors), dtype=np.int32)
        for row in range(len(vectors)):
            total = np.int32(0)
            for place in range(len(asked)):
                total += np.int32(np.int16(vectors[row, place]) * asked[place])
            sums[row] = total
        return sums
