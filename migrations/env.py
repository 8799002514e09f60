"""Alembic's entry: runs migrations on the connection that app.upgrading hands over."""

from __future__ import annotations

from alembic import context

from app.tables import METADATA

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("Run migrations with `flask data upgrade`, which knows where the data is.")
context.configure(connection=connection, target_metadata=METADATA, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
