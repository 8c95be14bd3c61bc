"""FlipsBox and VoicesBox: what would change the order, and where the CIO and the CMO differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.ranking.breaking_even import Flip, flips
from roadmapper.planning.ranking.model import Budget, Ranking
from roadmapper.planning.ranking.saying import flip_text, radius_text, reconcile_text
from roadmapper.planning.ranking.voices import Voices, compare_voices
from roadmapper.ui.jobs import Job
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps
from roadmapper.workspace.jobs import Progress

FEW, MOST_FLIPS = 3, 2
SMALL = 0.92
UNBOUND = 16_777_215
MOMENT_MS, QUICK = 80, 240
"""Milliseconds after which the flips of a long list are looked for, and what is long: places x criteria."""
REST_MS = 200
"""Milliseconds for which nothing changes before the two voices are compared."""


class TextBox(QFrame):
    """A box of sentences that keeps its height while something slides."""

    def __init__(self, title: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        colours = theme.palette
        self.setObjectName("textbox")
        self.setStyleSheet(
            f"#textbox {{ background: {colours.raised}; border: 1px solid {colours.line};"
            f" border-radius: {round(5 * theme.unit)}px; }}"
        )
        self.setAccessibleName(title)
        self.main = PlainLabel().styled(size=SMALL)
        self.quiet = PlainLabel().styled(size=SMALL, colour=colours.secondary)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[steps(self, 1.5)] * 4)
        column.setSpacing(steps(self, 0.75))
        column.addWidget(PlainLabel(title).styled(size=SMALL, bold=True))
        column.addWidget(self.main)
        column.addWidget(self.quiet)
        column.addStretch(1)

    def hold(self, *, still: bool) -> None:
        """Keep the height as it is, or let the text have what it needs again."""
        if still and self.isVisible() and self.maximumHeight() == UNBOUND:
            self.setFixedHeight(self.height())
        elif not still:
            self.setMinimumHeight(0)
            self.setMaximumHeight(UNBOUND)

    def say(self, main: Iterable[str], quiet: str) -> None:
        """Show sentences, one a line, and a quieter one below them."""
        lines = list(main)
        words = "\n".join(f"• {line}" for line in lines) if len(lines) > 1 else "".join(lines)
        for label, text in ((self.main, words), (self.quiet, quiet)):
            if label.text() != text:
                label.setText(text)
            label.setVisible(bool(text))


class FlipsBox(TextBox):
    """What would flip the order: at the investment that is looked at, else at the budget line."""

    def __init__(self, comparing: Comparing, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("What would flip the order?"), theme, parent)
        self._comparing = comparing
        self._lines: Sequence[str] = ()
        self._soon = QTimer(self, singleShot=True, interval=MOMENT_MS)
        self._soon.timeout.connect(self.show_flips)
        comparing.ranked.connect(self._follow)
        comparing.chosen.connect(self._follow)
        comparing.studied.connect(self._tell)
        self._follow()

    def show_flips(self) -> None:
        """Say which change of one weight would make neighbours trade places, and how firm the funded set is."""
        plan, ranking = self._comparing.plan, self._comparing.ranking
        if not ranking.places or not plan.criteria:
            self._lines = [tr("Nothing yet: it takes investments with an effort, and a criterion.")]
        else:
            found = flips_at(plan, ranking, self._comparing.focus)
            none = tr("No change of a single weight makes neighbours trade places here.")
            self._lines = [flip_text(plan, flip) for flip in found] or [none]
        self._tell()

    def _follow(self) -> None:
        """Answer at once where that is quick; in a long list, where it would slow a slide, a moment later."""
        if len(self._comparing.ranking.places) * len(self._comparing.plan.criteria) <= QUICK:
            self.show_flips()
        else:
            self._lines = ["…"]  # what was true of another ranking is not shown beside this one
            self._tell()
            self._soon.start()

    def _tell(self) -> None:
        ranking, study = self._comparing.ranking, self._comparing.study
        firm = "…" if study is None else radius_text(self._comparing.plan, ranking, study.radius)
        self.say(self._lines, firm if ranking.places and self._comparing.plan.criteria else "")


class VoicesBox(TextBox):
    """What the CIO and the CMO both rank high, which pairs trade places, what would reconcile them."""

    def __init__(self, comparing: Comparing, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("CIO against CMO"), theme, parent)
        self._comparing = comparing
        self._plan: Plan | None = None
        self._job: Job[Voices] | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._ask)
        comparing.ranked.connect(self._later)
        self._later()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while nobody looked."""
        super().showEvent(event)
        self._rest.start()

    def _later(self) -> None:
        plan = self._comparing.plan
        if plan is self._plan:
            return
        self._forget()
        self._plan = None
        said = [{c.swing(v) for c in plan.criteria.values()} - {None} for v in (Voice.CIO, Voice.CMO)]
        self.setVisible(bool(plan.criteria) and len(plan.investments) > 1)
        if not all(said):
            self.say([tr("Once both have said what counts, you see here where they differ.")], "")
        elif self.isVisible():
            self.quiet.setText("…") if self.main.text() else self.say([], "…")
            self._rest.start()

    def _forget(self) -> None:
        self._rest.stop()
        if self._job is not None:
            self._job.cancel()
            self._job.finished.disconnect(self._know)
            self._job = None

    def _ask(self) -> None:
        plan = self._comparing.plan
        said = [{c.swing(v) for c in plan.criteria.values()} - {None} for v in (Voice.CIO, Voice.CMO)]
        if plan is self._plan or not all(said) or self._job is not None:
            return
        self._plan = plan
        # Nobody's child: it must outlive a panel that goes while it is under way.
        self._job = Job(Disagreement(plan).answer)
        self._job.finished.connect(self._know)
        self._job.start()

    def _know(self, voices: Voices) -> None:
        self._job = None
        if self._plan is not None:
            self.say(*voices_texts(self._plan, voices))


