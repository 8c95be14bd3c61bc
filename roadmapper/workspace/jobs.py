"""Jobs: how long work says how far it is, and how it is told to stop."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event


class Cancelled(Exception):
    """Somebody no longer wants the result."""


class Progress:
    """Handed to long work, which calls it now and then; it passes on how far the work is, or stops it."""

    def __init__(self, told: Callable[[int, int], None]) -> None:
        self._told = told
        self._stop = Event()

    def cancel(self) -> None:
        """Stop the work at its next step; may be called from any thread."""
        self._stop.set()

    def __call__(self, done: int, of: int) -> None:
        """Say that *done* of *of* steps are done; raises Cancelled when the result is no longer wanted."""
        if self._stop.is_set():
            raise Cancelled
        self._told(done, of)
