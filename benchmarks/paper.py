"""Paper: what a PDF takes beside a bare QPdfWriter that is handed the very same lines and letters, and its memory.

The floor paints what the pages hold - each line of text, each bar, diamond and line - with pens, fonts and places made
beforehand: nothing is decided while it paints, nothing is done to the file afterwards.
"""

from __future__ import annotations

import argparse
import gc
import os
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

if not __package__:  # started as a file and not as a module: the project lies one folder up
    sys.path.insert(0, str(Path(__file__).parents[1]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer, QIODevice, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QGuiApplication, QPainter, QPdfWriter, QPen, QPolygonF

from benchmarks.large import large_plan
from benchmarks.measure import ROOT, Figure, paired, tell
from roadmapper.chart.lanes import DIAMOND
from roadmapper.chart.painter import colour
from roadmapper.chart.palette import LIGHT
from roadmapper.domain.plan import Plan
from roadmapper.reports.documents import document_of
from roadmapper.reports.measure import FontMeasure, font_of
from roadmapper.reports.pages import (
    LEADING,
    Align,
    ArrowMark,
    BarMark,
    Box,
    DiamondMark,
    Document,
    Fill,
    FlagMark,
    HatchMark,
    Page,
    Rule,
    Text,
)
from roadmapper.reports.paper import Kind, Options
from roadmapper.reports.pdf import RESOLUTION, layout_for, load_fonts, paint_document, pdf_of_document
from roadmapper.reports.source import Source
from roadmapper.reports.strokes import BAR_TYPE, FINE, WEIGHTS, ink_of
from roadmapper.workspace.jobs import Progress

TODAY = date(2027, 3, 3)
LIMIT = 1.5
TILES = (10, 6)
PRINTS = 20
Stroke = tuple[Callable[..., Any], tuple[Any, ...]]


def source_of(plan: Plan, options: Options) -> Source:
    """Return what a sheet is made from."""
    return Source(plan, "3fa9c12e88ab77ddee0011223344", TODAY, options, FontMeasure(), "large.roadmap")


def strokes_of(page: Page, qp: QPainter) -> list[Stroke]:
    """Return the bare calls that paint a page, everything in them made beforehand."""
    made: list[Stroke] = []
    for item in page.items:
        if isinstance(item, Text):
            made += _letters(item, qp)
        elif isinstance(item, Rule):
            line = QLineF(item.x1 * FINE, item.y1 * FINE, item.x2 * FINE, item.y2 * FINE)
            made += [(qp.setPen, (_pen(item.ink, item.width * FINE),)), (qp.drawLine, (line,))]
        elif isinstance(item, Fill):
            made.append((qp.fillRect, (_rect(item.box), colour(ink_of(item.ink, LIGHT)))))
        elif isinstance(item, BarMark):
            made += _round(item, qp)
        elif isinstance(item, DiamondMark):
            middle, far = QPointF(item.x * FINE, item.y * FINE), DIAMOND * item.type / BAR_TYPE * FINE
            ends = (QPointF(0, -far), QPointF(far, 0), QPointF(0, far), QPointF(-far, 0))
            shape = QPolygonF([middle + end for end in ends])
            made += [(qp.setPen, (_pen("secondary", FINE),)), (qp.setBrush, (_brush(LIGHT.surface),))]
            made.append((qp.drawPolygon, (shape,)))
        elif isinstance(item, FlagMark):
            pole = QLineF(item.x * FINE, item.top * FINE, item.x * FINE, item.foot * FINE)
            made += [(qp.setPen, (_pen("accent", FINE),)), (qp.drawLine, (pole,))]
        elif isinstance(item, HatchMark):
            made += _hatch(item, qp)
        elif isinstance(item, ArrowMark):
            made += _arrow(item, qp)
    return made


def _letters(item: Text, qp: QPainter) -> list[Stroke]:
    font = font_of(round(item.size * FINE), WEIGHTS[item.weight])
    metrics = QFontMetricsF(font)
    made: list[Stroke] = [(qp.setFont, (font,)), (qp.setPen, (_pen(item.ink, 1.0),))]
    for n, line in enumerate(item.lines):
        free = item.box.width * FINE - metrics.horizontalAdvance(line)
        x = item.box.left * FINE + {Align.LEFT: 0.0, Align.CENTRE: free / 2, Align.RIGHT: free}[item.align]
        y = (item.box.top + (n + 1) * LEADING * item.size) * FINE - metrics.descent()
        made.append((qp.drawText, (QPointF(x, y), line)))
    return made


def _round(item: BarMark, qp: QPainter) -> list[Stroke]:
    accent, rect = LIGHT.accents[item.accent % len(LIGHT.accents)], _rect(item.box)
    radius = min(6 * item.type / BAR_TYPE * FINE, rect.width() / 3, rect.height() / 3)
    pen = QPen(colour(accent.full), 1.2 * item.type / BAR_TYPE * FINE)
    if not item.increment.usable:
        pen.setDashPattern([3, 2.4])
    return [(qp.setPen, (pen,)), (qp.setBrush, (_brush(accent.tint),)), (qp.drawRoundedRect, (rect, radius, radius))]


def _hatch(item: HatchMark, qp: QPainter) -> list[Stroke]:
    rect, step = _rect(item.box), 6 * item.type / BAR_TYPE * FINE
    count = int((rect.width() + rect.height()) / step) + 1
    lines = [
        QLineF(rect.left() + n * step - rect.height(), rect.bottom(), rect.left() + n * step, rect.top())
        for n in range(count)
    ]
    made: list[Stroke] = [(qp.save, ()), (qp.setPen, (_pen("bad", FINE),)), (qp.setBrush, (_brush(LIGHT.bad_tint),))]
    return [*made, (qp.drawRect, (rect,)), (qp.setClipRect, (rect,)), (qp.drawLines, (lines,)), (qp.restore, ())]


def _arrow(item: ArrowMark, qp: QPainter) -> list[Stroke]:
    corners = [QPointF(x * FINE, y * FINE) for x, y in item.corners]
    head, end = 0.6 * item.type * FINE, corners[-1]
    line, pen = QPolygonF(corners), _pen(item.ink, 0.11 * item.type * FINE)
    shape = QPolygonF([end, end + QPointF(-head, -head * 0.45), end + QPointF(-head, head * 0.45)])
    made: list[Stroke] = [(qp.setPen, (pen,)), (qp.drawPolyline, (line,))]
    made += [(qp.setBrush, (_brush(ink_of(item.ink, LIGHT)),)), (qp.setPen, (QPen(Qt.PenStyle.NoPen),))]
    return [*made, (qp.drawPolygon, (shape,)), (qp.drawEllipse, (corners[0], 0.4 * head, 0.4 * head))]


def _pen(ink: str, width: float) -> QPen:
    return QPen(colour(ink_of(ink, LIGHT)), width)


def _brush(name: str) -> QBrush:
    return QBrush(colour(name))


def _rect(box: Box) -> QRectF:
    return QRectF(*(side * FINE for side in box))


def bare(pages: tuple[Page, ...], strokes: dict[int, list[Stroke]], qp: QPainter) -> float:
    """Return the CPU seconds that the bare calls take, with the file they make."""
    begun = time.process_time()
    writer = _writer(pages[0])
    qp.begin(writer)
    qp.setRenderHint(QPainter.RenderHint.Antialiasing)
    for n, page in enumerate(pages):
        if n:
            writer.setPageLayout(layout_for(page))
            writer.newPage()
        for deed, arguments in strokes[n]:
            deed(*arguments)
    qp.end()
    return time.process_time() - begun


def _writer(page: Page) -> QPdfWriter:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    buffer.setParent(writer)
    writer.setResolution(RESOLUTION)
    writer.setPageLayout(layout_for(page))
    return writer


def timed(deed: Callable[[], object]) -> float:
    """Return the CPU seconds that a deed takes."""
    begun = time.process_time()
    deed()
    return time.process_time() - begun


def beside_bare(name: str, document: Document, source: Source, kind: Kind, runs: int) -> list[Figure]:
    """Return what painting, the whole file, and everything from the plan on take, beside the bare calls."""
    qp = QPainter()
    strokes = {n: strokes_of(page, qp) for n, page in enumerate(document.pages)}
    deeds: dict[str, Callable[[], object]] = {
        "painted": lambda: paint_document(document, _writer(document.pages[0]), RESOLUTION),
        "the whole file": lambda: pdf_of_document(document),
        "from the plan to the file": lambda: pdf_of_document(document_of(source, (kind,))),
    }
    found = []
    for what, deed in deeds.items():
        ours, floor = paired(runs, lambda deed=deed: timed(deed), lambda: bare(document.pages, strokes, qp))  # type: ignore[misc]
        found.append(Figure(f"{name}, {what}", runs, ours * 1000, "ms", floor * 1000))
    return found


def memory() -> float:
    """Return how many MB this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
    return pages * resource.getpagesize() / 1e6


def steady(document: Document) -> Figure:
    """Return how many MB twenty more prints leave behind, beside what the process held after two."""
    for _ in range(2):
        pdf_of_document(document)
    gc.collect()
    before = memory()
    for _ in range(PRINTS):
        pdf_of_document(document)
    gc.collect()
    return Figure(f"memory kept by {PRINTS} prints", PRINTS, memory() - before, "MB", before)


def main() -> int:
    """Measure, tell, and return 1 where the limit is not kept."""
    parser = argparse.ArgumentParser(description="What paper costs.")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each (default 5)")
    options = parser.parse_args()
    app = QGuiApplication.instance() or QGuiApplication([])
    load_fonts(ROOT / "resources")
    source = source_of(large_plan(1_000, 50), Options(paper="A3"))
    document = document_of(source, (Kind.ROADMAP,))
    figures = beside_bare("roadmap of 1,000 increments", document, source, Kind.ROADMAP, options.runs)
    figures.append(steady(document))
    told: list[int] = []
    wide = source_of(large_plan(10_000, 50), Options(paper="A3", tiles=TILES))
    begun = time.process_time()
    tiled = document_of(wide, (Kind.DETAIL,), Progress(lambda done, of: told.append(done)))
    made = time.process_time() - begun
    calls = len(told)
    pdf = timed(lambda: pdf_of_document(tiled, progress=Progress(lambda done, of: told.append(done))))
    name = f"10,000 increments on {len(tiled.pages)} pages"
    figures.append(Figure(f"{name}, described ({calls} words of progress)", 1, made, "s", pdf))
    figures += beside_bare(name, tiled, wide, Kind.DETAIL, 1)[1:2]
    tell(figures, as_json=options.json)
    del app
    return int(figures[1].ratio > LIMIT)


if __name__ == "__main__":
    raise SystemExit(main())
