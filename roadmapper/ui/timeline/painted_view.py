"""PaintedView: the strokes of the timeline, and what of them is painted anew at each step of a gesture."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Protocol

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPicture, QPixmap, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QWidget
from typing_extensions import override

from roadmapper.chart.batches import ScreenPainter
from roadmapper.chart.drag import Deed, Drag
from roadmapper.chart.lanes import Arrangement, Lanes
from roadmapper.chart.painter import HEADER, Painter, View, colour
from roadmapper.chart.pieces import Sheet
from roadmapper.chart.timescale import TimeScale
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.timeline.card import Line
from roadmapper.ui.timeline.card_painter import CardPicture, card_rect, spoken_of
from roadmapper.ui.timeline.picture import Scene, Spots, changed_by, paint_lanes, paint_links
from roadmapper.ui.timeline.selection import Selection

DOT_AT = 7


class Layer(Protocol):
    """Something that is painted beneath the bars or above them: shaded holidays, a baseline, a rubber band.

    What lies above is painted anew at each step of a gesture, unless it has an attribute *still* that is true.
    """

    def paint(self, painter: Painter, body: QRectF) -> None:
        """Paint it into *body*, the part of the viewport below the time header, to which strokes are clipped."""


class PaintedView(QAbstractScrollArea):
    """Paints what is visible of the lanes.

    During a drag all that it does not change is a picture painted once, and only what it does change is painted anew.
    """

    def __init__(self, editor: Editor, selection: Selection, theme: Theme, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.editor = editor
        self.selection = selection
        self.theme = theme
        self.today = today
        self.scale = TimeScale(editor.plan.roadmap.start, 1.4)
        self.lanes = Lanes((), (0.0,))
        self.arrangement = Arrangement()
        self.drag: Drag | None = None
        self.trial: Plan | None = None
        self.pushed: Collection[EntityId] = ()
        self.card: list[Line] = []
        self.pointer = QPointF()
        self.hovered: EntityId | None = None
        self.underlays: list[Layer] = []
        self.overlays: list[Layer] = []
        self._sheet: Sheet | None = None
        self._still: tuple[Scene, QPixmap] | None = None
        self._trying: tuple[Scene, QPixmap] | None = None
        self._card = CardPicture()
        self._clear: tuple[Scene, list[QRectF]] | None = None
        self._placed: tuple[tuple[float, float, int], QRectF] | None = None
        self._asked: tuple[Scene, QRegion] | None = None
        self._known: Scene | None = None

    @property
    def header(self) -> float:
        """Return the height of the time header in pixels."""
        return HEADER * self.theme.unit

    @property
    def left(self) -> float:
        """Return how far the picture is scrolled to the right."""
        return float(self.horizontalScrollBar().value())

    @property
    def top(self) -> float:
        """Return how far the picture is scrolled down."""
        return float(self.verticalScrollBar().value())

    def bar_rect(self, key: EntityId) -> QRectF | None:
        """Return where the bar of an increment stands in the viewport, or None if it is in no lane."""
        found = self.lanes.find(key)
        if found is None:
            return None
        number, bar = found
        painter = Painter(QPainter(), self.theme.palette, self._view())
        return painter.bar_rect(self._lane_rect(number), self.lanes.lanes[number], bar)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is visible: grid, lanes, links, today, header, and the gesture under way."""
        qp = QPainter(self.viewport())
        try:
            self._paint(qp, event.region())
        finally:
            qp.end()  # a painter left open would end the process before an error could be told

    def show_gesture(self) -> None:
        """Repaint what the gesture under way changes in the picture, and what it changed when this was last asked."""
        scene, before = self._scene(), self._asked
        marked = self._marked(scene)
        self._asked = scene, marked
        update = QRegion(marked)
        if before is not None:
            update += before[1]
            if before[0] is not scene:
                update += before[0].changed
        if before is None or before[0] is not scene:
            update += scene.changed
        self.viewport().update(update)

    def hover(self, key: EntityId | None) -> None:
        """Show the dot behind another bar than before, or behind none."""
        if key != self.hovered:
            before, self.hovered = self.hovered, key
            reach = 2 * DOT_AT * self.theme.unit
            for each in (before, key):
                rect = self.bar_rect(each) if each is not None else None
                if rect is not None:
                    dot = QRectF(rect.right() - reach, rect.center().y() - reach, 3 * reach, 2 * reach)
                    self.viewport().update(dot.toAlignedRect())

    def _marked(self, scene: Scene) -> QRegion:
        """Return where the layers that change with a gesture, its card and the arrow of a new link stand."""
        picture = QPicture()
        qp = QPainter(picture)
        try:
            painter = Painter(qp, self.theme.palette, scene.view)
            for layer in self.overlays:
                if not getattr(layer, "still", False):
                    layer.paint(painter, scene.body)
            self._paint_gesture(painter)
        finally:
            qp.end()
        rect = picture.boundingRect()
        region = QRegion(rect.adjusted(-4, -4, 4, 4)) if rect.isValid() else QRegion()
        if self.card:
            region += self._place_of_card(scene).toAlignedRect().adjusted(-2, -2, 2, 2)
        return region

    def _place_of_card(self, scene: Scene) -> QRectF:
        """Return where the card stands, worked out once for each step of the pointer."""
        if self._clear is None or self._clear[0] is not scene:
            self._clear = scene, spoken_of(scene)
            self._placed = None
        known = (self.pointer.x(), self.pointer.y(), len(self.card))
        if self._placed is None or self._placed[0] != known:
            rect = card_rect(self.card, self.pointer, scene.body, self.theme.unit, self._clear[1])
            self._placed = known, rect
        return self._placed[1]

    def _paint(self, qp: QPainter, region: QRegion) -> None:
        qp.setRenderHint(QPainter.RenderHint.Antialiasing)
        scene, area = self._scene(), QRectF(region.boundingRect())
        painter = self._painter(qp, scene, area)
        if self.drag is None or not self.drag.begun:
            self._still = self._trying = None
            self._paint_still(painter, scene.still)
        else:
            still = self._layer(scene, anew=area.contains(QRectF(self.viewport().rect())))
            qp.drawPixmap(0, 0, self._tried(scene, still))
        qp.setClipRect(scene.body)
        for layer in self.overlays:
            if not getattr(layer, "still", False):
                layer.paint(painter, scene.body)
        qp.setClipping(False)
        painter.today(scene.body, QRectF(0, 0, scene.size[0], self.header))
        self._paint_gesture(painter)
        self._paint_dot(painter)
        if self.card:
            self._card.paint(painter, self.card, self._place_of_card(scene))

    def _layer(self, scene: Scene, *, anew: bool) -> QPixmap:
        """Return the picture without what the gesture changes, painted once for as long as nothing else does."""
        ratio = self.viewport().devicePixelRatioF()
        still = scene.still
        if anew or self._still is None or not self._still[0].like(still) or self._still[1].devicePixelRatio() != ratio:
            pixmap = QPixmap(self.viewport().size() * ratio)
            pixmap.setDevicePixelRatio(ratio)
            qp = QPainter(pixmap)
            try:
                qp.setRenderHint(QPainter.RenderHint.Antialiasing)
                self._paint_still(self._painter(qp, still, QRectF(self.viewport().rect())), still)
            finally:
                qp.end()
            self._still, self._trying = (still, pixmap), None
        return self._still[1]

    def _tried(self, scene: Scene, still: QPixmap) -> QPixmap:
        """Return the picture with what the gesture changes in it, painted once for each day that it comes to."""
        before = self._trying
        if before is not None and before[0] is scene:
            return before[1]
        pixmap = before[1] if before is not None else still.copy()
        self._trying = None  # so that whoever looks at the picture may paint on it without a copy being made
        qp = QPainter(pixmap)
        try:
            qp.setRenderHint(QPainter.RenderHint.Antialiasing)
            if before is not None:
                qp.setClipRegion(before[0].changed)
                qp.drawPixmap(0, 0, still)
            if not scene.changed.isEmpty():
                qp.setClipRegion(scene.changed)
                painter = self._painter(qp, scene, QRectF(scene.changed.boundingRect()))
                painter.clip = scene.changed
                self._paint_body(painter, scene)
        finally:
            qp.end()
        self._trying = scene, pixmap
        return pixmap

    def _paint_still(self, painter: ScreenPainter, scene: Scene) -> None:
        if painter.area.bottom() > self.header:
            painter.qp.save()
            painter.qp.setClipRect(scene.body.intersected(painter.area))
            self._paint_body(painter, scene)
            painter.qp.restore()
        if painter.area.top() < self.header:
            painter.header(QRectF(0, 0, scene.size[0], self.header))

    def _paint_body(self, painter: ScreenPainter, scene: Scene) -> None:
        body = scene.body
        painter.qp.fillRect(painter.area, colour(self.theme.palette.surface))
        for layer in self.underlays:
            layer.paint(painter, body)
        painter.grid(body)
        paint_lanes(painter, scene)
        paint_links(painter, scene)
        for layer in self.overlays:
            if getattr(layer, "still", False):
                layer.paint(painter, body)

    def _painter(self, qp: QPainter, scene: Scene, area: QRectF) -> ScreenPainter:
        palette, unit, ratio = self.theme.palette, self.theme.unit, self.viewport().devicePixelRatioF()
        if self._sheet is None or (self._sheet.palette, self._sheet.unit, self._sheet.ratio) != (palette, unit, ratio):
            self._sheet = Sheet(palette, unit, ratio)
        return ScreenPainter(qp, palette, scene.view, area=area, sheet=self._sheet)

    def _scene(self) -> Scene:
        """Return what is to be painted; the lanes that a gesture changes are worked out once for each step of it."""
        drag = self.drag if self.drag is not None and self.drag.begun else None
        scene = Scene(
            plan=self.editor.plan,
            lanes=self.lanes,
            arrangement=self.arrangement,
            today=self.today,
            view=self._view(),
            header=self.header,
            top=self.top,
            size=self.viewport().size().toTuple(),
            trial=self.trial if drag is not None else None,
            moving=self.moving,
            pushed=self.pushed,
        )
        before = self._known
        if before is not None and scene.like(before):
            if (scene.trial, scene.moving) == (None, ()) == (before.trial, before.moving):
                return before
            if scene.trial is not None and scene.trial is before.trial:
                return before
            scene = replace(scene, spots=before.spots)
        elif before is not None and scene.knows(before):
            scene = replace(scene, spots=Spots(knots=before.spots.knots))
        scene = replace(scene, tried=scene.trials())
        self._known = scene = replace(scene, changed=changed_by(scene))
        return scene

    @property
    def moving(self) -> tuple[EntityId, ...]:
        """Return the increments that the gesture under way takes along."""
        return ()

    def _paint_gesture(self, painter: Painter) -> None:
        if self.drag is not None and self.drag.begun and self.drag.deed is Deed.LINK:
            start = QPointF(self.drag.x - self.left, self.drag.y)
            painter.arrow(start, self.pointer, self.theme.palette.accent)

    def _paint_dot(self, painter: Painter) -> None:
        """Paint the spot from which a link is drawn, behind the bar under the pointer and the one in focus."""
        unit = self.theme.unit
        if self.drag is not None or not self.editor.may_plan:
            return
        for key in {self.hovered, self.selection.focused}:
            rect = self.bar_rect(key) if key is not None and key in self.editor.plan.increments else None
            if rect is not None and rect.top() >= self.header:
                painter.qp.setPen(QPen(colour(self.theme.palette.secondary), 1.2 * unit))
                painter.qp.setBrush(colour(self.theme.palette.surface))
                painter.qp.drawEllipse(QPointF(rect.right() + DOT_AT * unit, rect.center().y()), 4 * unit, 4 * unit)

    def _lane_rect(self, number: int) -> QRectF:
        unit = self.theme.unit
        top = self.header + self.lanes.tops[number] * unit - self.top
        return QRectF(0, top, self.viewport().width(), self.lanes.lanes[number].height * unit)

    def _view(self) -> View:
        return View(
            scale=self.scale,
            left=self.left,
            unit=self.theme.unit,
            today=self.today,
            selected=self.selection.ids,
            focused=self.selection.focused if self.hasFocus() else None,
        )
