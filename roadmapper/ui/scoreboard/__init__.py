"""Scoreboard: the page on which both sides see whether it works out - measures, earnings, progress, open conditions.

May use what the screen may use.
Never adds anything up itself: every figure comes from planning, and every change goes through the editor.
"""
