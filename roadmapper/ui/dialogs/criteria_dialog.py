"""CriteriaDialog: what counts beside revenue, with anchors and swings; nothing is changed until it is saved."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QAction, QFontMetricsF, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.criterion import Criterion, Voice
from roadmapper.domain.entity import TITLE_LENGTH
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.roadmap import LONGEST_HORIZON
from roadmapper.domain.wording import tr, trn
from roadmapper.ui.dialogs.criteria_curve import ShareCurve
from roadmapper.ui.dialogs.criteria_rows import FIELDS, CriteriaRows, CriterionRow
from roadmapper.ui.dialogs.criteria_words import moves_text
from roadmapper.ui.dialogs.pairwise_edit import change_criteria
from roadmapper.ui.dialogs.sheet import Sheet, form, heading, row
from roadmapper.ui.widgets.fields import MoneyEdit
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps

LIST_WIDTH = 24
REST_MS = 200
LONGEST_BENDS = 1_000
ANCHOR_WIDTH = 11


class CriteriaDialog(Sheet):
    """Ask for the criteria and their scales, and say which investments a change would move."""

    def __init__(self, plan: Plan, voice: Voice, parent: QWidget | None = None) -> None:
        super().__init__(
            tr("What counts beside revenue"),
            tr("Each criterion has two fixed ends: what makes no difference, and the most you would plausibly see.")
            + " "
            + tr("A full swing is the way from the one to the other, and you say what it is worth a year."),
            tr("&Save"),
            parent,
        )
        self._plan = plan
        self._voice = voice
        self._rows = CriteriaRows(plan)
        self._said = ""
        self._warned = False
        self.criteria = QListWidget()
        self.fields = {name: QLineEdit() for name in FIELDS}
        self.curve = ShareCurve()
        self.moves = PlainLabel().styled(colour=self.colours.secondary)
        self.shelf_spin = QSpinBox()
        self.shelf_spin.setRange(1, LONGEST_HORIZON)
        self.shelf_spin.setValue(plan.roadmap.shelf_months)
        self.yardstick_edit = MoneyEdit(plan.roadmap.currency, plan.roadmap.yardstick)
        self.add_button = self._button(tr("&Add a criterion"), self.add, "Ins")
        self.delete_button = self._button(tr("&Delete it"), self.delete, "Del")
        self.up_button = self._button(tr("Move &up"), self.move_up, "Alt+Up")
        self.down_button = self._button(tr("Move do&wn"), self.move_down, "Alt+Down")
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self.show_moves)
        self._place()
        self._connect()
        self._list(0)

    def edit(self, plan: Plan) -> Plan:
        """Return *plan* with what was entered; raises Refused with the sentence that the dialog shows."""
        criteria, gone = self._rows.result()
        return change_criteria(plan, criteria, gone, self.shelf_spin.value(), self._yardstick())

    def add(self) -> None:
        """Add a criterion, and ask for its name."""
        self._rows.add()
        self._list(len(self._rows.rows) - 1)
        self.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def delete(self) -> None:
        """Delete the criterion, and say what goes with it."""
        found = self._row()
        if found is not None:
            said, at = self._rows.goes_along(found), self.criteria.currentRow()
            self._rows.rows.remove(found)
            self._list(min(at, len(self._rows.rows) - 1))
            self._said = said
            self._judge()

    def move_up(self) -> None:
        """Put the criterion before the one above it."""
        self._move(-1)

    def move_down(self) -> None:
        """Put the criterion behind the one below it."""
        self._move(1)

    def show_moves(self) -> None:
        """Say which investments the changes would move."""
        try:
            after = self.edit(self._plan)
        except Refused:
            return
        if after == self._plan:
            self.moves.setText(
                tr("Moving an anchor or a point changes the scores of all investments with a value for the criterion.")
                + " "
                + tr("Which would move is said here before you save.")
            )
        else:
            self.moves.setText(moves_text(self._plan, after, self._voice))

    @override
    def accept(self) -> None:
        """Close with the answer, unless something is wrong."""
        self.yardstick_edit.settle()
        self._judge()
        if self.take.isEnabled():
            super().accept()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc ask once more before what was typed is lost."""
        if event.matches(QKeySequence.StandardKey.Cancel) and not self._warned and self._changed():
            self._said = tr("What you entered is not saved: press Esc again to let it go.")
            self._judge()
            self._warned = True
            return
        super().keyPressEvent(event)

    def _button(self, words: str, deed: Callable[[], None], key: str) -> QPushButton:
        button = QPushButton(words)
        button.setAutoDefault(False)
        button.clicked.connect(deed)
        button.setToolTip(QKeySequence(key).toString())
        action = QAction(self.criteria)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(deed)
        self.criteria.addAction(action)
        return button

    def _place(self) -> None:
        self.criteria.setAccessibleName(tr("Criteria"))
        self.criteria.setStyleSheet(f"QListView::item {{ padding: {steps(self, 0.75)}px {steps(self, 0.5)}px; }}")
        self.criteria.setFixedWidth(steps(self, LIST_WIDTH))
        self.criteria.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.criteria.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        left = QVBoxLayout()
        left.setSpacing(steps(self))
        left.addWidget(heading(tr("Criteria")))
        left.addWidget(self.criteria, 1)
        pair = QHBoxLayout()
        pair.setSpacing(steps(self))
        for button in (self.up_button, self.down_button):
            pair.addWidget(button, 1)
        left.addLayout(pair)
        for button in (self.add_button, self.delete_button):
            left.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(steps(self, 1.5))
        right.addLayout(self._form())
        self.moves.setMinimumHeight(round(3 * QFontMetricsF(self.font()).lineSpacing()) + 1)
        self.moves.setAlignment(Qt.AlignmentFlag.AlignTop)
        right.addWidget(self.moves)
        right.addStretch(1)
        right.addWidget(heading(tr("For all criteria")))
        right.addLayout(self._scales())
        whole = QHBoxLayout()
        whole.setSpacing(steps(self, 3))
        whole.addLayout(left)
        whole.addLayout(right, 1)
        self.body.addLayout(whole, 1)
        self.want(124, 88)
        self.criteria.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form(self) -> QGridLayout:
        fields = self.fields
        for name, field in fields.items():
            limit(field, LONGEST_BENDS if name == "bends" else TITLE_LENGTH)
        fields["unit"].setPlaceholderText(tr("such as days, or nothing for points"))
        fields["worst_words"].setPlaceholderText(tr("in words, such as: as it is now"))
        fields["best_words"].setPlaceholderText(tr("in words, such as: nobody waits any more"))
        fields["bends"].setPlaceholderText(tr("none: a straight line; or such as 2 = 30 %; 4 = 80 %"))
        grid = form(self)
        row(grid, tr("&Name"), fields["title"])
        row(grid, tr("Un&it"), fields["unit"])
        for label, number, words in (
            (tr("Makes no di&fference"), "worst", "worst_words"),
            (tr("The &most we would see"), "best", "best_words"),
        ):
            beside = QWidget()
            line = QHBoxLayout(beside)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(steps(self))
            fields[number].setFixedWidth(steps(self, ANCHOR_WIDTH))
            line.addWidget(fields[number])
            line.addWidget(fields[words], 1)
            row(grid, label, beside).setBuddy(fields[number])
            fields[number].setMinimumHeight(beside.minimumHeight())
            fields[words].setMinimumHeight(beside.minimumHeight())
            beside.setFocusProxy(fields[number])
            fields[number].setAccessibleName(label.replace("&", ""))
            fields[words].setAccessibleName(tr("{label}, in words").format(label=label.replace("&", "")))
        row(
            grid, tr("&Points between"), fields["bends"], tr("value = share of the full swing, with semicolons between")
        )
        grid.addWidget(self.curve, grid.rowCount(), 1)
        for label, voice in (
            (tr("Worth a year: &CIO"), Voice.CIO),
            (tr("CM&O"), Voice.CMO),
            (tr("A&greed"), Voice.AGREED),
        ):
            fields[voice.value].setPlaceholderText(tr("not said yet"))
            row(grid, label, fields[voice.value], tr("What the full swing is worth a year, in money"))
        for voice, whom in ((Voice.CMO, tr("CMO")), (Voice.AGREED, tr("agreed"))):
            fields[voice.value].setAccessibleName(tr("Worth a year: {whom}").format(whom=whom))
        return grid

    def _scales(self) -> QGridLayout:
        grid = form(self)
        row(grid, tr("&Estimates hold for"), self.shelf_spin, tr("An older estimate is shown as ageing"))
        note = tr("The sum of money a year that full swings are compared with")
        row(grid, tr("&Yardstick of pairs"), self.yardstick_edit, note)
        return grid

    def _connect(self) -> None:
        self.criteria.currentRowChanged.connect(self._show_row)
        for field in self.fields.values():
            field.textEdited.connect(self._typed)
        self.yardstick_edit.textChanged.connect(self._judge)
        self.shelf_spin.valueChanged.connect(self._name_months)
        self._name_months()

    def _name_months(self) -> None:
        self.shelf_spin.setSuffix(" " + trn("month", "months", self.shelf_spin.value()))
        self._judge()

    def _row(self) -> CriterionRow | None:
        at = self.criteria.currentRow()
        return self._rows.rows[at] if 0 <= at < len(self._rows.rows) else None

    def _list(self, at: int) -> None:
        """List the criteria anew, and go to one."""
        with QSignalBlocker(self.criteria):
            self.criteria.clear()
            for found in self._rows.rows:
                self.criteria.addItem(self._rows.named(found))
            self.criteria.setCurrentRow(at)
        self._show_row()

    def _show_row(self) -> None:
        found = self._row()
        for name, field in self.fields.items():
            field.setText(found.texts[name] if found else "")
            field.setCursorPosition(0)
            field.setEnabled(found is not None)
        self._said = ""
        self._judge()

    def _typed(self) -> None:
        """Take what was typed."""
        found, item = self._row(), self.criteria.currentItem()
        if found is not None:
            found.texts = {name: field.text() for name, field in self.fields.items()}
            if item is not None:
                item.setText(self._rows.named(found))
        self._said = ""
        self._judge()

    def _move(self, by: int) -> None:
        if self._row() is not None:
            self._list(self._rows.move(self.criteria.currentRow(), by))

    def _yardstick(self) -> int:
        """Return the sum to compare with, in minor units; raises Refused where it is none."""
        amount = self.yardstick_edit.typed()
        if amount is None or amount <= 0:
            raise Refused(tr("The yardstick is missing: enter an amount above 0, such as 100000."))
        return amount

    def _changed(self) -> bool:
        try:
            return self.edit(self._plan) != self._plan
        except Refused:
            return True

    def _judge(self) -> None:
        """Show the curve, say what is wrong, and soon what would move."""
        self._warned = False
        found, wrong = self._row(), ""
        shown: Criterion | None = None
        try:
            shown = self._rows.criterion(found) if found is not None else None
            self._rows.result()
            self._yardstick()
        except Refused as refusal:
            wrong = str(refusal)
        self.curve.show_criterion(shown)
        at = self.criteria.currentRow()
        self.delete_button.setEnabled(found is not None)
        self.up_button.setEnabled(at > 0)
        self.down_button.setEnabled(0 <= at < len(self._rows.rows) - 1)
        self.refuse(wrong or self._said)
        self.take.setEnabled(not wrong)
        self._rest.start()
