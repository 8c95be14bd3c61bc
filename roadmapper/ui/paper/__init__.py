"""Paper: asks what is printed and how, shows the very pages, and sends them to a printer, a file or the clipboard.

May use the reports and the widgets; never lays out a page itself, and never changes the plan.
"""
