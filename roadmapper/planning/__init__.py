"""The answers: what follows from a plan (gaps, dates, money, a split), as pure functions.

May use domain.
Never changes a plan, never keeps anything, never shows anything.
"""
