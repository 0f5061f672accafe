"""Rosters in less time: what PostgreSQL took for the primary key of units, and what it packed in vain, is no more."""

from __future__ import annotations

from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index('ix_units_order', table_name='units')
    if op.get_bind().dialect.name == 'postgresql':
        _turn_unit_names('name_key', 'institution_id')
        op.execute('ALTER TABLE change_pages ALTER COLUMN changes SET STORAGE EXTERNAL')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'postgresql':
        op.execute('ALTER TABLE change_pages ALTER COLUMN changes SET STORAGE EXTENDED')
        _turn_unit_names('institution_id', 'name_key')
    op.create_index('ix_units_order', 'units', ['institution_id', 'sort_key'])


def _turn_unit_names(*columns: str) -> None:
    # While it knows nothing of the table, PostgreSQL takes any index that begins with institution_id for as good as the primary key when it
    # checks a person's unit, and goes through all of the institution's units for each person. SQLite always takes the primary key.
    op.drop_constraint('uq_units_institution_id_name_key', 'units', type_='unique')
    op.create_unique_constraint('uq_units_institution_id_name_key', 'units', columns)
