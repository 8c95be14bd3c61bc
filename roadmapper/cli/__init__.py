"""The command line: the same deeds without a screen, one function a command.

May use everything but the screen.
Never asks back, never shows a traceback: answers on stdout, a refusal in one sentence on stderr.
"""
