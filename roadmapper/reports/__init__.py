"""The paper: what goes on which page, and the PDF made of it.

May use every room up to chart, and Qt for painting.
Never paints what the chart can paint, never edits.
"""
