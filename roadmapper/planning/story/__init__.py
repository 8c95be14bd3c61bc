"""The story: what the placeholders of its texts stand for now, and which texts were written for other figures.

May use what planning may use.
Never formats a page, never writes a text by itself.
"""
