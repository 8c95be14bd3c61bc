"""The small widgets that several pages share.

May use Qt and chart, and what reads and writes a day, a number or an amount in the rooms further left.
Never knows a plan.
"""
