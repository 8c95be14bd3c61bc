"""PurchasesPart: what marketing bought around IT, and how close it is to doing so again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from roadmapper.domain.wording import tr
from roadmapper.ui.agreement.bypass_box import BypassBox
from roadmapper.ui.agreement.register_panel import RegisterPanel
from roadmapper.ui.agreement.registers import Purchases
from roadmapper.ui.agreement.two_sides import TwoSides
from roadmapper.ui.editor import Editor
from roadmapper.ui.theme import Theme


class PurchasesPart(TwoSides):
    """The table at the left, the indicator at the right."""

    def __init__(self, editor: Editor, theme: Theme, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._editor = editor
        self._today = today
        purpose = tr("What marketing bought around IT. No blame: each of them was needed, and not there in time.")
        self.panel = RegisterPanel(self._purchases, purpose, tr("+ Purchase"), editor, theme, self)
        self.table = self.panel.table
        self.bypass = BypassBox(theme)
        self.fill(self.panel, [self.bypass])
        self.setFocusProxy(self.panel)

    def show_plan(self) -> None:
        """Read the plan anew."""
        self.panel.refresh()
        self.bypass.show_plan(self._editor.plan, self._today())

    def _purchases(self) -> Purchases:
        return Purchases(self._editor.plan, self._today())
