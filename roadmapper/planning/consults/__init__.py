"""Consults: when the CMO is asked, what changed since the last look, what was answered and how long nothing was said.

May use domain and the rest of planning.
Never changes a plan: it says what is, and proposes what to place.
"""
