"""What Alembic runs: the migrations, inside the transaction that `tracker.store.migrate` opened."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, render_as_batch=True)
context.run_migrations()
