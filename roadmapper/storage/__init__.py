"""The memory: one SQLite file for one roadmap, its journal with the hash chain, its digest and its migrations.

May use domain and planning, and is the only room with SQL.
Never decides what a plan should be, never edits one.
"""
