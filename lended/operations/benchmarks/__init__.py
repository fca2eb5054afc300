"""How fast pages are: a real server in a process of its own, measured from outside.

``shelves`` makes the databases, ``subject`` is the server, ``clients`` ask, ``pages`` puts it
together. A benchmark of something else is another module beside ``pages``. ``judged`` has the needs
by which suggestions are measured.
"""

from lended.operations.benchmarks.pages import Figures, measure_pages

__all__ = ["Figures", "measure_pages"]
