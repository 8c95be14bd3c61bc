"""The edits, one file for each noun: pure functions from a plan to a plan.

May use domain and planning.
Never saves, never announces, never undoes: the workspace does.
"""
