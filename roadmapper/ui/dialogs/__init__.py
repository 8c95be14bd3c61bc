"""The dialogs: each holds one answer and shows what it would lead to.

May use what ui may use.
Never edits: the caller does.
"""
