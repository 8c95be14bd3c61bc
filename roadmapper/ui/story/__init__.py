"""The story: where the words of the board pack are written, with the figures of the plan in them.

May use what a page may use.
Never computes a figure, never lays out a page of paper.
"""
