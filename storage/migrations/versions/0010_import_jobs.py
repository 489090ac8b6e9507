"""Imports that run in the background, and their files."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PLAIN_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Room for them; there are none yet."""
    op.create_table(
        "import_job",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("token", PLAIN_TEXT, nullable=False),
        sa.Column("filename", sa.Text(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger()),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("total", sa.Integer()),
        sa.Column("digest", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "new", "updated", "unchanged")),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("wake_at", sa.BigInteger(), nullable=False),
        sa.Column("claim", PLAIN_TEXT),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "token", name="pk_import_job"),
        sa.ForeignKeyConstraint(["guild_id"], ["guild.id"], name="fk_import_job_guild"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_import_job_wake", "import_job", ["wake_at"])
    op.create_table(
        "import_job_file",
        sa.Column("guild_id", sa.Integer(), nullable=False),
        sa.Column("token", PLAIN_TEXT, nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "token", name="pk_import_job_file"),
        sa.ForeignKeyConstraint(
            ["guild_id", "token"], ["import_job.guild_id", "import_job.token"], name="fk_import_job_file_import_job"
        ),
    )


def downgrade() -> None:
    """Forget them."""
    op.drop_table("import_job_file")
    op.drop_table("import_job")
