"""What lending costs with many loans stored: requests, availability, a night of the clock, desks.

``stored`` makes the database, ``floor`` writes a request by hand, ``requests`` are made by many
clients, ``reading`` and ``night`` measure the rest, ``measuring`` puts it together.
"""

from lended.operations.benchmarks.lending.measuring import ENGINES, measure_lending

__all__ = ["ENGINES", "measure_lending"]
