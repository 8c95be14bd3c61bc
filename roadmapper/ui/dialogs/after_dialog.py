"""AfterDialog: what several scope items come after, said for all of them at once."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget
from typing_extensions import override

from roadmapper.domain.entity import EntityId
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.scope import check_circle
from roadmapper.ui.dialogs.after_edit import AfterEdit
from roadmapper.ui.dialogs.scope_rows import Row, ScopeRows, Waits, waits_text
from roadmapper.ui.dialogs.sheet import Sheet, form, row
from roadmapper.ui.widgets.labels import PlainLabel


class AfterDialog(Sheet):
    """Ask what the selected rows come after."""

    def __init__(self, scope: ScopeRows, rows: Sequence[Row], parent: QWidget | None = None) -> None:
        titles = ", ".join(f"“{scope.named(r)}”" for r in rows[:3])
        more = len(rows) - 3
        if more > 0:
            titles += trn(" and {n} more", " and {n} more", more)
        super().__init__(
            tr("Comes after"),
            tr("What comes before {titles}: numbers of rows, each with its lag, such as 2, 4+2w, 5+10d.").format(
                titles=titles
            ),
            tr("&Link"),
            parent,
        )
        self._scope = scope
        self._rows = list(rows)
        shared = set(rows[0].waits).intersection(*(r.waits for r in rows))
        self._shared = shared
        others = [(n, scope.named(r)) for n, r in enumerate(scope.rows, 1) if r not in rows]
        self.after_edit = AfterEdit(others, self)
        self.after_edit.setText(waits_text(scope.numbered(tuple(shared))))
        self.chain_box = QCheckBox(tr("&Each after the one above it"))
        self.chain_box.setVisible(len(rows) > 1)
        self.told = PlainLabel().styled(colour=self.colours.secondary)
        grid = form(self)
        row(grid, tr("After &rows"), self.after_edit, tr("Numbers of rows; Alt+Down shows a list to choose from"))
        grid.addWidget(self.told, grid.rowCount(), 1)
        grid.addWidget(self.chain_box, grid.rowCount(), 1)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.want(76, 36)
        self.after_edit.textChanged.connect(self._judge)
        self.chain_box.toggled.connect(self._judge)
        self.after_edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self._judge()

    def result_waits(self) -> dict[EntityId, Waits]:
        """Return for each row what of the table it comes after; raises Refused where that cannot be."""
        meant = self._scope.meant(self.after_edit.text())
        known = {r.key for r in self._scope.rows}
        found: dict[EntityId, Waits] = {}
        for n, each in enumerate(self._rows):
            pairs = {k: lag for k, lag in each.waits if (k, lag) not in self._shared and k in known} | dict(meant)
            if self.chain_box.isChecked() and n:
                pairs.setdefault(self._rows[n - 1].key, 0)
            found[each.key] = tuple(pairs.items())
        after = {r.key: tuple(k for k, _ in found.get(r.key, r.waits)) for r in self._scope.rows}
        check_circle(after, {r.key: self._scope.named(r) for r in self._scope.rows})
        return found

    @override
    def accept(self) -> None:
        """Close with the answer, unless it is none."""
        self._judge()
        if self.take.isEnabled():
            super().accept()

    def _judge(self) -> None:
        try:
            meant = self._scope.meant(self.after_edit.text())
            self.told.setText(self._scope.told(meant))
            self.result_waits()
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("")
