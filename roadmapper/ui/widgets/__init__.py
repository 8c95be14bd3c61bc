"""The small widgets that several pages share.

May use Qt and chart.
Never knows a plan.
"""
