"""Ranking: which investment gives most for the effort, how sure that is, and what fits - with every term of every sum.

May use domain.
Never looks at the list to score one of its members: a score depends on the investment and the fixed scales alone.
"""
