#!/usr/bin/env python3
"""Starts and tests LendED: ``python3 manage.py run``, ``python3 manage.py test``.

This file is read by every Python, old ones too, so that each can say in one line what is wrong.
"""

import sys


def refusal(version: "tuple[int, ...]") -> str:
    """Return what to tell the owner of an unsuitable Python; nothing when it suits."""
    if (3, 11) <= version <= (3, 13):
        return ""
    return "LendED needs Python 3.11, 3.12 or 3.13; this is %d.%d." % version  # noqa: UP031


if __name__ == "__main__":
    if refusal(tuple(sys.version_info[:2])):
        sys.exit(refusal(tuple(sys.version_info[:2])))

    from setup_steps.commands import main

    sys.exit(main(sys.argv[1:]))
