"""ProofView: what there is to know of a print before it goes out - a line, and below it every single point."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from roadmapper.domain.wording import tr, trn
from roadmapper.reports.pages import LEAST_TYPE, Document
from roadmapper.reports.proof import Proof
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps

PAGE = Qt.ItemDataRole.UserRole
ROWS = 5
GOOD, LOOK, BAD = "✓", "!", "✕"


def line_of(proof: Proof) -> str:
    """Return the proof in a line: pages, smallest type, labels, legend, what is left out, what is stale."""
    found = [trn("{n} page {paper}", "{n} pages {paper}", proof.pages, paper=", ".join(proof.papers))]
    if proof.smallest:
        found.append(tr("smallest type {size} pt").format(size=f"{proof.smallest:.1f}"))
    short = len(proof.shortened)
    found.append(trn("{n} label shortened", "{n} labels shortened", short) if short else tr("all labels whole"))
    bare = len(proof.without_legend)
    found.append(trn("{n} page without legend", "{n} pages without legend", bare) if bare else tr("legend there"))
    clashing = len(proof.overlapping) + len(proof.leaving)
    if proof.struck:
        found.append(trn("{n} word struck by a line", "{n} words struck by a line", len(proof.struck)))
    if clashing:
        found.append(trn("{n} overlap", "{n} overlaps", clashing))
    if proof.left_out:
        found.append(trn("{n} note on what is left out", "{n} notes on what is left out", len(proof.left_out)))
    if proof.stale:
        found.append(trn("{n} paragraph to look at", "{n} paragraphs to look at", len(proof.stale)))
    return ", ".join(found)


def points_of(proof: Proof, document: Document) -> list[tuple[str, int | None]]:
    """Return each point that is not as it should be, with its page (counted from 0) where it has one."""
    first: dict[str, int] = {}
    for n, page in enumerate(document.pages):
        first.setdefault(page.number, n)
    numbers = [*proof.without_legend]
    numbers += [hit.page for hit in (*proof.leaving, *proof.struck, *proof.overlapping)]
    numbers += [label.page for label in proof.shortened]
    places: list[int | None] = [first.get(number) for number in numbers]
    places += [None] * (len(proof.left_out) + len(proof.stale))
    points = list(zip(proof.sentences[len(proof.sentences) - len(places) :], places, strict=True))
    if 0 < proof.smallest < LEAST_TYPE - 0.05:
        words = tr("The smallest type is {size} pt: less than {least} pt does not read on paper.")
        small = words.format(size=f"{proof.smallest:.1f}", least=f"{LEAST_TYPE:g}")
        sizes = ((text.size, n) for n, page in enumerate(document.pages) for text in page.texts() if any(text.lines))
        points.insert(0, (small, min(sizes)[1]))
    return points


class ProofView(QWidget):
    """Says whether a print can go out. *wanted* is sent with the page (counted from 0) of a point that is chosen."""

    wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Print proof"))
        self.sign = PlainLabel(wrap=False).styled(bold=True)
        self.sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sign.setFixedSize(steps(self, 2.5), steps(self, 2.5))
        self.verdict = PlainLabel().styled(bold=True)
        self.line = PlainLabel()
        self.more = QPushButton(tr("Details"))
        self.more.setCheckable(True)
        self.more.setAutoDefault(False)
        self.points = QListWidget()
        self.points.setAccessibleName(tr("Points of the proof; Enter leads to the page"))
        self.points.setWordWrap(True)
        self.points.setStyleSheet(f"QListView::item {{ padding-left: {steps(self, 1.5)}px; }}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.verdict)
        words.addWidget(self.line)
        row = QHBoxLayout()
        row.setContentsMargins(steps(self, 2), steps(self), steps(self, 2), steps(self))
        row.setSpacing(steps(self, 1.5))
        row.addWidget(self.sign)
        row.addLayout(words, 1)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.points)
        self.more.toggled.connect(self.points.setVisible)
        self.points.itemActivated.connect(self._lead)
        self.points.itemClicked.connect(self._lead)
        self.points.hide()
        self.tell(tr("Making the pages…"))

    def tell(self, words: str) -> None:
        """Say why there is no proof."""
        self._dress("", palette_of(self).secondary)
        self.verdict.setText(words)
        self.line.setText("")
        self._offer([])

    def show_proof(self, proof: Proof, document: Document) -> None:
        """Show what there is to know."""
        worn = palette_of(self)
        if proof.faults:
            self._dress(BAD, worn.bad)
        elif not proof.ready:
            self._dress(LOOK, worn.warning)
        else:
            self._dress(GOOD, worn.good)
        self.verdict.setText(proof.verdict)
        self.line.setText(line_of(proof))
        self.setAccessibleDescription(f"{proof.verdict} {line_of(proof)}")
        self._offer(points_of(proof, document))

    def _dress(self, sign: str, colour: str) -> None:
        self.sign.setText(sign)
        ring = f"border: {max(1, steps(self, 0.2))}px solid {colour}; border-radius: {steps(self, 2.5) // 2}px;"
        self.sign.setStyleSheet(f"color: {colour}; {ring if sign else ''}")
        self.verdict.setStyleSheet(f"color: {colour}")

    def _offer(self, points: list[tuple[str, int | None]]) -> None:
        self.points.clear()
        for words, page in points:
            item = QListWidgetItem(words)
            item.setData(PAGE, page)
            item.setSizeHint(QSize(0, steps(self, 3.5)))
            self.points.addItem(item)
        self.points.setFixedHeight(min(len(points), ROWS) * steps(self, 3.5) + 2)
        self.more.setVisible(bool(points))
        self.more.setText(trn("Details ({n})", "Details ({n})", len(points)))
        self.points.setVisible(bool(points) and self.more.isChecked())

    def _lead(self, item: QListWidgetItem) -> None:
        page = item.data(PAGE)
        if page is not None:
            self.wanted.emit(int(page))
