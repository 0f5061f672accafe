"""Reviews: people who move, findings rolled up, what a workbook was said to mean, cells corrected in the browser.

Reviews that are open are out of date afterwards: their files are read again, which is when they get what is new here.
"""

from __future__ import annotations

import re

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None

STATUSES = ('asking', 'read', 'applied', 'discarded')
STATUSES_BEFORE = ('read', 'applied', 'discarded')


def upgrade() -> None:
    op.add_column('rosters', sa.Column('moved', sa.Integer(), server_default='0', nullable=False))
    op.add_column('rosters', sa.Column('to_check', sa.Integer(), server_default='0', nullable=False))
    op.add_column('rosters', sa.Column('again', sa.Integer(), server_default='0', nullable=False))
    op.add_column('rosters', sa.Column('review', sa.Integer(), server_default='1', nullable=False))
    op.add_column('rosters', sa.Column('summary', sa.Text(), server_default='{}', nullable=False))
    op.add_column('rosters', sa.Column('refused', sa.Text(), server_default='[]', nullable=False))
    op.add_column('rosters', sa.Column('answer', sa.Text(), nullable=True))
    op.add_column('rosters', sa.Column('fingerprint', sa.String(length=64), server_default='', nullable=False))
    op.add_column('rosters', sa.Column('remembered', sa.Boolean(), server_default=sa.text('false'), nullable=False))
    op.add_column('rosters', sa.Column('continues', sa.Integer(), nullable=True))
    _allow(STATUSES)

    op.add_column('roster_problems', sa.Column('place', sa.Integer(), server_default='0', nullable=False))
    op.add_column('roster_problems', sa.Column('group', sa.Integer(), server_default='0', nullable=False))
    op.execute("UPDATE roster_problems SET place = number")
    op.execute("UPDATE rosters SET to_check = problems + repairs")
    op.execute("UPDATE rosters SET people_mark = -1 WHERE status = 'read'")
    op.drop_index('ix_roster_problems_severity', table_name='roster_problems')
    op.create_index('ix_roster_problems_place', 'roster_problems', ['institution_id', 'roster_id', 'place'], unique=False)
    op.create_index('ix_roster_problems_group', 'roster_problems', ['institution_id', 'roster_id', 'group', 'place'], unique=False)

    op.create_table('roster_answers',
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('filename', sa.String(length=255), nullable=False),
    sa.Column('answered_by', sa.String(length=120), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['institution_id'], ['institutions.id'], name=op.f('fk_roster_answers_institution_id')),
    sa.PrimaryKeyConstraint('institution_id', 'fingerprint', name=op.f('pk_roster_answers')),
    sqlite_with_rowid=False
    )
    op.create_table('roster_corrections',
    sa.Column('institution_id', sa.Integer(), nullable=False),
    sa.Column('roster_id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('sheet', sa.String(length=255), nullable=False),
    sa.Column('row', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('column', sa.String(length=3), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('was', sa.String(length=200), nullable=False),
    sa.Column('corrected_by', sa.String(length=120), nullable=False),
    sa.Column('corrected_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['institution_id', 'roster_id'], ['rosters.institution_id', 'rosters.id'], name='fk_roster_corrections_roster'),
    sa.PrimaryKeyConstraint('institution_id', 'roster_id', 'sheet', 'row', 'column', name=op.f('pk_roster_corrections')),
    sqlite_with_rowid=False
    )


def _allow(statuses: tuple[str, ...]) -> None:
    """SQLite can't change a check, and a table that others refer to can't be built anew while keys are on: there the text of the table's
    definition is changed, as SQLite's own manual has it for checks."""
    words = "status IN ({})".format(', '.join(f"'{status}'" for status in statuses))
    connection = op.get_bind()
    if connection.dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_rosters_status'), 'rosters', type_='check')
        op.create_check_constraint(op.f('ck_rosters_status'), 'rosters', words)
        return
    made = connection.exec_driver_sql("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'rosters'").scalar_one()
    version = connection.exec_driver_sql("PRAGMA schema_version").scalar_one()
    connection.exec_driver_sql("PRAGMA writable_schema = ON")
    changed = re.sub(r"status IN \([^)]*\)", words, made)
    connection.exec_driver_sql("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = 'rosters'", (changed,))
    connection.exec_driver_sql(f"PRAGMA schema_version = {version + 1}")
    connection.exec_driver_sql("PRAGMA writable_schema = RESET")


def downgrade() -> None:
    op.drop_table('roster_corrections')
    op.drop_table('roster_answers')
    op.drop_index('ix_roster_problems_group', table_name='roster_problems')
    op.drop_index('ix_roster_problems_place', table_name='roster_problems')
    op.create_index('ix_roster_problems_severity', 'roster_problems', ['institution_id', 'roster_id', 'severity', 'number'], unique=False)
    op.drop_column('roster_problems', 'group')
    op.drop_column('roster_problems', 'place')
    op.execute("UPDATE rosters SET status = 'discarded' WHERE status = 'asking'")
    _allow(STATUSES_BEFORE)
    for name in ('continues', 'remembered', 'fingerprint', 'answer', 'refused', 'summary', 'review', 'again', 'to_check', 'moved'):
        op.drop_column('rosters', name)