@dataclass(frozen=True, slots=True)
class Disagreement:
    """The question how two voices see one plan, asked in the background."""

    plan: Plan

    def answer(self, _progress: Progress) -> Voices:
        """Return how they see it within the budget that is kept."""
        return compare_voices(self.plan, Budget.of(self.plan))


def flips_at(plan: Plan, ranking: Ranking, focus: EntityId | None) -> Sequence[Flip]:
    """Return the nearest flips of the investment in *focus*, else those of the pair at the budget line."""
    if focus is not None and focus in ranking.by_id:
        return flips(plan, ranking, focus)[:MOST_FLIPS]
    line = max((ranking.line or 1) - 1, 0)
    above = ranking.places[line].investment
    at_line = [f for f in flips(plan, ranking, above) if f.above == above]
    # Where nothing makes the pair at the line trade places, the pairs next to it tell more than nothing.
    near = (flips(plan, ranking, p.investment) for p in ranking.places[line : line + 2])
    return (at_line or next((list(found) for found in near if found), []))[:MOST_FLIPS]


def voices_texts(plan: Plan, voices: Voices) -> tuple[list[str], str]:
    """Return where the CIO and the CMO agree and differ, and what would reconcile them."""
    lines = []
    for words, keys in (
        (tr("Both rank high: {names}."), voices.both_high),
        (tr("Only the CIO: {names}."), voices.only_cio),
        (tr("Only the CMO: {names}."), voices.only_cmo),
    ):
        if keys:
            lines.append(words.format(names=_some(plan, keys)))
    if not voices.disputes:
        return [*lines, tr("Both put everything in the same order.")], ""
    for trade in voices.trades[:FEW]:
        cio, cmo = plan.investments[trade.cio_first].title, plan.investments[trade.cmo_first].title
        lines.append(tr("The CIO puts “{cio}” before “{cmo}”, the CMO the other way round.").format(cio=cio, cmo=cmo))
    more = voices.disputes - min(len(voices.trades), FEW)
    if more > 0:
        lines.append(trn("{n} more pair trades places.", "{n} more pairs trade places.", more))
    return lines, reconcile_text(plan, voices, voices.reconcile[0]) if voices.reconcile else ""


def _some(plan: Plan, keys: tuple[EntityId, ...]) -> str:
    names = ", ".join(tr("“{title}”").format(title=plan.investments[key].title) for key in keys[:FEW])
    more = len(keys) - FEW
    return trn("{names} and {n} more", "{names} and {n} more", more, names=names) if more > 0 else names
