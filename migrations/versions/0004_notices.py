"""notices: topics, conditions, choices, calendars

Revision: 0004, follows 0003
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TOPICS_OF_KINDS = {
    "loan": "loans",
    "outcome": "stories",
    "story": "stories",
    "decision": "stories",
    "join_request": "joining",
    "supplier": "listings",
    "listing": "listings",
}


def upgrade() -> None:
    """Go up."""
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("topic", sa.String(length=60), nullable=False, server_default="essential")
        )
        batch_op.add_column(sa.Column("entry", sa.JSON(), nullable=False, server_default="{}"))
        batch_op.add_column(sa.Column("loan_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("asks_in", sa.JSON(), nullable=False, server_default="[]"))
        batch_op.add_column(
            sa.Column("cycle", sa.String(length=60), nullable=False, server_default="")
        )
        batch_op.add_column(
            sa.Column("fades", sa.Boolean(), nullable=False, server_default=sa.false())
        )
        batch_op.add_column(
            sa.Column("letter", sa.String(length=32), nullable=False, server_default="")
        )
        batch_op.create_check_constraint(
            "topic",
            "topic IN ('essential', 'loans', 'reminders', 'stories', 'joining', 'listings')",
        )
        batch_op.create_foreign_key(op.f("fk_notices_loan_id_loans"), "loans", ["loan_id"], ["id"])
        batch_op.create_index("ix_notices_loan", ["loan_id", "kind"], unique=False)
    notices = sa.table("notices", sa.column("kind"), sa.column("topic"))
    for kind, topic in TOPICS_OF_KINDS.items():
        op.execute(notices.update().where(notices.c.kind == kind).values(topic=topic))
    with op.batch_alter_table("notices", schema=None) as batch_op:
        for name in ("topic", "entry", "asks_in", "cycle", "fades", "letter"):
            batch_op.alter_column(name, server_default=None)

    op.create_table(
        "notice_choices",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("way", sa.String(length=60), nullable=False),
        sa.CheckConstraint(
            "topic IN ('loans', 'reminders', 'stories', 'joining', 'listings')",
            name=op.f("ck_notice_choices_topic"),
        ),
        sa.CheckConstraint(
            "way IN ('at_once', 'daily', 'site')", name=op.f("ck_notice_choices_way")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_notice_choices_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", "topic", name=op.f("pk_notice_choices")),
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name=op.f("fk_calendar_feeds_person_id_people")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_feeds")),
        sa.UniqueConstraint("mark", name=op.f("uq_calendar_feeds_mark")),
    )


def downgrade() -> None:
    """Go down."""
    op.drop_table("calendar_feeds")
    op.drop_table("notice_choices")
    with op.batch_alter_table("notices", schema=None) as batch_op:
        batch_op.drop_index("ix_notices_loan")
        batch_op.drop_constraint(op.f("fk_notices_loan_id_loans"), type_="foreignkey")
        batch_op.drop_constraint(op.f("ck_notices_topic"), type_="check")
        for name in ("letter", "fades", "cycle", "asks_in", "loan_id", "entry", "topic"):
            batch_op.drop_column(name)
