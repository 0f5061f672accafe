"""Runs in the background: a roster has one, may ask before going on, and knows when its file was deleted."""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

STATUSES = "status IN ('reading', 'asking', 'read', 'applied', 'discarded', 'failed', 'stopped')"
FORMER = "status IN ('asking', 'read', 'applied', 'discarded')"


def upgrade() -> None:
    for column in (
        sa.Column('doubts', sa.Text(), nullable=True),
        sa.Column('confirmed_by', sa.String(length=120), nullable=True),
        sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('purged_at', sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column('rosters', column)
    op.create_index('ix_rosters_digest', 'rosters', ['institution_id', 'digest'], unique=False)
    _statuses(STATUSES)
    op.create_table('roster_runs',
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('task', sa.String(length=12), nullable=False),
    sa.Column('state', sa.String(length=8), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=True),
    sa.Column('actor', sa.String(length=120), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('seen', sa.String(length=64), nullable=True),
    sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('token', sa.String(length=32), nullable=True),
    sa.Column('beaten_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken', sa.Integer(), nullable=False),
    sa.Column('is_stopping', sa.Boolean(), nullable=False),
    sa.Column('stage', sa.String(length=10), nullable=True),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('failure', sa.Text(), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed', 'stopped')", name=op.f('ck_roster_runs_state')),
    sa.ForeignKeyConstraint(['institution_id', 'roster_id'], ['rosters.institution_id', 'rosters.id'], name='fk_roster_runs_roster'),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_roster_runs_user_id')),
    sa.PrimaryKeyConstraint('institution_id', 'roster_id', name=op.f('pk_roster_runs')),
    sqlite_with_rowid=False
    )
    op.create_index('ix_roster_runs_state', 'roster_runs', ['state'], unique=False)


def _statuses(condition: str) -> None:
    """Which states a roster may have. SQLite can't change a condition; building the table anew would take the rows that point to it along
    (foreign keys are on), so the condition's text is replaced where SQLite keeps it: its documentation allows that for a CHECK."""
    connection = op.get_bind()
    if connection.dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_rosters_status'), 'rosters', type_='check')
        op.create_check_constraint(op.f('ck_rosters_status'), 'rosters', condition)
        return
    written = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'rosters'").scalar_one()
    changed = re.sub(r"status IN \([^)]*\)", lambda _found: condition, written)
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    connection.exec_driver_sql("UPDATE sqlite_master SET sql = ? WHERE type = 'table' AND name = 'rosters'", (changed,))
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def downgrade() -> None:
    op.drop_index('ix_roster_runs_state', table_name='roster_runs')
    op.drop_table('roster_runs')
    op.execute("UPDATE rosters SET status = 'discarded' WHERE status IN ('reading', 'failed', 'stopped')")
    _statuses(FORMER)
    op.drop_index('ix_rosters_digest', table_name='rosters')
    for name in ('purged_at', 'confirmed_at', 'confirmed_by', 'doubts'):
        op.drop_column('rosters', name)
