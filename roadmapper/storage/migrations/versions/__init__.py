"""One file for each released schema.

May use Alembic and SQLAlchemy.
Never changed once released.
"""
