"""What LendED costs and how good it is here: ``pages``, ``lending`` and ``matching`` are measured.

``shelves`` makes the databases that either is measured on, ``judged`` has the needs by which
suggestions are measured.
"""
