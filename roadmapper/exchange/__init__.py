"""The files of others: one module for each format that comes in or goes out.

May use every room up to chart.
Never guesses what is not there: a row is taken, or named with its reason.
"""
