"""ConsultDeeds: what the page's commands do - place consults, invite to them, hand them out, read answers in."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from roadmapper.domain.consult import Answer, Condition, Decision
from roadmapper.domain.entity import EntityId
from roadmapper.domain.file_name import safe_name
from roadmapper.domain.plan import Plan
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr, trn
from roadmapper.exchange.pack_answer import check, conditions_in, read
from roadmapper.exchange.review_pack import Origin, pack
from roadmapper.planning.consults.changes import point_of
from roadmapper.planning.consults.picture import picture_of
from roadmapper.planning.consults.saying import consult_title
from roadmapper.storage.writing import write_whole
from roadmapper.ui.editor import Editor
from roadmapper.workspace.edits.checkpoints import put_checkpoint
from roadmapper.workspace.edits.decisions import decide
from roadmapper.workspace.session import Session


def title_in(plan: Plan, checkpoint: EntityId) -> str:
    """Return how a consult is headed."""
    found = plan.checkpoints[checkpoint]
    about = plan.increments.get(found.increment) if found.increment is not None else None
    return consult_title(found, about.title if about is not None else plan.projects[found.project].title)


def last_to_decide(plan: Plan) -> str:
    """Return who decided last; empty while nobody has."""
    latest = max(plan.decisions.values(), key=lambda d: (d.when, d.id), default=None)
    return latest.who if latest is not None else ""


class ConsultDeeds(QObject):
    """Deeds that ask first; *said* is sent with what was done, refusals go to the editor's."""

    said = Signal(str)

    def __init__(self, editor: Editor, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._editor = editor
        self._window = window
        self.session = session

    def new_checkpoint(self, project: EntityId | None) -> EntityId | None:
        """Ask for a consult and add it; return its id."""
        dialog = import_module("roadmapper.ui.dialogs.checkpoint_dialog").CheckpointDialog(
            self._editor.plan, project, self.session.today(), parent=self._window
        )
        if not dialog.exec():
            return None
        checkpoint = dialog.result_checkpoint()
        label = tr("Add a consult on {day}").format(day=checkpoint.day)
        return checkpoint.id if self._editor.run(label, put_checkpoint, checkpoint) else None

    def place(self, project: EntityId | None) -> None:
        """Ask for the rules of a project and place its consults by them, as one step."""
        module = import_module("roadmapper.ui.dialogs.place_dialog")
        dialog = module.PlaceDialog(self._editor.plan, project, self.session.today(), parent=self._window)
        if not dialog.exec():
            return
        key, placement, cadence = dialog.result_placement()
        label = tr("Place the consults of “{title}”").format(title=self._editor.plan.projects[key].title)
        self._editor.run(label, module.place_by_rule, key, placement, cadence)

    def record(self, decision: Decision) -> bool:
        """Record an answer with what follows from it, and return whether it was recorded."""
        plan = self._editor.plan
        if decision.checkpoint not in plan.checkpoints:
            self._editor.refused.emit(tr("That checkpoint is no longer there: look at the list again."))
            return False
        asked = conditions_in(decision.comment) if decision.answer is Answer.APPROVE_WITH_CHANGES else []
        title = title_in(plan, decision.checkpoint)
        try:
            for text in asked:
                Condition(EntityId("asked"), decision.id, text)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return False
        label = tr("Decide on “{title}”").format(title=title)
        done = self._editor.run(label, decide, decision, asked, self.session.today())
        if done:
            self.said.emit(tr("Recorded: {title} · {who}").format(title=title, who=decision.who))
        return done

    def invite(self, chosen: EntityId | None) -> None:
        """Ask which consults - all that are open, or the chosen one - and save them as calendar entries."""
        plan, only = self._editor.plan, None
        if chosen in plan.checkpoints and chosen is not None and chosen not in plan.latest_decisions:
            module = import_module("roadmapper.ui.dialogs.invite_dialog")
            dialog = module.InviteDialog(title_in(plan, chosen), parent=self._window)
            if not dialog.exec():
                return
            only = chosen if dialog.only_one else None
        what = title_in(plan, only).replace(":", " –") if only else plan.roadmap.title
        name = safe_name(tr("Consults of {title}").format(title=what) if only is None else what, ".ics")
        path = self._ask_file(tr("Save invitations"), "ics", tr("Calendar") + " (*.ics)", name)
        if path is None:
            return
        try:
            # The calendar library costs every start a thirtieth of a second.
            calendar = import_module("roadmapper.exchange.invitations")
            data = calendar.invitations(
                self._editor.plan,
                self._editor.hash_at(1) or "",
                self._editor.length,
                datetime.now(UTC).replace(microsecond=0),
                only=only,
                removed=calendar.removed_checkpoints(self._editor.deltas(), self._editor.plan),
            )
            write_whole(path, data)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return
        count = data.count(b"BEGIN:VEVENT")
        self.said.emit(trn("Saved “{file}” ({n} entry).", "Saved “{file}” ({n} entries).", count, file=path.name))

    def review_pack(self, checkpoint: EntityId | None) -> None:
        """Ask for a file and write the chosen consult into it, as a page with a form."""
        if checkpoint is None:
            self._editor.refused.emit(tr("Choose a consult first: click it in the list."))
            return
        plan, length = self._editor.plan, self._editor.length
        name = safe_name(title_in(plan, checkpoint).replace(":", " –"), ".html")
        found = self._ask_file(tr("Save a review pack"), "html", tr("Web page") + " (*.html)", name)
        if found is None:
            return
        try:
            reader = self.session.who if self._editor.role is Role.REVIEWER else last_to_decide(plan)
            point = point_of(plan, reader, plan.checkpoints[checkpoint].project)
            then = self._editor.plan_at(point) if point is not None and 1 <= point <= length else None
            picture = picture_of(plan, then, checkpoint, reader, self.session.today())
            origin = Origin(self._editor.hash_at(1) or "", length, self._editor.hash_at(length) or "")
            write_whole(found, pack(picture, origin, plan.roadmap.title, self.session.resources).encode())
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return
        self.said.emit(tr("Saved “{file}”: send it, and read the answer in.").format(file=found.name))

    def import_answer(self) -> EntityId | None:
        """Ask for the answer of a review pack and record it; return which checkpoint it answers."""
        dialog = import_module("roadmapper.ui.dialogs.answer_dialog").AnswerDialog(self._checked, parent=self._window)
        if not dialog.exec() or dialog.checked is None:
            return None
        decision: Decision = dialog.checked.decision
        return decision.checkpoint if self.record(decision) else None

    def _checked(self, text: str) -> object:
        """Return the answer in a text, checked against the plan as it is; raises Refused."""
        module = import_module("roadmapper.ui.dialogs.answer_dialog")
        plan = self._editor.plan
        decision, notes = check(read(text), plan, self._editor.hash_at, self._editor.length, datetime.now(UTC))
        return module.Checked(decision, title_in(plan, decision.checkpoint), tuple(notes))

    def _ask_file(self, title: str, suffix: str, kind: str, name: str) -> Path | None:
        dialog = QFileDialog(self._window, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix(suffix)
        dialog.setNameFilter(kind)
        dialog.selectFile(name)
        wanted = bool(dialog.exec())
        chosen = dialog.selectedFiles()
        dialog.deleteLater()
        return Path(chosen[0]) if wanted and chosen else None
