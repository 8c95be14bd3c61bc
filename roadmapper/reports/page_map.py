"""Page map: a small grid of all tiles on each of them, the present one filled; no Qt."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from roadmapper.reports.pages import Box, Fill, Item

CELL, GAP = (11.0, 7.0), 1.6
ACROSS, DOWN = 14, 5
"""So many cells are shown at most: those about the present one."""


def map_size(rows: int, columns: int, scale: float) -> tuple[float, float]:
    """Return width and height of the map of *rows* times *columns* tiles, in points."""
    across, down = min(columns, ACROSS), min(rows, DOWN)
    return across * (CELL[0] + GAP) * scale - GAP * scale, down * (CELL[1] + GAP) * scale - GAP * scale


def page_map(
    rows: int,
    columns: int,
    present: tuple[int, int],
    printed: Collection[tuple[int, int]],
    corner: tuple[float, float],
    scale: float,
) -> Iterator[Item]:
    """Yield the map with its upper right *corner* at x, y; a tile that is not printed has no edge.

    *present* and *printed* are rows and columns.
    """
    first_row, first_column = _window(present[0], rows, DOWN), _window(present[1], columns, ACROSS)
    width, _ = map_size(rows, columns, scale)
    left, top = corner[0] - width, corner[1]
    for row in range(first_row, first_row + min(rows, DOWN)):
        for column in range(first_column, first_column + min(columns, ACROSS)):
            box = Box(
                left + (column - first_column) * (CELL[0] + GAP) * scale,
                top + (row - first_row) * (CELL[1] + GAP) * scale,
                CELL[0] * scale,
                CELL[1] * scale,
            )
            if (row, column) == present:
                yield Fill(box, "accent", 1.0, "accent")
            elif (row, column) in printed:
                yield Fill(box, "surface", 1.0, "faint")
            else:
                yield Fill(box, "line", 1.0)


def _window(present: int, count: int, most: int) -> int:
    """Return the first of the cells that are shown."""
    return max(min(present - most // 2, count - most), 0)
