"""ImportPreview: what an import would take, what not and why, and what its files do not say."""

from __future__ import annotations

from itertools import islice

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment
from roadmapper.domain.project import Project, ScopeItem
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.rows import Import
from roadmapper.planning.phrases import UNKNOWN, day_text, effort_text, money_text, span_text
from roadmapper.ui.dialogs.sheet import heading
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import palette_of, steps
from roadmapper.ui.widgets.tables import Cell, TextTable

MOST_ROWS = 200
INDENT = "\u2003"


class ImportPreview(QWidget):
    """Shows what would come of an import; disabled, it shows the last state pale."""

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._currency = currency
        self.summary = PlainLabel().styled(size=1.15, bold=True)
        self.taken = TextTable(tr("What would be taken"), stretch=0)
        self.investments = TextTable(tr("Investments that would be taken"), stretch=0)
        self.rejected_title = heading(tr("Not taken"))
        self.rejected = TextTable(tr("Rows that are not taken"), stretch=2)
        self.complete = PlainLabel()
        self.complete.setAlignment(Qt.AlignmentFlag.AlignTop)
        either = QWidget()
        self.pages = QStackedLayout(either)
        self.pages.addWidget(self.complete)
        self.pages.addWidget(self.rejected)
        self.missing_title = heading(tr("What the files do not say"))
        self.missing = PlainLabel()
        self.missing.setAccessibleName(tr("What the files do not say"))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(steps(self))
        whole.addWidget(self.summary)
        whole.addWidget(self.taken, 1)
        whole.addWidget(self.investments, 1)
        whole.addSpacing(steps(self))
        whole.addWidget(self.rejected_title)
        whole.addWidget(either)
        whole.addSpacing(steps(self))
        whole.addWidget(self.missing_title)
        whole.addWidget(self.missing)
        for table in (self.taken, self.investments):
            table.setMinimumSize(steps(self, 56), table.height_of(6))
        either.setFixedHeight(self.rejected.height_of(5))
        self.show_import(None)

    def show_import(self, found: Import | None) -> None:
        """Show what was found, or that there is nothing yet."""
        if found is None:
            self.summary.setText(tr("What would be taken shows here"))
        else:
            self.summary.setText(summary_of(found))
        self._show_taken(found or Import())
        self._show_investments(found or Import())
        rejected = found.rejected if found else []
        self.rejected_title.setText(
            trn("{n} row is not taken", "{n} rows are not taken", len(rejected)) if rejected else tr("Not taken")
        )
        self.complete.setText(tr("Every row can be taken.") if found else UNKNOWN)
        self.pages.setCurrentIndex(1 if rejected else 0)
        rows: list[list[Cell | str]] = [[Cell(r.file), Cell(str(r.line), right=True), Cell(r.why)] for r in rejected]
        self.rejected.show_rows((tr("File"), tr("Line"), tr("Why it is not taken")), rows)
        missing = found.missing if found else []
        self.missing.setText("\n".join(missing) if missing else (tr("Nothing is missing.") if found else UNKNOWN))

    def _show_taken(self, found: Import) -> None:
        items: dict[EntityId, list[ScopeItem]] = {}
        for item in found.of(ScopeItem):
            items.setdefault(item.project, []).append(item)
        projects = found.of(Project)
        known = {p.id for p in projects}
        lines: list[Project | ScopeItem] = []
        for project in islice(projects, MOST_ROWS):
            lines += [project, *islice(items.get(project.id, ()), MOST_ROWS)]
        lines += [i for key, more in items.items() if key not in known for i in islice(more, MOST_ROWS)]
        shown = lines[:MOST_ROWS]
        have = [line for line in shown if isinstance(line, ScopeItem)]
        columns = [tr("Title"), tr("From – to")]
        use = bool(have)
        effort = any(i.effort_pw is not None for i in have)
        revenue = any(i.revenue_per_month is not None for i in have)
        columns += [tr("Usable")] * use + [tr("Effort")] * effort + [tr("Revenue a month")] * revenue
        rows = [self._row(line, items, use=use, effort=effort, revenue=revenue) for line in shown]
        if len(lines) > MOST_ROWS or len(projects) > MOST_ROWS:
            rows.append([Cell(tr("… and more"), colour=palette_of(self).secondary), *[""] * (len(columns) - 1)])
        self.taken.show_rows(columns, rows)

    def _show_investments(self, found: Import) -> None:
        """Show the investments in a table of their own; each table is there only for what would be taken."""
        quiet = palette_of(self).secondary
        columns = (tr("Title"), tr("New or there"), tr("Effort"), tr("Revenue a year"))
        taken = found.of(Investment)
        rows: list[list[Cell | str]] = [
            [
                Cell(i.title, bold=True),
                Cell(tr("changed"), colour=quiet) if i.id in found.changed else Cell(tr("new")),
                Cell(effort_text(i.effort_pw), right=True),
                Cell(money_text(i.revenue, self._currency), right=True),
            ]
            for i in taken[:MOST_ROWS]
        ]
        if len(taken) > MOST_ROWS:
            rows.append([Cell(tr("… and more"), colour=quiet), "", "", ""])
        self.investments.show_rows(columns, rows)
        others = found.count(Project) + found.count(ScopeItem) > 0
        self.investments.setVisible(bool(taken))
        self.taken.setVisible(others or not taken)
        for table in (self.taken, self.investments):
            table.setMinimumHeight(table.height_of(3 if taken and others else 6))

    def _row(
        self,
        line: Project | ScopeItem,
        items: dict[EntityId, list[ScopeItem]],
        *,
        use: bool,
        effort: bool,
        revenue: bool,
    ) -> list[Cell | str]:
        quiet = palette_of(self).secondary
        if isinstance(line, Project):
            mine = items.get(line.id, [])
            count = tr("{n} of {all}").format(n=sum(i.usable for i in mine), all=len(mine)) if mine else UNKNOWN
            cells: list[Cell | str] = [Cell(line.title, bold=True), Cell(span_text(line.original)), Cell(count)]
            return cells[: 2 + use] + [""] * (effort + revenue)
        when = day_text(line.planned_start) if line.planned_start else UNKNOWN
        kind = tr("usable") if line.usable else tr("groundwork")
        row: list[Cell | str] = [Cell(INDENT + line.title), Cell(tr("from {day}").format(day=when), colour=quiet)]
        row.append(Cell(kind, colour="" if line.usable else quiet))
        if effort:
            row.append(Cell(effort_text(line.effort_pw), right=True))
        if revenue:
            row.append(Cell(money_text(line.revenue_per_month, self._currency), right=True))
        return row


def summary_of(found: Import) -> str:
    """Return in one line what would be taken."""
    items, investments = found.of(ScopeItem), found.count(Investment)
    parts = []
    if not investments or items or found.count(Project):
        parts.append(trn("{n} project", "{n} projects", found.count(Project)))
        parts.append(trn("{n} scope item", "{n} scope items", len(items)))
    if items:
        parts.append(trn("{n} usable", "{n} usable", sum(i.usable for i in items)))
    if investments:
        parts.append(trn("{n} investment", "{n} investments", investments))
    if found.changed:
        parts.append(trn("{n} of them changed", "{n} of them changed", len(found.changed)))
    return " · ".join(parts)
