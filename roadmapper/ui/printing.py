"""Printing: opens the print dialog, from every page with the sheet that fits it - the one place that does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from roadmapper.domain.dates import DateSpan
from roadmapper.domain.entity import EntityId
from roadmapper.domain.role import Role
from roadmapper.reports.paper import Kind
from roadmapper.ui.editor import Editor
from roadmapper.ui.file_deeds import FileDeeds
from roadmapper.ui.pages import Pages
from roadmapper.ui.settings import Settings
from roadmapper.ui.timeline.painted_view import PaintedView
from roadmapper.workspace.session import Session
from roadmapper.workspace.written import confirmations

SHEETS: Mapping[str, Kind] = {
    "show_timeline": Kind.ROADMAP,
    "show_priorities": Kind.PRIORITIES,
    "show_checkpoints": Kind.REVIEW,
    "show_story": Kind.BOARD_PACK,
}
"""The sheet that fits a page; the roadmap where none is named."""
LEAST_SEEN = 100


class PrintDeeds(QObject):
    """The commands that print. *said* is sent with what was done, for the status line."""

    said = Signal(str)

    def __init__(
        self,
        editor: Editor,
        files: FileDeeds,
        canvas: PaintedView,
        settings: Settings,
        session: Session,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._editor, self._files, self._canvas = editor, files, canvas
        self._settings, self._session, self._window = settings, session, window
        self._pages: Pages | None = None

    def introduce(self, session: Session) -> None:
        """Print for somebody else from now on."""
        self._session = session

    def follow(self, pages: Pages) -> None:
        """Print what suits the page that is shown."""
        self._pages = pages

    def preview(self) -> None:
        """Show the pages."""
        self._print_shown("print")

    def print_page(self) -> None:
        """Print the sheet of the page that is shown."""
        self._print_shown("print")

    def export_pdf(self) -> None:
        """Write the sheet of the page that is shown as PDF."""
        self._print_shown("pdf")

    def print_sheet(self, kind: str, checkpoint: object) -> None:
        """Print one sheet; *checkpoint* is that of a review sheet, None for each that is due."""
        self.open_print_dialog((Kind(kind),), checkpoint=EntityId(str(checkpoint)) if checkpoint else None)

    def open_print_dialog(
        self, kinds: Sequence[Kind], *, checkpoint: EntityId | None = None, main: str = "print"
    ) -> QWidget:
        """Open the dialog over the window with these sheets chosen, and return it; *main* is ``print`` or ``pdf``."""
        # Neither printers nor the sheets are there for the start.
        dialogs: Any = import_module("roadmapper.ui.paper.print_dialog")
        forms: Any = import_module("roadmapper.ui.paper.form")
        subjects: Any = import_module("roadmapper.ui.paper.subject")
        today, head = self._files.stamp()
        reader = self._session.who if self._editor.role is Role.REVIEWER else ""
        plan_at = self._editor.plan_at
        path, seen = self._files.path, self._seen()
        subject = subjects.Subject(self._editor.plan, head, today, path, seen, reader, plan_at, self._confirmed)
        form = forms.Form(kinds=tuple(kinds), checkpoint=checkpoint)
        dialog: Any = dialogs.PrintDialog(subject, self._settings, form, dialogs.Main(main), self._window)
        dialog.said.connect(self.said)
        dialog.open()
        found: QWidget = dialog
        return found

    def _print_shown(self, main: str) -> None:
        kind, checkpoint = Kind.ROADMAP, None
        if self._pages is not None:
            kind = SHEETS.get(self._pages.name, Kind.ROADMAP)
            if kind is Kind.REVIEW:
                checkpoint = getattr(self._pages.shown, "current", None)
                kind = kind if checkpoint is not None else Kind.LEDGER
        self.open_print_dialog((kind,), checkpoint=checkpoint, main=main)

    def _confirmed(self) -> Mapping[EntityId, str]:
        """Return by whom and when each paragraph of the story was last written or confirmed."""
        editor = self._editor
        return confirmations(editor.plan.paragraphs, editor.steps(), editor.delta)

    def _seen(self) -> DateSpan | None:
        """Return the days of the roadmap that the timeline shows; None where it shows none of them."""
        canvas, span = self._canvas, self._editor.plan.roadmap.span
        wide = canvas.viewport().width()
        if wide < LEAST_SEEN:
            return None
        first, last = canvas.scale.day(canvas.left), canvas.scale.day(canvas.left + wide)
        start, end = max(first, span.start), min(last, span.end)
        return DateSpan(start, end) if start < end else None
