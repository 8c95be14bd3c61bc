"""The screen: the window, its pages, its dialogs, and the editor through which every edit goes.

May use every room to its left, and Qt.
Never writes SQL, never computes what planning answers.
"""
