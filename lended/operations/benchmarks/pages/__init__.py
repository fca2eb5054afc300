"""How fast pages are: a real server in a process of its own, measured from outside.

``subject`` is the server, ``clients`` ask, ``measuring`` puts it together.
"""

from lended.operations.benchmarks.pages.measuring import Figures, measure_pages

__all__ = ["Figures", "measure_pages"]
