"""Splitting: from scope items to increments - a plan at once, a better one soon, the best one where it can be proven.

May use domain, and of the planning room only scheduling.
Never knows calendar days or currencies: only weeks, people and minor units. OR-Tools lives in its own process alone.
"""
