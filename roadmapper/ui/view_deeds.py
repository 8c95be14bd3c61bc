"""ViewDeeds: what the View and the Help menus do - look closer, show or hide, choose colours, be reminded, explain."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from roadmapper.chart.palette import CHOICES
from roadmapper.domain.wording import tr
from roadmapper.ui.reminders import Reminders, menu_words
from roadmapper.ui.settings import Settings
from roadmapper.ui.timeline.page import TimelinePage
from roadmapper.ui.timeline.selection import Selection


class ViewDeeds(QObject):
    """Commands that change nothing but what is seen, remembered between two runs. *said* carries a sentence."""

    said = Signal(str)

    def __init__(
        self, timeline: TimelinePage, selection: Selection, reminders: Reminders, settings: Settings, window: QWidget
    ) -> None:
        super().__init__(window)
        self._timeline = timeline
        self._selection = selection
        self._reminders = reminders
        self._settings = settings
        self._window = window
        self._actions: Mapping[str, QAction] = {}
        selection.pushing = settings.flag("push", otherwise=True)
        selection.precise = settings.flag("precise", otherwise=False)
        timeline.arranging.remember_in(settings)
        timeline.canvas.details_wanted.connect(self._open_details)

    def furnish(self, actions: Mapping[str, QAction], review: QMenu) -> None:
        """Show in the menus what is chosen so far, and the choice of colours; *review* is where reminders are."""
        self._actions = actions
        actions["push"].setChecked(self._selection.pushing)
        actions["push"].setToolTip(tr("Push what comes after, when something is moved to a later finish"))
        actions["precise"].setChecked(self._selection.precise)
        actions["precise"].setToolTip(tr("Day precision: what is moved rests on any day, at any zoom"))
        actions["remind"].setChecked(self._reminders.wished)
        actions["theme"].setMenu(self._themes())
        actions["group_by"].setMenu(self._timeline.arranging.menu(self._window))
        review.setToolTipsVisible(True)
        review.aboutToShow.connect(self._offer_reminders)

    def _themes(self) -> QMenu:
        themes = QMenu(self._window)
        group = QActionGroup(self)
        for choice, words in (
            ("system", tr("As the &system")),
            ("light", tr("&Light")),
            ("dark", tr("&Dark")),
            ("contrast", tr("High &contrast")),
        ):
            action = themes.addAction(words)
            action.setCheckable(True)
            action.setData(choice)
            action.setChecked(self._settings.text("theme", "system") == choice)
            group.addAction(action)
        group.triggered.connect(self._choose_theme)
        return themes

    def zoom_in(self) -> None:
        """Show fewer days."""
        self._timeline.canvas.zoom(1.25)

    def zoom_out(self) -> None:
        """Show more days."""
        self._timeline.canvas.zoom(0.8)

    def fit(self) -> None:
        """Show the whole horizon."""
        self._timeline.canvas.fit()

    def today(self) -> None:
        """Bring today into the middle."""
        self._timeline.canvas.go_to_today()

    def details(self, shown: bool) -> None:
        """Show or hide the inspector."""
        self._timeline.inspector.setVisible(shown)

    def _open_details(self) -> None:
        self._actions["details"].setChecked(True)
        self.details(True)
        self._timeline.inspector.open_details()

    def push(self, on: bool) -> None:
        """Let a move push what comes after it, or only mark the links that it violates."""
        self._selection.pushing = on
        self._settings.remember("push", on)

    def precise(self, on: bool) -> None:
        """Let what is dragged or nudged rest on any day, or snap to what the zoom shows."""
        self._selection.precise = on
        self._settings.remember("precise", on)

    def tree_dates(self, shown: bool) -> None:
        """Show start and finish as columns of the tree."""
        self._timeline.tree.show_dates(shown=shown)

    def remind(self, on: bool) -> None:
        """Show what is due on the desktop too, or no longer."""
        self._reminders.wish(on)

    def _offer_reminders(self) -> None:
        """Offer what this desktop can show; asked when the menu is opened, for asking takes its time."""
        possible = self._reminders.possible
        self._actions["remind"].setEnabled(possible)
        self._actions["remind"].setToolTip(menu_words(possible=possible))

    def _choose_theme(self, action: QAction) -> None:
        choice = str(action.data())
        self._settings.remember("theme", choice if choice in CHOICES else "system")
        self.said.emit(tr("The colours change when Roadmapper is started again."))

    def shortcuts(self) -> None:
        """Show what keys and mouse do."""
        import_module("roadmapper.ui.help").HelpDialog(self._window).exec()

    def about(self) -> None:
        """Say what this is."""
        import_module("roadmapper.ui.help").AboutDialog(self._window).exec()
