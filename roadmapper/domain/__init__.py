"""The nouns: frozen values that cannot be built wrong, the Plan that holds them, and the Delta between two plans.

Uses the standard library only.
Never asks a file, a clock, a database or a screen.
"""
