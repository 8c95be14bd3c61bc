"""The problems page: what is wrong with the plan, in words, and the way to each place.

May use what ui may use.
Never decides what is wrong: the laws do.
"""
