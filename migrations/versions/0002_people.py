"""People in more detail, their consents, secret links, and the record of looks at personal data."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    for table, name, length in (
        ("person", "surname", 80),
        ("person", "given_name", 80),
        ("person", "patronymic", 80),
        ("person", "grade", 20),
        ("person", "sex", 1),
        ("person", "contact", 200),
        ("entry_card", "organisation_kind", 20),
        ("entry_card", "district", 120),
        ("entry_card", "robot", 120),
    ):
        op.add_column(table, sa.Column(name, sa.String(length=length), nullable=True))
    op.create_table(
        "consent",
        sa.Column("person_id", sa.String(length=36), nullable=False),
        sa.Column("signed_by", sa.String(length=200), nullable=False),
        sa.Column("relation", sa.String(length=12), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_consent_chain", "consent", ["chain"])
    op.create_index("ix_consent_person_id", "consent", ["person_id"])
    op.create_table(
        "personal_link",
        sa.Column("token_digest", sa.String(length=64), nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_digest"),
    )
    op.create_index("ix_personal_link_chain", "personal_link", ["chain"])
    op.create_index("ix_personal_link_subject", "personal_link", ["subject"])
    op.create_table(
        "personal_access",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("chain", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=36), nullable=True),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_personal_access_chain", "personal_access", ["chain"])
    op.create_index("ix_personal_access_subject", "personal_access", ["subject"])
