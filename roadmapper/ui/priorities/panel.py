"""Panel: a column of headings, sections and rows of labelled fields, as the details of an investment show them."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtWidgets import QAbstractButton, QComboBox, QFormLayout, QLayout, QLineEdit, QVBoxLayout, QWidget

from roadmapper.planning.phrases import UNKNOWN
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel, unmarked


class Panel(QWidget):
    """Built from top to bottom; *first* is the field that takes the focus when details are asked for.

    Without *fields* there are none, nor buttons that change something: what they hold stands there as text.
    """

    def __init__(self, theme: Theme, *, editable: bool, fields: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._editable = editable
        self._fields = fields
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
        # A label with a buddy would take "&" for the mark of a key.
        label = PlainLabel(unmarked(words), wrap=False).styled(colour=self._theme.palette.secondary)
        if isinstance(field, QWidget) and not self._fields:
            field = told(field)
        if isinstance(field, QWidget):
            field.setAccessibleName(words)
            field.setObjectName(name)
            if not isinstance(field, PlainLabel):
                field.setEnabled(self._editable)
                self.first = self.first or field
            label.setBuddy(field)
        form.addRow(label, field)

    def settle(self, keep: Collection[str] = ()) -> None:
        """Take away what changes something, where there are to be no fields; buttons with the names in *keep* stay."""
        if self._fields:
            return
        for widget in self.findChildren(QWidget):
            if isinstance(widget, QAbstractButton | QComboBox | QLineEdit) and widget.objectName() not in keep:
                widget.hide()


def told(field: QWidget) -> QWidget:
    """Return a field as the text that stands in it; whatever else it is, as it is."""
    if isinstance(field, QLineEdit):
        return PlainLabel(field.text() or UNKNOWN).styled(bold=True)
    if isinstance(field, QComboBox):
        return PlainLabel(field.currentText() or UNKNOWN).styled(bold=True)
    return field
