"""The picture: where each bar, diamond and strip stands, what lies under the pointer, and how it is painted.

May use domain, planning and workspace; Qt only in painter.py, bubble_painter.py and trend_painter.py.
Never holds a plan, never edits one: a gesture is a value.
"""
