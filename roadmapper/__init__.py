"""The planning program for joint IT and marketing projects.

Rooms: domain, planning, workspace | storage, chart, exchange | reports, ui | cli, machine, desk, app.
A room imports the rooms to its left, never to its right; start reading at domain/plan.py.
"""
