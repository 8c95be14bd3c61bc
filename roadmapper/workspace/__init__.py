"""The deeds: edits from plan to plan, and the one place where a plan is held, saved and announced.

May use domain and planning.
Never knows a database or a screen: what remembers is handed in.
"""
