"""The timeline page: the painted view, the tree at its left, the inspector at its right.

May use what ui may use.
Never edits but through the editor.
"""
