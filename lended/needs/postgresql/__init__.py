"""The second engine: the index in PostgreSQL, for many machines that share one database.

`tables` says what is kept, `keeping` fills it and brings it up to date, `store` answers from it.
"""

from lended.needs.postgresql.keeping import follow, learn
from lended.needs.postgresql.store import open_matcher

__all__ = ["follow", "learn", "open_matcher"]
