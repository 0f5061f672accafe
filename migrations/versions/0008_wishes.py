"""What somebody wants changed in a review, which goes on in the background."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('roster_runs', sa.Column('wish', sa.Text(), nullable=True))


def downgrade() -> None:
    op.drop_column('roster_runs', 'wish')
