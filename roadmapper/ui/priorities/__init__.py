"""Priorities: the page where investments are compared - what counts, the ranking, the chart, one investment.

May use what the screen may use.
Never adds anything up itself: every figure comes from planning.
"""
