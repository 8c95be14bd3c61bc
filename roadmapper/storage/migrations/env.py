"""How Alembic runs a step here: on the connection it is handed, inside the transaction that is already open."""

from alembic import context

# SQLite can take back DDL, but Alembic believes it cannot, and would commit between steps.
context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
