"""Seeing: what a checkpoint shows to somebody now, and exactly what it showed when a decision was made."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from roadmapper.domain.consult import Decision
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.planning.consults.changes import last_looked, point_of
from roadmapper.planning.consults.picture import Picture, picture_of
from roadmapper.ui.editor import Editor
from roadmapper.ui.jobs import Job
from roadmapper.workspace.jobs import Progress

AT_ONCE = 1_500
"""Journal rows that are taken back before anything is shown: 0.15 s for 2,000 rows; more are announced first."""
MOMENT_MS = 30


@dataclass(frozen=True, slots=True)
class Sight:
    """What is shown of a checkpoint.

    The *plan* stood as it is shown after journal row *seen*; *looked* is the instant (UTC) of the last look, None where
    that never was. While *pending* the changes are still being worked out; *why* says why they could not be.
    """

    picture: Picture
    plan: Plan
    seen: int
    looked: datetime | None
    pending: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Question:
    sight: Sight
    who: str
    today: date
    then: Plan | None = None

    def answer(self, _progress: Progress) -> tuple[_Question, Picture]:
        """Return itself and the picture with what changed."""
        key = self.sight.picture.consult.checkpoint.id
        return self, picture_of(self.sight.plan, self.then, key, self.who, self.today)


class Seeing(QObject):
    """Works out sights; what takes long is announced and follows with *found*."""

    found = Signal(object)

    def __init__(self, editor: Editor, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._then: dict[int, Plan] = {}
        self._asked: _Question | None = None
        self._job: Job[tuple[_Question, Picture]] | None = None
        self._soon = QTimer(self, singleShot=True, interval=MOMENT_MS)
        self._soon.timeout.connect(self._fetch)
        editor.opened.connect(self._forget)

    def look(self, checkpoint: EntityId, who: str, today: date) -> Sight:
        """Return what *who* is shown of *checkpoint*; raises Refused where it does not take place."""
        plan, length = self._editor.plan, self._editor.length
        project = project_in(plan, checkpoint)
        point = point_of(plan, who, project)
        point = point if point is not None and 1 <= point <= length else None
        looked = last_looked(plan, who, project) if point is not None else None
        self._asked = None
        if point is not None and point not in self._then and length - point > AT_ONCE:
            sight = Sight(picture_of(plan, None, checkpoint, who, today), plan, length, looked, pending=True)
            self._asked = _Question(sight, who, today)
            self._soon.start()
            return sight
        try:
            then = None if point is None else self._at(point)
        except Refused as refusal:
            picture = picture_of(plan, None, checkpoint, who, today)
            return Sight(picture, plan, length, looked, why=str(refusal))
        return Sight(picture_of(plan, then, checkpoint, who, today), plan, length, looked)

    def _at(self, point: int) -> Plan:
        """Return the plan after a row; the journal only grows, so what it was there stays what it was."""
        if point not in self._then:
            self._then[point] = self._editor.plan_at(point)
        return self._then[point]

    def _forget(self) -> None:
        self._then.clear()
        self._asked = None

    def _fetch(self) -> None:
        """Read the journal in the screen's thread, then compare on snapshots in another."""
        asked = self._asked
        if asked is None:
            return
        point = point_of(asked.sight.plan, asked.who, asked.sight.picture.consult.project.id)
        if point is None:
            return
        try:
            then = self._at(point)
        except Refused as refusal:
            self._asked = None
            self.found.emit(replace(asked.sight, pending=False, why=str(refusal)))
            return
        self._asked = replace(asked, then=then)
        self._job = Job(self._asked.answer)
        self._job.finished.connect(self._know)
        self._job.start()

    def _know(self, answer: tuple[_Question, Picture]) -> None:
        question, picture = answer
        if question is self._asked:
            self._asked = self._job = None
            self.found.emit(replace(question.sight, picture=picture, pending=False))


def project_in(plan: Plan, checkpoint: EntityId) -> EntityId | None:
    """Return the project that a checkpoint is about; None where there is no such checkpoint."""
    found = plan.checkpoints.get(checkpoint)
    return found.project if found is not None else None


def sight_at(editor: Editor, decision: Decision) -> Sight:
    """Return what was shown when *decision* was made, whatever was edited since; raises Refused where it is not there.

    It is worked out of the journal: the plan after the row that was seen, and the plan that the same person had seen
    before that. What that row holds of later answers, as a file made in one go does, was not there to be seen; which
    those are is told by the journal's rows, for the clocks of two computers may differ.
    """
    plan = editor.plan_at(decision.seen)
    later = _not_before(editor, plan, decision) if decision.id in plan.decisions else []
    keys = {d.id for d in later}
    plan = plan.without(c for c in plan.conditions.values() if c.decision in keys).without(later)
    project = project_in(plan, decision.checkpoint)
    point = point_of(plan, decision.who, project)
    known = point is not None and 1 <= point <= decision.seen
    then = editor.plan_at(point) if known and point is not None else None
    picture = picture_of(plan, then, decision.checkpoint, decision.who, day_of(decision.when))
    return Sight(picture, plan, decision.seen, last_looked(plan, decision.who, project) if known else None)


def _not_before(editor: Editor, plan: Plan, decision: Decision) -> list[Decision]:
    """Return the answers in *plan* that were not recorded before one of them: of its own row, those as late as it."""
    rows: dict[EntityId, int] = {}
    for row, delta in enumerate(editor.deltas(), 1):
        for change in delta.changes:
            if isinstance(change.after, Decision):
                rows.setdefault(change.key, row)
    own = rows.get(decision.id, 0), decision.when
    return [d for d in plan.decisions.values() if (rows.get(d.id, 0), d.when) >= own]
