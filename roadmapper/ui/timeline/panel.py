"""Panel: a column of headings, sections and rows of labelled fields, as the inspector shows them."""

from __future__ import annotations

from PySide6.QtWidgets import QFormLayout, QLayout, QVBoxLayout, QWidget

from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel


class Panel(QWidget):
    """Built from top to bottom; *first* is the field that takes the focus when details are asked for."""

    def __init__(self, theme: Theme, *, editable: bool) -> None:
        super().__init__()
        self._theme = theme
        self._editable = editable
        self.first: QWidget | None = None
        self.setObjectName("inspector")
        self.column = QVBoxLayout(self)
        space = round(16 * theme.unit)
        self.column.setContentsMargins(space, space, space, space)
        self.column.setSpacing(round(8 * theme.unit))

    def heading(self, above: str, title: str, below: str) -> None:
        """Say what this is about."""
        colour = self._theme.palette.secondary
        self.column.addWidget(PlainLabel(above).styled(size=0.92, colour=colour))
        self.column.addWidget(PlainLabel(title).styled(size=1.25, bold=True))
        if below:
            self.column.addWidget(PlainLabel(below).styled(size=0.95, colour=colour))

    def section(self, words: str) -> None:
        """Begin a section."""
        self.column.addSpacing(round(6 * self._theme.unit))
        self.column.addWidget(PlainLabel(words).styled(size=0.95, bold=True, colour=self._theme.palette.secondary))

    def form(self) -> QFormLayout:
        """Begin rows of labelled fields."""
        form = QFormLayout()
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(round(12 * self._theme.unit))
        form.setVerticalSpacing(round(6 * self._theme.unit))
        self.column.addLayout(form)
        return form

    def row(self, form: QFormLayout, words: str, field: QWidget | QLayout, name: str = "") -> None:
        """Add a field with its label; *name* lets the focus find it again when the panel is made anew."""
        label = PlainLabel(words, wrap=False).styled(colour=self._theme.palette.secondary)
        if isinstance(field, QWidget):
            field.setAccessibleName(words)
            field.setObjectName(name)
            if not isinstance(field, PlainLabel):
                field.setEnabled(self._editable)
                self.first = self.first or field
            label.setBuddy(field)
        form.addRow(label, field)
