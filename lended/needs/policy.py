"""Who may do what with needs."""

from __future__ import annotations

from lended.access import Right, Role

KEEP = Right(
    "need:keep",
    frozenset({Role.TEACHER, Role.SCHOOL_LEAD}),
    "Needs are kept by people who teach at a school. Join your school, or act for it, first.",
)
CHANGE = Right(
    "need:change",
    frozenset({Role.TEACHER, Role.SCHOOL_LEAD}),
    "A need belongs to the teacher who wrote it; only that teacher can change it.",
)
READ_ALL = Right("need:read_all", frozenset({Role.SCHOOL_LEAD}))
