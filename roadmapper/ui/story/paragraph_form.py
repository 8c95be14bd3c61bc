"""ParagraphForm: heading and text of a paragraph, how it will be printed, and what in it is no longer right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.entity import TEXT_LENGTH
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.story import Paragraph
from roadmapper.domain.wording import tr
from roadmapper.planning.story.filling import filled
from roadmapper.ui.scoreboard.words_edit import WordsEdit
from roadmapper.ui.story.words import flaws
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.text_edit import TextEdit

PAUSE = 2_500
LIVE = 120


class ParagraphForm(QWidget):
    """*written* is sent with a paragraph that says something else now, *confirmed* with the id of one that is right."""

    written = Signal(object)
    confirmed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._plan: Plan | None = None
        self._paragraph: Paragraph | None = None
        self._in_heading = False
        self.heading = WordsEdit()
        self.heading.setAccessibleName(tr("Heading"))
        self.heading.setPlaceholderText(tr("Heading"))
        self.text = TextEdit("", TEXT_LENGTH)
        self.text.setAccessibleName(tr("Text"))
        self.text.setPlaceholderText(tr("Text: plain words, with figures such as {revenue} in them"))
        self.flaws = PlainLabel().styled(colour=theme.palette.warning)
        self.right = QPushButton(tr("It is still right"))
        self.printed_heading = PlainLabel().styled(size=1.15, bold=True)
        self.printed_text = PlainLabel()
        self._lay_out()
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self.settle)
        self._live = QTimer(self, interval=LIVE, singleShot=True)
        self._live.timeout.connect(self.show_printed)
        self.heading.value_changed.connect(self._write)
        self.text.settled.connect(self._write)
        self.heading.textChanged.connect(self._typed)
        self.text.textChanged.connect(self._typed)
        self.heading.installEventFilter(self)
        self.text.installEventFilter(self)
        self.right.clicked.connect(self._confirm)

    @property
    def paragraph(self) -> Paragraph | None:
        """Return the paragraph that is shown, as it was when it was shown."""
        return self._paragraph

    def _lay_out(self) -> None:
        space = round(8 * self._theme.unit)
        colours = self._theme.palette
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(space)
        column.addWidget(self.heading)
        column.addWidget(self.text, 3)
        self._warning = QFrame()
        self._warning.setObjectName("stale")
        row = QHBoxLayout(self._warning)
        row.setContentsMargins(space, space, space, space)
        row.addWidget(self.flaws, 1)
        row.addWidget(self.right)
        self._warning.setStyleSheet(f"#stale {{ border: 1px solid {colours.warning}; border-radius: {space // 2}px; }}")
        column.addWidget(self._warning)
        column.addWidget(PlainLabel(tr("As it will be printed")).styled(colour=colours.secondary))
        paper = QFrame()
        paper.setObjectName("printed")
        paper.setAccessibleName(tr("As it will be printed"))
        inner = QVBoxLayout(paper)
        inner.setContentsMargins(2 * space, 2 * space, 2 * space, 2 * space)
        inner.addWidget(self.printed_heading)
        inner.addWidget(self.printed_text)
        inner.addStretch(1)
        paper.setStyleSheet(
            f"#printed {{ background: {colours.raised}; border: 1px solid {colours.line};"
            f" border-radius: {space // 2}px; }}"
        )
        column.addWidget(paper, 2)

    def show_paragraph(self, plan: Plan, paragraph: Paragraph | None, *, writable: bool) -> None:
        """Show a paragraph; what somebody is in the middle of typing into this one stays."""
        another = paragraph is None or self._paragraph is None or paragraph.id != self._paragraph.id
        self._plan, self._paragraph = plan, paragraph
        title, text = (paragraph.title, paragraph.text) if paragraph is not None else ("", "")
        if another:
            self._pause.stop()
            self.heading.set_value(title)
            self.text.renew(text)
            self.text.put_back()
            self._in_heading = False
        else:
            self.heading.renew(title)
            self.text.renew(text)
        self.heading.setReadOnly(not writable)
        self.text.setReadOnly(not writable)
        self.right.setVisible(writable)
        self.show_printed()

    def settle(self) -> None:
        """Hand over what was typed into heading and text, as one step."""
        self._pause.stop()
        if self.heading.dirty and not self.heading.settle():
            return
        self.text.settle()

    def insert(self, name: str) -> None:
        """Put a placeholder where the cursor stands, in the text or in the heading, and hand it over."""
        if self._paragraph is None or self.text.isReadOnly():
            return
        words = "{" + name + "}"
        field: QLineEdit | TextEdit
        if self._in_heading:
            self.heading.insert(words)
            field = self.heading
        else:
            self.text.insertPlainText(words)
            field = self.text
        field.setFocus()
        self.settle()

    def show_printed(self) -> None:
        """Show how what stands in the fields will be printed, and what in it is not right."""
        paragraph, plan = self._paragraph, self._plan
        self._live.stop()
        if paragraph is None or plan is None:
            self._warning.hide()
            self.printed_heading.setText("")
            self.printed_text.setText("")
            return
        try:
            typed = replace(paragraph, title=self.heading.text().strip(), text=self.text.toPlainText().strip())
        except Refused as refusal:
            self.printed_heading.setText("")
            self.printed_text.setText(str(refusal))
            return
        found = filled(plan, typed)
        same = typed.title == paragraph.title and typed.text == paragraph.text
        told = found if same else replace(found, stale=())  # who writes a text confirms its figures
        words = "\n".join(flaws(plan, told))
        self.flaws.setText(words)
        self._warning.setVisible(bool(words))
        self.right.setVisible(bool(told.stale) and not self.text.isReadOnly())
        self.printed_heading.setText(found.title)
        self.printed_heading.setVisible(bool(found.title))
        self.printed_text.setText(found.text)

    def _typed(self) -> None:
        self._live.start()
        if self.heading.dirty or self.text.dirty:
            self._pause.start()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note into which field somebody typed last: that is where a figure is put."""
        if event.type() == QEvent.Type.FocusIn:
            self._in_heading = watched is self.heading
        return False

    def _write(self) -> None:
        if self._paragraph is None:
            return
        self._pause.stop()
        try:
            written = replace(self._paragraph, title=self.heading.text().strip(), text=self.text.toPlainText().strip())
        except Refused:
            written = None
        self.written.emit(written)

    def _confirm(self) -> None:
        if self._paragraph is not None:
            self.confirmed.emit(str(self._paragraph.id))
