"""What becomes of a difficulty is kept step by step. Of those closed before, the last answer is all that is known."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('difficulty_steps',
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('difficulty_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('by', sa.String(length=120), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('text', sa.Text(), nullable=True),
    sa.CheckConstraint("kind IN ('passed-on', 'answered', 'reopened')", name=op.f('ck_difficulty_steps_kind')),
    sa.ForeignKeyConstraint(
        ['institution_id', 'difficulty_id'], ['difficulties.institution_id', 'difficulties.id'], name='fk_difficulty_steps_difficulty'
    ),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_difficulty_steps_owner_id')),
    sa.PrimaryKeyConstraint('institution_id', 'difficulty_id', 'number', name=op.f('pk_difficulty_steps')),
    sqlite_with_rowid=False
    )
    op.execute(
        'INSERT INTO difficulty_steps (institution_id, difficulty_id, number, kind, "by", at, text) '
        "SELECT institution_id, id, revision, 'answered', closed_by, closed_at, answer FROM difficulties WHERE closed_at IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_table('difficulty_steps')
