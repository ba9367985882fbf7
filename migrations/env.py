"""Alembic's entry: migrates on the connection that `nurture.store` hands over. There is no alembic.ini; nothing else may run this."""

from __future__ import annotations

from alembic import context

from nurture.store.tables import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=connection.dialect.name == "sqlite")
with context.begin_transaction():
    context.run_migrations()
