"""Undoing rosters: who undid one and when, and what each did (those applied before have no such pages and can't be undone); likely doubles."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('effect_pages',
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=10), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('effects', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['institution_id', 'roster_id'], ['rosters.institution_id', 'rosters.id'], name='fk_effect_pages_roster'),
    sa.PrimaryKeyConstraint('institution_id', 'roster_id', 'kind', 'number', name=op.f('pk_effect_pages'))
    )
    op.create_table('doubles',
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('one_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('other_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('likeness', sa.String(length=10), nullable=False),
    sa.Column('found_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('verdict', sa.String(length=3), nullable=True),
    sa.Column('decided_by', sa.String(length=120), nullable=True),
    sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['institution_id', 'one_id'], ['people.institution_id', 'people.id'], name='fk_doubles_one'),
    sa.ForeignKeyConstraint(['institution_id', 'other_id'], ['people.institution_id', 'people.id'], name='fk_doubles_other'),
    sa.PrimaryKeyConstraint('institution_id', 'one_id', 'other_id', name=op.f('pk_doubles')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_doubles_other', 'doubles', ['institution_id', 'other_id'], unique=False)
    # Columns that may be empty are added in place on both engines: the tables that point to rosters need not be built anew.
    op.add_column('rosters', sa.Column('undone_by', sa.String(length=120), nullable=True))
    op.add_column('rosters', sa.Column('undone_at', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('rosters', 'undone_at')
    op.drop_column('rosters', 'undone_by')
    op.drop_index('ix_doubles_other', table_name='doubles')
    op.drop_table('doubles')
    op.drop_table('effect_pages')
