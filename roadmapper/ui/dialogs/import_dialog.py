"""ImportDialog: asks for projects, their pieces and investments in CSV files, and shows first what would be taken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.wording import tr
from roadmapper.exchange.investments import import_investments, investment_fields
from roadmapper.exchange.mappings import Mappings
from roadmapper.exchange.portfolio import ACTIVITY_FIELDS, PROJECT_FIELDS, import_portfolio
from roadmapper.exchange.rows import Import, Source
from roadmapper.ui.dialogs.import_preview import ImportPreview
from roadmapper.ui.dialogs.import_source import ImportSource, Reader, Reading
from roadmapper.ui.dialogs.sheet import Sheet
from roadmapper.ui.jobs import Job
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.edits.investments import next_position
from roadmapper.workspace.jobs import Progress

PATIENCE_MS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """What came of an import that was tried: what would be taken, or why nothing can be."""

    turn: int
    result: Import | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """An import to be tried in the background; *turn* tells the latest from those before."""

    turn: int
    plan: Plan
    projects: Source | None
    activities: Source | None
    investments: Source | None
    first_place: int

    def run(self, progress: Progress) -> Found:
        """Return what comes of it."""
        progress(0, 1)
        try:
            found = Import()
            if self.projects is not None:
                found = import_portfolio(self.plan, self.projects, self.activities, self.first_place)
            if self.investments is not None:
                found = import_investments(self.plan, self.investments, next_position(self.plan), found)
        except Refused as refusal:
            return Found(self.turn, why=str(refusal))
        progress(1, 1)
        return Found(self.turn, found)


class ImportDialog(Sheet):
    """Ask for the files and which column is what; only what fits the present choice can be imported."""

    def __init__(
        self,
        plan: Plan,
        mappings: Mappings,
        first_place: int,
        parent: QWidget | None = None,
        projects: Path | None = None,
        activities: Path | None = None,
        investments: Path | None = None,
    ) -> None:
        super().__init__(
            tr("Import CSV"),
            tr("From tables in CSV files. Nothing is changed until you import."),
            tr("&Import"),
            parent,
        )
        self._plan = plan
        self._mappings = mappings
        self._first_place = first_place
        self._found: Import | None = None
        self._turn = 0
        self._jobs: list[Job[Reading] | Job[Found]] = []
        self.projects = ImportSource(tr("Projects"), tr("Choose &projects…"), project_fields(), PROJECT_FIELDS, self)
        self.activities = ImportSource(
            tr("Scope items, if there are any"), tr("Choose &scope items…"), activity_fields(), ACTIVITY_FIELDS, self
        )
        self.investments = ImportSource(
            tr("Investments to rank, if there are any"),
            tr("Choose &investments…"),
            investment_words(plan),
            investment_fields(plan),
            self,
        )
        self._sources = (self.projects, self.activities, self.investments)
        self.preview = ImportPreview(plan.roadmap.currency)
        self.bar = QProgressBar()
        self._pale = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._place()
        self._pale.timeout.connect(self._grow_pale)
        for source in self._sources:
            source.path_chosen.connect(self._read)
            source.mapped.connect(self._try)
        self._show_nothing()
        for source, path in zip(self._sources, (projects, activities, investments), strict=True):
            if path is not None:
                source.set_path(path)

    def result_import(self) -> Import:
        """Return what is to be taken; empty as long as nothing would be."""
        return self._found or Import()

    def remember(self) -> None:
        """Keep which columns were chosen by hand for the next files with the same columns."""
        for source in self._sources:
            if source.table is not None and source.by_hand():
                self._mappings.remember(source.table, source.by_hand())

    @override
    def accept(self) -> None:
        """Close with what was found, if that is anything and fits what is typed."""
        for source in self._sources:
            source.settle()
        if self._found is not None and self._found.entities:
            super().accept()

    @override
    def done(self, result: int) -> None:
        """Close, and let go of what is still being worked on."""
        self._pale.stop()
        for job in self._jobs:
            job.cancel()
        super().done(result)

    def _place(self) -> None:
        files = QWidget()
        left = QVBoxLayout(files)
        left.setContentsMargins(0, 0, steps(self, 2), 0)
        left.setSpacing(steps(self, 3))
        for source in self._sources:
            left.addWidget(source)
        left.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(files)
        area.setMinimumSize(steps(self, 56), steps(self, 40))
        sides = QHBoxLayout()
        sides.setSpacing(steps(self, 2))
        sides.addWidget(area, 4)
        sides.addWidget(self.preview, 5)
        self.body.addLayout(sides, 1)
        policy = self.bar.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.bar.setSizePolicy(policy)
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setFixedHeight(steps(self, 0.5))
        self.bar.setAccessibleName(tr("The files are being read"))
        self.bar.hide()
        self.body.addWidget(self.bar)
        self.body.setSpacing(steps(self, 1))
        self.projects.choose_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.want(152, 104)

    def _read(self) -> None:
        source = self.sender()
        if not isinstance(source, ImportSource):
            return
        path = source.path
        if path is None:
            source.show_reading(None, {})
            self._try()
            return
        self._start_waiting()
        job = Job(Reader(path).read)
        job.finished.connect(self._show_reading)
        job.stopped.connect(self._broke_off)
        self._jobs.append(job)
        job.start()

    def _show_reading(self, reading: Reading) -> None:
        for source in self._sources:
            if source.waiting and source.path == reading.path:
                remembered = self._mappings.of(reading.table) if reading.table else {}
                source.show_reading(reading, remembered)
        self._try()

    def _try(self) -> None:
        """Try the import with the present choice, and let go of those before."""
        self._turn += 1
        self._found = None
        why = self._obstacle()
        if why:
            self._show_nothing(why)
            return
        self._start_waiting()
        projects, activities, investments = (source.result() for source in self._sources)
        trial = Trial(self._turn, self._plan, projects, activities, investments, self._first_place)
        job = Job(trial.run)
        job.finished.connect(self._show_found)
        job.stopped.connect(self._broke_off)
        self._jobs.append(job)
        job.start()

    def _obstacle(self) -> str:
        """Return why no import can be tried yet."""
        for source in self._sources:
            if source.why:
                return source.why
        if self.projects.path is None:
            if self.activities.path is not None:
                return tr("Choose the file with the projects that the scope items belong to.")
            if self.investments.path is None:
                return tr("Choose the file with the projects, or the one with the investments.")
        for source in self._sources:
            if source.waiting:
                return tr("Reading…")
            if source.unclear_columns() and source.result() is None:
                return tr("Say how the dates are written: day first or month first.")
        return ""

    def _start_waiting(self) -> None:
        self._found = None
        self.wait("")
        self.take.setEnabled(False)
        if not self._pale.isActive():
            self._pale.start()

    def _grow_pale(self) -> None:
        """Show that it takes longer: what is on screen is no longer the answer."""
        self.preview.setEnabled(False)
        self.bar.show()
        self.wait(tr("Reading…"))

    def _show_found(self, found: Found) -> None:
        if found.turn != self._turn:
            return  # of an older choice
        if found.result is None:
            self._show_nothing(found.why)
            return
        self._found = found.result
        self._stop_waiting()
        self.preview.show_import(found.result)
        self.refuse("" if found.result.entities else tr("There is nothing to import: no row can be taken."))

    def _show_nothing(self, why: str = "") -> None:
        reading = any(source.waiting for source in self._sources)
        if not reading:
            self._stop_waiting()
            self.preview.show_import(None)
        why = why or self._obstacle()
        if all(source.path is None for source in self._sources) or reading:
            self.wait(why)
        else:
            self.refuse(why)

    def _stop_waiting(self) -> None:
        self._pale.stop()
        self.bar.hide()
        self.preview.setEnabled(True)

    def _broke_off(self) -> None:
        if self._jobs and self.sender() is self._jobs[-1]:
            self._stop_waiting()
            self.refuse(tr("Reading broke off: choose the file again."))


def investment_words(plan: Plan) -> dict[str, str]:
    """Return the fields of an investment in the words of a planner, with the criteria and the teams there are."""
    found = {
        "title": tr("Title (needed)"),
        "sentence": tr("In plain words"),
        "owner": tr("Owner"),
        "revenue": tr("Revenue a year"),
        "revenue_low": tr("… low (1 in 10 is less)"),
        "revenue_high": tr("… high (1 in 10 is more)"),
        "effort": tr("Effort in person-weeks"),
        "effort_low": tr("… low"),
        "effort_high": tr("… high"),
        "team": tr("Team"),
        "cost": tr("Cost beside the effort"),
        "confidence": tr("Confidence in per cent"),
        "estimated": tr("Date of the estimate"),
        "status": tr("Status"),
        "needs": tr("What must come first"),
        "id": tr("Number or key"),
    }
    for criterion in plan.criteria_in_order:
        found[f"criterion.{criterion.title}"] = criterion.title
    for title in sorted({t.title for t in plan.teams.values()}):
        found[f"effort.{title}"] = tr("Effort of {team}").format(team=title)
    return found


def project_fields() -> dict[str, str]:
    """Return the fields of a project in the words of a planner."""
    return {
        "title": tr("Title (needed)"),
        "start": tr("Planned start (needed)"),
        "finish": tr("Planned finish"),
        "days": tr("or duration in days"),
        "outcome": tr("Outcome"),
        "team": tr("Team"),
        "people": tr("People in the team"),
        "id": tr("Number or key"),
    }


def activity_fields() -> dict[str, str]:
    """Return the fields of a scope item in the words of a planner."""
    return {
        "project": tr("Its project (needed)"),
        "title": tr("Title (needed)"),
        "usable": tr("Usable or groundwork"),
        "outcome": tr("What it lets marketing do"),
        "effort": tr("Effort in person-weeks"),
        "revenue": tr("Revenue a month"),
        "start": tr("Planned start"),
        "finish": tr("Planned finish"),
        "days": tr("or duration in days"),
        "after": tr("What must come first"),
        "people": tr("People on it"),
        "team": tr("Its team, if not the project's"),
        "ramp": tr("Months until all of the revenue comes"),
        "due": tr("Compliance date"),
        "gate": tr("Gate (yes or no)"),
        "optional": tr("May be left out (yes or no)"),
        "id": tr("Number or key"),
    }
