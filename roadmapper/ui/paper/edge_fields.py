"""EdgeFields: what stands in header and footer of every page, with the fields that fill themselves, and the logo."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QAction, QFocusEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.paper import FOOTER, Edges
from roadmapper.ui.dialogs.sheet import form as grid_of
from roadmapper.ui.dialogs.sheet import row
from roadmapper.ui.paper.form import PARTS, Form, Logo
from roadmapper.ui.paper.logo import read_logo
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import palette_of, steps

LONGEST = 200
PAUSE_MS = 300


class _Field(QLineEdit):
    """A line of words; *entered* is sent when it gets the focus."""

    entered = Signal(object)

    @override
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self)


class EdgeFields(QWidget):
    """Left, middle and right of header and footer. *changed* is sent when something else is to stand there."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logo: Logo | None = None
        names = {
            "header": (tr("Header, left"), tr("Header, middle"), tr("Header, right")),
            "footer": (tr("Footer, left"), tr("Footer, middle"), tr("Footer, right")),
        }
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.changed)
        grid: QGridLayout = grid_of(self)
        self.fields: dict[str, list[_Field]] = {}
        for edge, words in names.items():
            self.fields[edge] = []
            for name in words:
                field = _Field()
                limit(field, LONGEST)
                row(grid, name, field)
                field.textEdited.connect(self._typed)
                field.entered.connect(self._enter)
                self.fields[edge].append(field)
        self._last = self.fields["footer"][0]
        self.insert = QPushButton(tr("Inser&t a field"))
        self.insert.setAutoDefault(False)
        self.insert.setAccessibleDescription(tr("Puts a field that fills itself where the cursor was last."))
        self.insert.setMenu(self._menu())
        self._make_logo()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(steps(self))
        column.addLayout(grid)
        column.addWidget(self.insert)
        column.addLayout(self._logo_row)
        column.addWidget(self.logo_name)
        column.addWidget(self.why)
        self.show_form(Form())

    def _make_logo(self) -> None:
        self.choose = QPushButton(tr("Choose a logo…"))
        self.remove = QPushButton(tr("Without"))
        self.remove.setAccessibleName(tr("Without a logo"))
        self.logo_name = LineLabel()
        self.why = PlainLabel().styled(colour=palette_of(self).bad)
        self.why.hide()
        line = self._logo_row = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self.choose, self.remove):
            part.setAutoDefault(False)
            line.addWidget(part)
        line.addStretch(1)
        self.choose.clicked.connect(self._choose)
        self.remove.clicked.connect(self._remove)

    def put_into(self, form: Form) -> Form:
        """Return the form with what is to stand at the edges."""
        usual = Edges(*(tr(getattr(FOOTER, part)) if getattr(FOOTER, part) else "" for part in PARTS))
        footer = Edges(*(field.text() for field in self.fields["footer"]))
        return replace(
            form,
            header=Edges(*(field.text() for field in self.fields["header"])),
            footer=FOOTER if footer == usual else footer,
            logo=self._logo,
        )

    def show_form(self, form: Form) -> None:
        """Show what stands at the edges of a form, without telling anybody."""
        for edge, parts in (("header", form.header), ("footer", form.footer)):
            for field, part in zip(self.fields[edge], PARTS, strict=True):
                words = getattr(parts, part)
                field.setText(tr(words) if words and parts == FOOTER else words)
                field.setCursorPosition(0)
        self._logo = form.logo
        self._show_logo()

    def take_logo(self, path: Path) -> None:
        """Put the picture in a file on each page, or say why it cannot be."""
        try:
            self._logo = read_logo(path)
        except Refused as refusal:
            self.why.setText(str(refusal))
            self.why.show()
            return
        self._show_logo()
        self.changed.emit()

    def _choose(self) -> None:
        dialog = QFileDialog(self, tr("Choose a logo"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("Pictures") + " (*.png *.jpg *.jpeg *.svg)")
        wanted = bool(dialog.exec())
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        if wanted and chosen:
            self.take_logo(Path(chosen[0]))

    def _remove(self) -> None:
        self._logo = None
        self._show_logo()
        self.changed.emit()

    def _show_logo(self) -> None:
        self.why.hide()
        self.remove.setVisible(self._logo is not None)
        self.logo_name.setText(Path(self._logo.path).name if self._logo is not None else "")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        for name, words in (
            ("title", tr("Title of the print")),
            ("sheet", tr("Title of the sheet")),
            ("owner", tr("Owner of the roadmap")),
            ("day", tr("Day of printing")),
            ("file", tr("Name of the file")),
            ("journal", tr("Head of the journal")),
            ("page", tr("Number of the page")),
            ("pages", tr("Number of pages")),
        ):
            action = menu.addAction(f"{words}\t{{{name}}}")
            action.setData("{" + name + "}")
            action.triggered.connect(self._insert)
        return menu

    def _enter(self, field: _Field) -> None:
        self._last = field

    def _insert(self) -> None:
        action: QObject = self.sender()
        if isinstance(action, QAction):
            self._last.insert(str(action.data()))
            self._last.setFocus()
            self._pause.start()

    def _typed(self) -> None:
        self._pause.start()
