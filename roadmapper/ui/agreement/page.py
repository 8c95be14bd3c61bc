"""AgreementPage: what the CIO and the CMO agreed on, the words they share, and what was bought around IT."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.agreed import in_force, on_the_table
from roadmapper.planning.consults.bypass import bypass_of
from roadmapper.planning.consults.glossary import suggestions
from roadmapper.ui.agreement.agreement_part import AgreementPart
from roadmapper.ui.agreement.glossary_part import GlossaryPart
from roadmapper.ui.agreement.purchases_part import PurchasesPart
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.session import Session


class AgreementPage(QWidget):
    """The page on which both sides settle how they work together.

    *counted* is sent when what its status line says is new.
    """

    title = "Agreement"
    icon = "agreement"
    counted = Signal()

    def __init__(self, editor: Editor, theme: Theme, settings: Settings, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self._editor = editor
        self._theme = theme
        self._settings = settings
        self._session = session
        self._stale = True
        self._counted: tuple[Plan, date, str] | None = None  # asked for several times after each edit
        self.agreement = AgreementPart(editor, theme, self._name)
        self.glossary = GlossaryPart(editor, theme)
        self.purchases = PurchasesPart(editor, theme, self._today)
        self.tabs = QTabWidget(self)
        self.tabs.setDocumentMode(True)
        self.tabs.addTab(self.agreement, tr("Agreement"))
        self.tabs.addTab(self.glossary, tr("Glossary"))
        self.tabs.addTab(self.purchases, tr("Outside purchases"))
        self._lay_out()
        self.tabs.currentChanged.connect(self._turned)
        editor.changed.connect(self._later)
        editor.opened.connect(self._later)
        self.setFocusProxy(self.tabs)

    def _lay_out(self) -> None:
        colours, unit = self._theme.palette, self._theme.unit
        radius, space = round(6 * unit), round(8 * unit)
        self.setStyleSheet(
            f"#panel {{ background: {colours.surface}; border: 1px solid {colours.line}; border-radius: {radius}px; }}"
            f"#panel QScrollArea > QWidget > QWidget {{ background: {colours.surface}; }}"
            f"#behind {{ background: {colours.window}; }}"
            "QSpinBox::up-button, QSpinBox::down-button { width: 0px; border: none; }"
            "QTabWidget::pane { border: none; }"
            f"QTabBar::tab {{ background: {colours.surface}; color: {colours.text}; border: 1px solid {colours.line};"
            f" border-radius: {radius}px; padding: {round(5 * unit)}px {round(14 * unit)}px;"
            f" margin-right: {round(6 * unit)}px; }}"
            f"QTabBar::tab:selected {{ background: {colours.accent_tint}; border-color: {colours.accent}; }}"
            f"QTabBar::tab:hover {{ background: {colours.accent_tint}; }}"
            f"QTabBar::tab:focus {{ border: 2px solid {colours.accent}; }}"
        )
        self.tabs.tabBar().setDrawBase(False)
        for part in (self.agreement, self.glossary, self.purchases):
            part.setContentsMargins(0, space, 0, 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(space, space, space, space)
        column.addWidget(self.tabs)

    @property
    def says(self) -> str:
        """Return in a few words what stands here, for the head of the window."""
        return tr("for both sides: who decides what, in words that both understand")

    def counts(self) -> str:
        """Return how the agreement stands, how many words there are and what was bought, for the status line."""
        plan, today = self._editor.plan, self._today()
        if self._counted is None or self._counted[0] is not plan or self._counted[1] != today:
            self._counted = plan, today, self._count(plan, today)
        return self._counted[2]

    @staticmethod
    def _count(plan: Plan, today: date) -> str:
        holds, waiting = in_force(plan), on_the_table(plan)
        parts = [tr("version {n} in force").format(n=holds.version) if holds else tr("no agreement in force")]
        parts += [tr("version {n} to be signed").format(n=waiting.version)] if waiting else []
        parts.append(
            trn("{n} word explained", "{n} words explained", sum(bool(t.meaning) for t in plan.terms.values()))
        )
        missing = len(suggestions(plan))
        parts += [trn("{n} without a meaning", "{n} without a meaning", missing)] if missing else []
        parts.append(tr("bypass indicator {value}").format(value=f"{bypass_of(plan, today).value:.2f}"))
        return " · ".join(parts)

    def introduced(self, session: Session) -> None:
        """Go on with somebody else, who signs with another name and may do other things."""
        self._session = session
        self._later()

    def refresh(self) -> None:
        """Look at the plan anew: it is another day."""
        self._later()

    def show_agreement(self) -> None:
        """Show what both sides agreed on."""
        self.tabs.setCurrentWidget(self.agreement)

    def show_glossary(self) -> None:
        """Show the words and what they mean."""
        self.tabs.setCurrentWidget(self.glossary)

    def show_purchases(self) -> None:
        """Show what was bought outside IT."""
        self.tabs.setCurrentWidget(self.purchases)

    def new_version(self) -> None:
        """Put a new version of the agreement on the table."""
        self.show_agreement()
        self.agreement.propose()

    def rename(self) -> None:
        """Edit the current word or purchase in place."""
        part = self.tabs.currentWidget()
        if isinstance(part, GlossaryPart | PurchasesPart):
            part.table.rename()

    def delete(self) -> None:
        """Delete the words or purchases that are selected."""
        part = self.tabs.currentWidget()
        if isinstance(part, GlossaryPart | PurchasesPart):
            part.table.delete()

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for little: what does not fit is scrolled."""
        return QSize(round(320 * self._theme.unit), round(200 * self._theme.unit))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while nobody looked."""
        super().showEvent(event)
        self._refresh()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put tables above what belongs to them where there is no room beside."""
        super().resizeEvent(event)
        for part in (self.glossary, self.purchases):
            part.arrange(self.width())

    def _name(self) -> str:
        return self._session.who

    def _today(self) -> date:
        return self._session.today()

    def _turned(self) -> None:
        self._stale = True
        self._refresh()

    def _later(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        """Read the plan anew for the part that is looked at."""
        if not self._stale:
            return
        self._stale = False
        part = self.tabs.currentWidget()
        if isinstance(part, AgreementPart | GlossaryPart | PurchasesPart):
            part.show_plan()
        self.counted.emit()
