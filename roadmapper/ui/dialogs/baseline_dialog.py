"""BaselineDialog asks for the name of a point of the journal; BaselinesDialog renames such points and deletes them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QWidget

from roadmapper.domain.baseline import Baseline
from roadmapper.domain.entity import TITLE_LENGTH, EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.ui.dialogs.sheet import FIELD, Sheet, form, row
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.limits import limit
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.edits.baselines import change_baselines, same_name, set_baseline

LEAST = 34


class BaselineDialog(Sheet):
    """Asks for a name; *point* says in words what it will name."""

    def __init__(self, plan: Plan, baseline: Baseline, point: str, length: int, parent: QWidget | None = None) -> None:
        purpose = tr("A baseline is a name for the plan as it stands at a point of its history, to compare with later.")
        super().__init__(tr("Set a baseline"), f"{purpose} {point}", tr("&Set the baseline"), parent)
        self._plan = plan
        self._baseline = baseline
        self._length = length
        self.name = QLineEdit(baseline.title)
        limit(self.name, TITLE_LENGTH)
        grid = form(self)
        row(grid, tr("&Name"), self.name)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.name.selectAll()
        self.name.setFocus()
        self.name.textChanged.connect(self._check)
        self.want(64, 26)
        self._check()

    def baseline(self) -> Baseline:
        """Return the baseline under the name that was typed; raises Refused while that is none."""
        old = self._baseline
        return Baseline(old.id, self.name.text().strip(), old.seq, old.when, old.who)

    def _check(self) -> None:
        try:
            set_baseline(self._plan, self.baseline(), self._length)
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("")


class BaselinesDialog(Sheet):
    """All baselines, each with its name to be changed and a button that takes it away."""

    def __init__(self, plan: Plan, baselines: Sequence[tuple[Baseline, str]], parent: QWidget | None = None) -> None:
        purpose = tr("Names for points of the history. Deleting one takes nothing from the plan or from its history.")
        super().__init__(tr("Baselines"), purpose, tr("&Take these names"), parent)
        self._plan = plan
        self.names: dict[EntityId, QLineEdit] = {}
        self.gone: dict[EntityId, QPushButton] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(steps(self, 2))
        grid.setVerticalSpacing(steps(self))
        grid.setColumnStretch(0, 1)
        for number, (baseline, words) in enumerate(baselines):
            self._add(grid, number, baseline, words)
        self.body.addLayout(grid)
        self.body.addStretch(1)
        self.want(90, 30 + min(len(baselines), 10) * 5)
        self._check()

    def result_baselines(self) -> tuple[list[Baseline], list[EntityId]]:
        """Return the baselines under other names, and the ids of those to be deleted; raises Refused for no name."""
        removed = [key for key, button in self.gone.items() if button.isChecked()]
        put = []
        for key, field in self.names.items():
            old = self._plan.baselines[key]
            if key not in removed and field.text().strip() != old.title:
                put.append(Baseline(key, field.text().strip(), old.seq, old.when, old.who))
        return put, removed

    def _add(self, grid: QGridLayout, number: int, baseline: Baseline, words: str) -> None:
        name = QLineEdit(baseline.title)
        limit(name, TITLE_LENGTH)
        name.setMinimumSize(steps(self, LEAST), steps(self, FIELD))
        name.setAccessibleName(tr("Name of the baseline"))
        name.setAccessibleDescription(words)
        name.setCursorPosition(0)
        gone = QPushButton(tr("Delete"))
        gone.setCheckable(True)
        gone.setAutoDefault(False)
        gone.setAccessibleName(tr("Delete “{title}”").format(title=baseline.title))
        grid.addWidget(name, number, 0)
        grid.addWidget(PlainLabel(words, wrap=False).styled(colour=self.colours.secondary), number, 1)
        grid.addWidget(gone, number, 2)
        self.names[baseline.id], self.gone[baseline.id] = name, gone
        name.textChanged.connect(self._check)
        gone.toggled.connect(self._check)

    def _check(self) -> None:
        for key, button in self.gone.items():
            self.names[key].setEnabled(not button.isChecked())
            button.setText(tr("Will be deleted") if button.isChecked() else tr("Delete"))
        try:
            change_baselines(self._plan, *self.result_baselines())
        except Refused as refusal:
            self.refuse(str(refusal))
        else:
            self.refuse("")


def free_name(plan: Plan, wished: str) -> str:
    """Return *wished*, with a number behind it where a baseline bears that name already."""
    name, number = wished, 1
    while any(same_name(b.title, name) for b in plan.baselines.values()):
        number += 1
        name = f"{wished} ({number})"
    return name
