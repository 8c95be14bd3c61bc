"""Scoreboard: whether it works out - the shared measures, what delivered increments really earn, what is still open.

May use planning, workspace, chart, reports by late import, and the parts of ui that every page uses. Never edits a plan
but through the editor, and never computes what planning tells.
"""
