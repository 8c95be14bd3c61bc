"""CheckpointsPage: what is asked of the CMO, what they are shown of it, and what was answered, side by side."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.consult import Answer, Condition, Decision
from roadmapper.domain.dates import day_of
from roadmapper.domain.entity import EntityId, new_id
from roadmapper.domain.refusal import Refused
from roadmapper.domain.role import Role
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.consults.due import Consults, State, consults_of
from roadmapper.planning.consults.saying import answer_text
from roadmapper.planning.phrases import day_text
from roadmapper.reports.paper import Kind
from roadmapper.ui.checkpoints.centre import Centre
from roadmapper.ui.checkpoints.consult_list import ConsultList
from roadmapper.ui.checkpoints.decision_form import Draft
from roadmapper.ui.checkpoints.deeds import ConsultDeeds, last_to_decide
from roadmapper.ui.checkpoints.empty import EmptyPage
from roadmapper.ui.checkpoints.follows import follows_text, thanks_text
from roadmapper.ui.checkpoints.ledger_panel import LedgerPanel
from roadmapper.ui.checkpoints.picture_view import PictureView
from roadmapper.ui.checkpoints.seeing import Seeing, Sight, sight_at
from roadmapper.ui.checkpoints.three_sides import ThreeSides
from roadmapper.ui.editor import Editor
from roadmapper.ui.settings import Settings
from roadmapper.ui.theme import Theme
from roadmapper.workspace.edits.decisions import mark_seen, put_condition
from roadmapper.workspace.session import Session


class CheckpointsPage(QWidget):
    """The page of the consults.

    *counted* is sent when what its status line says is new, *wanted* with an increment to be seen on the timeline,
    *said* with what was done, *print_wanted* with a sheet and its checkpoint.
    """

    title = "Checkpoints"
    icon = "checkpoints"
    counted = Signal()
    wanted = Signal(str)
    said = Signal(str)
    print_wanted = Signal(str, object)

    def __init__(self, editor: Editor, theme: Theme, settings: Settings, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr(self.title))
        self._editor = editor
        self._theme = theme
        self._settings = settings
        self._session = session
        self._consults = Consults((), (), (), {})
        self._sight: Sight | None = None
        self._stale = True
        self._in_empty_part = False
        self._thanks = ""
        self._anew: set[EntityId] = set()
        self._drafts: dict[tuple[str, EntityId], Draft] = {}
        self.current: EntityId | None = None
        self.deeds = ConsultDeeds(editor, session, self)
        self._seeing = Seeing(editor, self)
        self.list = ConsultList(theme, self)
        self.centre = Centre(theme, self)
        self.ledger = LedgerPanel(theme, self)
        self.empty = EmptyPage(theme, self)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.list)

    @property
    def says(self) -> str:
        """Return in a few words what the page is for, for the head of the window."""
        return tr("for the CMO: what is ready, what changed, what do you decide?")

    def introduced(self, session: Session) -> None:
        """Work for somebody else from now on."""
        self._session = self.deeds.session = session
        self.refresh()

    def new_checkpoint(self) -> None:
        """Ask for a new consult and place it."""
        added = self.deeds.new_checkpoint(self._project())
        if added is not None:
            self.choose(added)

    def place_consults(self) -> None:
        """Ask by which rules the consults of a project stand, and place them."""
        self.deeds.place(self._project())

    def invite(self) -> None:
        """Save the consults as calendar entries."""
        self.deeds.invite(self.current)

    def review_pack(self) -> None:
        """Save the chosen consult as a page for those who do not open the program."""
        self.deeds.review_pack(self.current)

    def import_answer(self) -> None:
        """Read the answer of a review pack in."""
        answered = self.deeds.import_answer()
        if answered is not None:
            self.choose(answered)

    def print_ledger(self) -> None:
        """Print what was asked and answered."""
        self.print_wanted.emit(Kind.LEDGER, None)

    def print_consult(self) -> None:
        """Print the chosen consult with room for the answer."""
        self.print_wanted.emit(Kind.REVIEW, self.current)

    def mark_seen(self) -> None:
        """Note that the user has seen the plan as it is shown."""
        seen = self._sight.seen if self._sight is not None else self._editor.length
        self._editor.run(tr("Mark as seen"), mark_seen, self._session.who, datetime.now(UTC), seen)

    def counts(self) -> str:
        """Return how many consults there are, for the status line."""
        found = self._consults
        parts = [
            trn("{n} checkpoint", "{n} checkpoints", len(found.by_id)),
            tr("{n} answered").format(n=len(found.answered)),
            tr("{n} due").format(n=len(found.due)),
        ]
        if found.coming:
            parts.append(tr("next: {day}").format(day=day_text(found.coming[0].checkpoint.day)))
        return " · ".join(parts)

    def choose(self, key: str) -> None:
        """Show a checkpoint; without a key the part of the list that is looked at, which has none."""
        if key != self.current or self._sight is None or self._stale:
            self.current = EntityId(key) if key else None
            self._in_empty_part = not key
            self._thanks = ""
            self.refresh()

    def refresh(self) -> None:
        """Read the plan anew; while the page is not seen nothing is done, and it catches up when it is."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        today = self._session.today()
        self._consults = consults_of(self._editor.plan, today)
        if self.current not in self._consults.by_id:
            parts = [self.list.part] if self._in_empty_part else list(State)
            self.current = next((k for k in map(self._first, parts) if k is not None), None)
        self._pages.setCurrentIndex(0 if self._consults.by_id else 1)
        self.empty.offer(plans=self._editor.may_plan, projects=bool(self._editor.plan.projects))
        self.list.show_consults(self._consults, self.current)
        self.list.offer(plans=self._editor.may_plan)
        self.ledger.show_plan(self._editor.plan, self._project(), today)
        self._show()
        self.counted.emit()

    def _first(self, state: State) -> EntityId | None:
        part = {
            State.DUE: self._consults.due,
            State.COMING: self._consults.coming,
            State.ANSWERED: self._consults.answered,
        }[state]
        return part[0].checkpoint.id if part else None

    def _project(self) -> EntityId | None:
        consult = self._consults.by_id.get(self.current) if self.current is not None else None
        return consult.project.id if consult is not None else None

    def _connect(self) -> None:
        self._editor.opened.connect(self.refresh)
        self._editor.changed.connect(self.refresh)
        self._seeing.found.connect(self._found)
        self.deeds.said.connect(self.said)
        self.list.chosen.connect(self.choose)
        self.list.place_wanted.connect(self.place_consults)
        self.empty.place_wanted.connect(self.place_consults)
        self.empty.new_wanted.connect(self.new_checkpoint)
        self.ledger.chosen.connect(self.choose)
        self.ledger.opened.connect(self._open_entry)
        self.ledger.print_wanted.connect(self.print_ledger)
        self.centre.picture.mark_seen.clicked.connect(self.mark_seen)
        self.centre.timeline_wanted.connect(self._to_timeline)
        self.centre.next_wanted.connect(self._to_next)
        self.centre.answered.picture_wanted.connect(self.open_picture)
        self.centre.answered.condition_ticked.connect(self._tick)
        self.centre.picture.open.ticked.connect(self._tick)
        self.centre.answered.anew.connect(self._decide_anew)
        self.centre.form.changed.connect(self._drafted)
        self.centre.form.wanted.connect(self.record)

    def _show(self) -> None:
        """Show the chosen checkpoint."""
        consult = self._consults.by_id.get(self.current) if self.current is not None else None
        if consult is None:
            self._sight = None
            self.centre.show_nothing(self.list.nothing)
            return
        key = consult.checkpoint.id
        self._sight = self._seeing.look(key, self._session.who, self._session.today())
        entries = [e for e in self.ledger.all_entries() if e.checkpoint.id == key]
        decides = self._editor.may("decisions")
        answered, asks = bool(entries), decides and (not entries or key in self._anew)
        self._show_sight(self._sight)
        self.centre.show_answers(entries, ticks=self._editor.may("conditions"), anew=decides and not asks)
        self.centre.ask(consult.checkpoint.kind, self._sight.picture.question, asks=asks)
        self.centre.tell(self._thanks if answered and not asks else "" if asks else self._why_not())
        self.centre.offer_next(offered=bool(self._thanks) and answered and not asks and bool(self._consults.due))
        if asks:
            draft = self._drafts.get((self._session.who, key), Draft(by=last_to_decide(self._editor.plan)))
            told = self._editor.role is Role.PLANNER
            title = tr("The CMO's decision") if told else tr("Your decision")
            self.centre.form.show_draft(draft, title, self._note(), asks_who=told)
            self._say_follows()

    def _found(self, sight: Sight) -> None:
        """Show what changed, once that is known."""
        if self._sight is not None and sight.picture.consult.checkpoint.id == self.current:
            self._sight = sight
            self._show_sight(sight)

    def _show_sight(self, sight: Sight) -> None:
        self.centre.show_sight(sight, marks=self._editor.may("looks"), ticks=self._editor.may("conditions"))

    def _why_not(self) -> str:
        if not self._editor.editable:
            return tr("This roadmap is open for reading only, so nothing is recorded: open it where it can be changed.")
        return tr("Only a reviewer, or a planner for them, records a decision.")

    def _note(self) -> str:
        who = self._session.who
        if self._editor.role is Role.PLANNER:
            words = tr("Written down by {who}, planner. Never edited later, only followed by a new one.")
            return words.format(who=who)
        words = tr("Recorded as {who}, {role}. Never edited later, only followed by a new one.")
        return words.format(who=who, role=tr(self._editor.role))

    def _drafted(self) -> None:
        if self.current is not None:
            self._drafts[self._session.who, self.current] = self.centre.form.draft
            self._say_follows()

    def _say_follows(self) -> None:
        consult = self._consults.by_id.get(self.current) if self.current is not None else None
        if consult is not None:
            draft = self.centre.form.draft
            words = follows_text(
                self._editor.plan, consult.checkpoint, draft.answer, draft.comment, self._session.today()
            )
            self.centre.form.say(words)

    def record(self) -> None:
        """Record the decision that is chosen, unless something is missing."""
        key, sight, draft = self.current, self._sight, self.centre.form.draft
        if key is None or sight is None:
            return
        told = self._editor.role is Role.PLANNER
        who = draft.by.strip() if told else self._session.who
        why, where = self._missing(draft, who)
        if why or draft.answer is None:
            self.centre.form.complain(why)
            self.centre.form.lead_to(where)
            return
        role = str(Role.REVIEWER)
        if told:
            role = tr("{role}, told to {who}").format(role=role, who=self._session.who)[:200]
        try:
            decision = Decision(
                new_id("dec"), key, draft.answer, who, datetime.now(UTC), sight.seen, role, draft.comment.strip()
            )
        except Refused as refusal:
            self.centre.form.complain(str(refusal))
            return
        place = (self._session.who, key)
        self._drafts.pop(place, None)
        anew = key in self._anew
        self._anew.discard(key)
        checkpoint = self._editor.plan.checkpoints.get(key)
        before = self._editor.plan
        if checkpoint is None or not self.deeds.record(decision):
            self._drafts[place] = draft
            if anew:
                self._anew.add(key)
            self.refresh()
            return
        follows = follows_text(before, checkpoint, draft.answer, draft.comment, self._session.today())
        self._thanks = thanks_text(follows, len(self._consults.due))
        self._show()
        self.list.setFocus()  # what had it is gone
        self.centre.reveal_answers()

    def _missing(self, draft: Draft, who: str) -> tuple[str, QWidget]:
        """Return what is missing, or nothing, and where it belongs."""
        form = self.centre.form
        if draft.answer is None:
            return tr("Choose an answer first."), form.cards[Answer.APPROVE]
        if not who:
            return tr("Write the name of who answered."), form.by
        if draft.answer is Answer.APPROVE_WITH_CHANGES and not draft.comment.strip():
            return tr("Write what should change: each line becomes a condition."), form.comment
        if draft.answer is Answer.REJECT and not draft.comment.strip():
            return tr("Say why not: a sentence in the comment is enough."), form.comment
        return "", form

    def _to_next(self) -> None:
        following = self._first(State.DUE)
        if following is not None:
            self.choose(following)
            self.list.setFocus()

    def _decide_anew(self) -> None:
        if self.current is not None:
            self._thanks = ""
            self._anew.add(self.current)
            self.refresh()
            self.centre.reveal_form()

    def _tick(self, condition: Condition, done: bool) -> None:
        day = self._session.today() if done else None
        label = tr("“{text}” is done") if done else tr("“{text}” is open again")
        if not self._editor.run(label.format(text=condition.text[:60]), put_condition, replace(condition, done=day)):
            self.refresh()

    def _open_entry(self, key: str) -> None:
        decision = self._editor.plan.decisions.get(EntityId(key))
        if decision is not None:
            self.open_picture(decision)

    def open_picture(self, decision: Decision) -> None:
        """Show the picture that was seen when a decision was made, exactly."""
        try:
            sight = sight_at(self._editor, decision)
        except Refused as refusal:
            self._editor.refused.emit(str(refusal))
            return
        view = PictureView(self._theme, decision.who)
        view.show_sight(sight)
        told = tr("As of journal row {n}, {day}, when {who} answered: {answer}.").format(
            n=decision.seen,
            day=day_text(day_of(decision.when)),
            who=decision.who,
            answer=answer_text(decision.answer),
        )
        import_module("roadmapper.ui.dialogs.seen_dialog").SeenDialog(
            told, view, sight.plan, sight.picture.consult.project.id, day_of(decision.when), parent=self
        ).exec()

    def _to_timeline(self) -> None:
        consult = self._consults.by_id.get(self.current) if self.current is not None else None
        if consult is not None:
            self.wanted.emit(str(consult.increment.id if consult.increment is not None else consult.project.id))

    def _lay_out(self) -> None:
        self._sides = ThreeSides(self.list, self.centre, self.ledger, self._theme)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._sides)
        self._pages.addWidget(self.empty)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    @override
    def minimumSizeHint(self) -> QSize:
        """Ask for little: what does not fit is scrolled."""
        return QSize(round(320 * self._theme.unit), round(200 * self._theme.unit))

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Show what changed while the page was not seen."""
        super().showEvent(event)
        if self._stale or self.current is None:
            self._in_empty_part = False
            self._thanks = ""
            self.refresh()
