"""The steps from an older file to this version, run by Alembic in one transaction.

May use Alembic and SQLAlchemy.
Never imports the schema of today: a step stays what it was when it was written.
"""
