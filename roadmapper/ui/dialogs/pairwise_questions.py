"""PairQuestions: two by two, which full swing is worth more, and how much more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QWidget

from roadmapper.domain.criterion import Judgement
from roadmapper.domain.entity import EntityId
from roadmapper.domain.wording import tr
from roadmapper.planning.ranking.pairwise import Element
from roadmapper.ui.dialogs.pairwise_words import RATIOS, said_text, scale_text
from roadmapper.ui.widgets.choice import Choice
from roadmapper.ui.widgets.labels import LineLabel, tip
from roadmapper.ui.widgets.looks import steps

Pair = tuple[EntityId, Element]
SCALE = (*reversed(RATIOS), *(1 / r for r in RATIOS[1:]))
"""The answers from the first counting 9 times the second to the second counting 9 times the first."""


class PairQuestions(QWidget):
    """A line for each pair: the one, how much more which of them is worth, the other; *answered* after each change."""

    answered = Signal()

    def __init__(self, pairs: Sequence[Pair], names: Mapping[Element, str], notes: Mapping[Element, str]) -> None:
        super().__init__()
        self._names = names
        self.boxes: dict[Pair, Choice] = {}
        self._labels: dict[Pair, tuple[LineLabel, LineLabel]] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(steps(self, 1.5))
        grid.setVerticalSpacing(steps(self, 0.75))
        for column, share in ((0, 1), (2, 1)):
            grid.setColumnStretch(column, share)
        for line, pair in enumerate(pairs):
            box, left, right = Choice(), LineLabel(), LineLabel()
            for label, element in ((left, pair[0]), (right, pair[1])):
                label.setToolTip(tip(notes.get(element, "")))
            box.currentIndexChanged.connect(self._changed)
            for column, widget in enumerate((left, box, right)):
                grid.addWidget(widget, line, column)
            self.boxes[pair], self._labels[pair] = box, (left, right)
        grid.setRowStretch(len(pairs), 1)
        self.name(names)

    def name(self, names: Mapping[Element, str]) -> None:
        """Call the elements something else."""
        self._names = names
        for pair, box in self.boxes.items():
            at = max(box.currentIndex(), 0)
            with QSignalBlocker(box):
                box.clear()
                box.addItem(tr("not answered"))
                for ratio in SCALE:
                    box.addItem(_arrow_text(ratio))
                    words = said_text(names, *pair, ratio)
                    box.setItemData(box.count() - 1, words, Qt.ItemDataRole.AccessibleTextRole)
                    box.setItemData(box.count() - 1, tip(words), Qt.ItemDataRole.ToolTipRole)
                box.setCurrentIndex(at)
            box.setMaxVisibleItems(len(SCALE) + 1)
            for label, element in zip(self._labels[pair], pair, strict=True):
                label.setText(names[element])
            self._weigh(pair)

    def show_answers(self, answers: Mapping[Pair, Judgement]) -> None:
        """Show answers that were given before."""
        for pair, answer in answers.items():
            with QSignalBlocker(self.boxes[pair]):
                self.answer(pair, nearest(answer.ratio))
            self._weigh(pair)

    def ratio(self, pair: Pair) -> float | None:
        """Return how many times the first of a pair is worth the second, None where nobody has said."""
        at = self.boxes[pair].currentIndex()
        return SCALE[at - 1] if at > 0 else None

    def answer(self, pair: Pair, ratio: float | None) -> None:
        """Answer a question as a hand would."""
        self.boxes[pair].setCurrentIndex(0 if ratio is None else 1 + SCALE.index(ratio))

    def _changed(self) -> None:
        for pair, box in self.boxes.items():
            if box is self.sender():
                self._weigh(pair)
        self.answered.emit()

    def _weigh(self, pair: Pair) -> None:
        """Set in bold which of a pair is worth more."""
        ratio = self.ratio(pair)
        more = (ratio is not None and ratio > 1, ratio is not None and ratio < 1)
        for label, bold in zip(self._labels[pair], more, strict=True):
            font = QFont(label.font())
            font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            label.setFont(font)
        words = tr("“{first}” against “{second}”").format(first=self._names[pair[0]], second=self._names[pair[1]])
        said = said_text(self._names, *pair, ratio) if ratio is not None else tr("not answered")
        self.boxes[pair].setAccessibleName(words)
        self.boxes[pair].setAccessibleDescription(said)


def _arrow_text(ratio: float) -> str:
    if ratio > 1:
        return f"◀  {scale_text(ratio)}"
    return f"{scale_text(1 / ratio)}  ▶" if ratio < 1 else scale_text(1)


def nearest(ratio: float) -> float:
    """Return the answer of the scale that is nearest to a ratio."""
    return min(SCALE, key=lambda step: max(step / ratio, ratio / step))
