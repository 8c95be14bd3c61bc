"""Checkpoints: the page where the CMO sees what is ready, what changed and what is asked, and decides.

May use what the screen may use.
Never changes the plan itself: what is decided goes through the editor, and every figure comes from planning.
"""
