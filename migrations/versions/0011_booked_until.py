"""Senders book the time of a channel, so that all of them together keep its pace."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('channel_states', sa.Column('booked_until', sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column('channel_states', 'booked_until')
