"""PrintDialog: what is printed and how at the left, the very pages at the right, and where they go below."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.reports.pages import Document
from roadmapper.ui.dialogs.sheet import rule
from roadmapper.ui.paper.foot import Foot
from roadmapper.ui.paper.form import Form, options_of, recalled, remembered
from roadmapper.ui.paper.logo import read_logo
from roadmapper.ui.paper.making import Making, State, Wanted
from roadmapper.ui.paper.options_panel import OptionsPanel
from roadmapper.ui.paper.outputs import Work, ask_pdf, ask_picture, ask_printer, copy_page
from roadmapper.ui.paper.page_bar import PageBar
from roadmapper.ui.paper.page_images import PageImages
from roadmapper.ui.paper.page_view import PageView
from roadmapper.ui.paper.proof_view import ProofView
from roadmapper.ui.paper.subject import Subject
from roadmapper.ui.paper.thumbnails import Thumbnails
from roadmapper.ui.paper.waiting import Waiting
from roadmapper.ui.settings import Settings
from roadmapper.ui.widgets.looks import palette_of, steps

KEPT = "paper"
WIDE, HIGH = 168, 112
MOST_OF_SCREEN = 0.94
NARROW = 120
STYLE = """
#options {{ border-right: 1px solid {line}; }}
#fold {{ border: none; text-align: left; font-weight: 600; background: transparent; color: {text}; }}
#fold:focus {{ border: 2px solid {accent}; }}
#bar {{ background: {surface}; color: {text}; border: 1px solid {strong_line}; border-radius: 5px; padding: 0 6px; }}
#bar:hover, #bar:checked {{ background: {accent_tint}; }}
#bar:checked {{ border-color: {accent}; }}
#bar:focus {{ border: 2px solid {accent}; }}
#bar:disabled {{ color: {faint}; background: {window}; }}
QPushButton:default:disabled {{ background: {window}; color: {faint}; border-color: {strong_line}; }}
QSpinBox::up-button, QSpinBox::down-button, QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{
    width: 0px; border: none;
}}
QDoubleSpinBox {{
    background: {surface}; color: {text}; border: 1px solid {strong_line}; border-radius: 5px; padding: 3px 6px;
}}
QProgressBar {{ background: {window}; border: 1px solid {strong_line}; border-radius: 3px; max-height: 8px; }}
QProgressBar::chunk {{ background: {accent}; }}
"""
NAMES = ("line", "strong_line", "text", "accent", "accent_tint", "surface", "faint", "window")


class Main(StrEnum):
    """What the dialog was opened for: which button is the main one."""

    PRINT = "print"
    PDF = "pdf"


def usual_paper() -> str:
    """Return the paper of the country."""
    american = QLocale().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return "Letter" if american else "A4"


class PrintDialog(QDialog):
    """Asks how a roadmap is printed, and prints it. *said* is sent with what was done."""

    said = Signal(str)

    def __init__(
        self, subject: Subject, settings: Settings, usual: Form, main: Main, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Print “{title}”").format(title=" ".join(subject.plan.roadmap.title.split())))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._subject, self._settings = subject, settings
        self._sized = False
        self._usual = replace(usual, paper=usual_paper())
        worn = palette_of(self)
        self.setStyleSheet(STYLE.format(**{name: getattr(worn, name) for name in NAMES}))
        self.making = Making(self)
        self.options = OptionsPanel(subject.plan, subject.view, subject.today)
        self.options.setObjectName("options")
        self.images = PageImages(self)
        self.view = PageView(self.images)
        self.pages = PageBar(self.view)
        self.thumbnails = Thumbnails()
        self.waiting = Waiting()
        self.proof = ProofView()
        self.usual = QPushButton(tr("&Back to the usual"))
        self.usual.setAutoDefault(False)
        self.print = QPushButton(tr("&Print…"))
        self.pdf = QPushButton(tr("Save as PD&F…"))
        self.picture = QPushButton(tr("Save as pictur&e…"))
        self.copy = QPushButton(tr("&Copy picture"))
        self.copy.setToolTip(tr("Puts the page that is shown on the clipboard (Ctrl+C in the preview)."))
        self.close_button = QPushButton(tr("Close"))
        first, second = (self.pdf, self.print) if main is Main.PDF else (self.print, self.pdf)
        self._buttons = (first, second, self.picture, self.copy)
        self.foot = Foot(self._buttons, self.close_button)
        self._lay_out()
        self._connect()
        first.setDefault(True)
        self._begin()

    @property
    def document(self) -> Document | None:
        """Return the pages of what is chosen; None while they are not there."""
        return self.making.made.document if self.making.made is not None else None

    def _begin(self) -> None:
        form, logo = recalled(self._settings.text(KEPT), self._usual)
        if logo:
            try:
                form = replace(form, logo=read_logo(Path(logo)))
            except Refused as refusal:
                self.foot.say(str(refusal), bad=True)
        self.options.show_form(form)
        self._want(soon=False)
        self.view.setFocus()

    def _lay_out(self) -> None:
        upper = QHBoxLayout()
        upper.setSpacing(0)
        upper.addLayout(self._left_side())
        upper.addLayout(self._right_side(), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(upper, 1)
        column.addWidget(rule(self))
        column.addWidget(self.foot)

    def _left_side(self) -> QVBoxLayout:
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.options, 1)
        below = QHBoxLayout()
        below.setContentsMargins(steps(self, 2), steps(self), steps(self, 2), steps(self))
        below.addWidget(self.usual)
        below.addStretch(1)
        left.addWidget(rule(self))
        left.addLayout(below)
        return left

    def _right_side(self) -> QVBoxLayout:
        self._stack = QStackedWidget()
        shown = QWidget()
        beside = QHBoxLayout(shown)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.thumbnails)
        beside.addWidget(self.view, 1)
        self._stack.addWidget(shown)
        self._stack.addWidget(self.waiting)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.pages)
        right.addWidget(rule(self))
        right.addWidget(self._stack, 1)
        right.addWidget(rule(self))
        right.addWidget(self.proof)
        return right

    def _connect(self) -> None:
        self.options.changed.connect(self._changed)
        self.usual.clicked.connect(self.back_to_usual)
        self.making.changed.connect(self._show_state)
        self.making.slow.connect(self._show_waiting)
        self.waiting.pressed.connect(self._stop_or_begin)
        self.view.turned.connect(self.thumbnails.turn)
        self.thumbnails.wanted.connect(self.view.go_to)
        self.proof.wanted.connect(self._lead)
        self.print.clicked.connect(self.send)
        self.pdf.clicked.connect(self.save_pdf)
        self.picture.clicked.connect(self.save_picture)
        self.copy.clicked.connect(self.copy_page)
        self.close_button.clicked.connect(self.reject)
        self.foot.said.connect(self.said)
        self.foot.idle.connect(self._offer)
        keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.view)
        keys.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        keys.activated.connect(self.copy_page)

    def back_to_usual(self) -> None:
        """Choose what nobody chose otherwise; the sheets stay."""
        form = self.options.form()
        self.options.show_form(replace(self._usual, kinds=form.kinds, checkpoint=form.checkpoint))
        self._changed()

    def send(self) -> None:
        """Ask for a printer and print."""
        if self.document is not None:
            try:
                work = ask_printer(self.document, self.view.page, self)
            except Refused as refusal:
                self.foot.say(str(refusal), bad=True)
                return
            self._take(work)

    def save_pdf(self) -> None:
        """Ask for a file and write the pages into it as PDF."""
        if self.document is not None:
            archival = self.options.form().archival
            self._take(ask_pdf(self.document, self._subject.folder, self, archival=archival))

    def save_picture(self) -> None:
        """Ask for a file and write a picture of each page."""
        if self.document is not None:
            self._take(ask_picture(self.document, self._subject.folder, self))

    def copy_page(self) -> None:
        """Put the page that is shown on the clipboard."""
        if self.document is not None:
            try:
                words = copy_page(self.document, self.view.page)
            except Refused as refusal:
                self.foot.say(str(refusal), bad=True)
                return
            self.foot.say(words)
            self.said.emit(words)

    def _take(self, work: Work | None) -> None:
        """Have the pages taken where they are wanted, if anywhere."""
        if work is not None:
            self.foot.begin(work)
        self._offer()

    def _changed(self) -> None:
        self.foot.say("")
        self._want()

    def _want(self, *, soon: bool = True) -> None:
        form = self.options.form()
        try:
            options = options_of(form, self._subject.plan, self._subject.view)
            source = self._subject.source(options, form.kinds)
        except Refused as refusal:
            self.making.refuse(str(refusal))
            return
        self.making.want(Wanted(source, form.kinds), soon=soon)

    def _show_state(self) -> None:
        making = self.making
        if making.made is not None:
            document = making.made.document
            self.images.show(document)
            self.thumbnails.show_document(document)
            self._fit_thumbnails()
            self.view.show_document(document)
            self.thumbnails.turn(self.view.page)
            self.proof.show_proof(making.made.proof, document)
            self._stack.setCurrentIndex(0)
        elif making.state is State.MAKING:
            self.view.veil()
            self.proof.tell(tr("Making the pages…"))
        else:
            self.view.veil()
            self.waiting.show_state(making)
            self._stack.setCurrentIndex(1)
            self.proof.tell(tr("No pages, no proof."))
        self.pages.refresh()
        self._offer()

    def _show_waiting(self) -> None:
        self.waiting.show_state(self.making)
        self._stack.setCurrentIndex(1)

    def _stop_or_begin(self) -> None:
        if self.making.state is State.MAKING:
            self.making.stop()
        else:
            self.making.again()

    def _offer(self) -> None:
        able = self.document is not None and not self.foot.busy
        for button in self._buttons:
            button.setEnabled(able)
        self.pages.setEnabled(self.document is not None)

    def _lead(self, page: int) -> None:
        self.view.go_to(page)
        self.view.setFocus()

    def _fit_thumbnails(self) -> None:
        several = self.document is not None and len(self.document.pages) > 1
        self.thumbnails.setVisible(several and self.width() >= steps(self, NARROW))

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the room to the pages where there is little of it."""
        super().resizeEvent(event)
        self._fit_thumbnails()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the size that is wished for: Qt alone gives no more than two thirds of the screen."""
        if not event.spontaneous() and not self._sized:
            self._sized = True
            self.options.fit()
            self.resize(self.sizeHint())
        super().showEvent(event)

    @override
    def sizeHint(self) -> QSize:
        """Return a large window, as far as the screen allows."""
        return QSize(steps(self, WIDE), steps(self, HIGH)).boundedTo(self.screen().availableSize() * MOST_OF_SCREEN)

    @override
    def done(self, result: int) -> None:
        """Close, remember what was chosen, and give up what is under way."""
        self._settings.remember(KEPT, remembered(self.options.form()))
        self.making.stop()
        self.foot.give_up()
        super().done(result)
        self.deleteLater()
