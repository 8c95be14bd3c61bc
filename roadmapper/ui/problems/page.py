"""ProblemsPage: everything the laws find wrong, one sentence a row; Enter or a double click leads to the place."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from roadmapper.domain.laws import Problem, problems_of
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import problem_text
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel

SHORT_WAIT = 150
FEW = 40


class ProblemsPage(QWidget):
    """A list that is read anew after each change, a moment later, so that it never slows an edit."""

    title = "Problems"
    counted = Signal(int)
    wanted = Signal(str)

    def __init__(self, editor: Editor, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._editor = editor
        self._problems: list[Problem] = []
        self.setAccessibleName(tr(self.title))
        self._heading = PlainLabel().styled(size=1.3, bold=True)
        self._hint = PlainLabel().styled(colour=theme.palette.secondary)
        self.list = QTreeWidget(self)
        self.list.setHeaderHidden(True)
        self.list.setObjectName("problems")
        self.list.setAccessibleName(tr("Problems of the plan"))
        self.list.setWordWrap(True)
        self.list.setRootIsDecorated(True)
        self.list.activated.connect(self._go)
        space = round(24 * theme.unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.addWidget(self._heading)
        column.addWidget(self._hint)
        column.addWidget(self.list, 1)
        column.addStretch(0)
        self.setFocusProxy(self.list)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SHORT_WAIT)
        self._soon.timeout.connect(self.refresh)
        editor.opened.connect(self._soon.start)
        editor.changed.connect(self._later)

    def _later(self) -> None:
        self._soon.start()

    def refresh(self) -> None:
        """Ask the laws anew."""
        plan = self._editor.plan
        self._problems = problems_of(plan)
        words = trn("{n} problem in the plan", "{n} problems in the plan", len(self._problems))
        self._heading.setText(words if self._problems else tr("Nothing is wrong with this plan"))
        some = tr("None of this is forbidden: a plan in work may be imperfect. Enter leads to the place.")
        none = tr("No silence is longer than agreed, every increment gives marketing something, nothing is missing.")
        self._hint.setText(some if self._problems else none)
        self.list.setVisible(bool(self._problems))
        self.list.clear()
        groups = Counter(problem.project for problem in self._problems)
        for project, count in groups.items():
            words = f"{plan.projects[project].title} ({count})"
            top = QTreeWidgetItem(self.list, [words])
            font = top.font(0)
            font.setWeight(QFont.Weight.DemiBold)
            top.setFont(0, font)
            for number, problem in enumerate(self._problems):
                if problem.project == project:
                    item = QTreeWidgetItem(top, [problem_text(plan, problem)])
                    item.setData(0, Qt.ItemDataRole.UserRole, number)
            top.setExpanded(len(self._problems) <= FEW or len(groups) == 1)
        self.counted.emit(len(self._problems))

    def _go(self, index: QModelIndex) -> None:
        number = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(number, int):
            return
        about, plan = self._problems[number].about, self._editor.plan
        if about in plan.links:
            about = plan.links[about].after
        if about in plan.increments or about in plan.projects:
            self.wanted.emit(about)
        else:
            self.refresh()  # an edit took it away a moment ago
