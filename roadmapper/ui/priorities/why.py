"""WhyPanel: what the best set is worth beside the ranked one, and what one score consists of and hangs on."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from roadmapper.domain.investment import Stage
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import money_text
from roadmapper.planning.ranking.model import Place, Ranking
from roadmapper.planning.ranking.saying import (
    best_set_text,
    block_text,
    lack_text,
    missing_text,
    score_sum_text,
    score_text,
    weeks_text,
)
from roadmapper.ui.editor import Editor
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.priorities.term_bar import TermBar, parts_of
from roadmapper.ui.priorities.tornado import TornadoTable
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import LineLabel, PlainLabel, tip

PATIENCE_MS = 300
"""Milliseconds after which it is said that something is being looked for."""
OWN_INPUTS = 3
TALL = 1_000
MOST_NAMES = 2
USUAL_BEST = (
    "Swapping “Local payments” for “Attribution dashboard” brings € 888 k a year more; no set brings more (proven)."
)
USUAL_SUM = (
    "€ 8 888 k × confidence 0.88 = € 8 888 k a year, ÷ 88.8 person-weeks. Nobody else’s numbers change this score."
)
"""Texts as long as they usually are, never shown."""


def budget_title(plan: Plan, ranking: Ranking) -> str:
    """Return within what the best set is looked for, such as ``Best set within 180 person-weeks``."""
    budget = ranking.budget
    limits = [weeks_text(budget.effort)] if budget.effort is not None else []
    limits += [money_text(budget.money, plan.roadmap.currency)] if budget.money is not None else []
    if not limits:
        return tr("Best set")
    return tr("Best set within {budget}").format(budget=tr(" and ").join(limits))


def question_title(plan: Plan, place: Place) -> str:
    """Return what is explained, such as ``Why € 35 k a year per person-week? Personalised offers``."""
    title = plan.investments[place.investment].title
    score = place.score
    if score.per_week is None:
        first = tr("Why first? {title} takes no effort")
        return (first if score.value > 0 else tr("{title} is worth nothing and takes no effort")).format(title=title)
    money = score_text(score.per_week, score.value, plan.roadmap.currency)
    return tr("Why {money} a year per person-week? {title}").format(money=money, title=title)


def closure_text(plan: Plan, place: Place) -> str:
    """Return the score of an investment with what it needs, such as ``With “Consent centre”, which it needs: € 32 k.``

    Empty where nothing must come first.
    """
    if not place.needs:
        return ""
    titles = [tr("“{title}”").format(title=plan.investments[k].title) for k in place.needs]
    more = len(titles) - MOST_NAMES
    names = tr(" and ").join(titles) if more <= 0 else ", ".join(titles[:MOST_NAMES])
    names = trn("{names} and {n} more", "{names} and {n} more", more, names=names) if more > 0 else names
    money = score_text(place.closure, place.score.value, plan.roadmap.currency)
    return tr("With {names}, which it needs: {money} a year per person-week.").format(names=names, money=money)


class SteadyLabel(PlainLabel):
    """Wrapped text that may need another line but never gives one back, so that what is below moves once at most.

    It has room for a text as long as *usual* from the beginning.
    """

    def __init__(self, usual: str = "") -> None:
        super().__init__()
        self._usual = usual
        self._kept: tuple[int, int] = (0, 0)
        self.setAlignment(Qt.AlignmentFlag.AlignTop)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)  # Qt sets it with the first text, which may come late
        self.setSizePolicy(policy)

    @override
    def heightForWidth(self, width: int) -> int:
        """Return the height of the longest text so far in this width, a few lines at least."""
        flags = Qt.TextFlag.TextWordWrap
        usual = self.fontMetrics().boundingRect(QRect(0, 0, width, TALL), flags, self._usual or "x").height()
        needed = max(super().heightForWidth(width), usual)
        if self._kept[0] == width:
            needed = max(needed, self._kept[1])
        self._kept = width, needed
        return needed


class WhyPanel(QWidget):
    """The sums of the investment in focus, or of the first place; it scrolls where there is little room.

    Everything keeps its height while weights are moved. What takes long to find out is empty until it is known.
    """

    def __init__(self, comparing: Comparing, editor: Editor, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._comparing = comparing
        self._editor = editor
        self._theme = theme
        self._plan = comparing.plan  # that of the ranking: the next may be there before its ranking is
        self.setAccessibleName(tr("Why this score"))
        grey = theme.palette.secondary
        self.best_title = LineLabel().styled(bold=True)
        self.best = SteadyLabel(USUAL_BEST).styled(colour=grey)
        self.title = SteadyLabel().styled(bold=True)
        self.bar = TermBar(theme)
        self.sum, self.block = (SteadyLabel(usual).styled(colour=grey) for usual in (USUAL_SUM, ""))
        self.missing = PlainLabel().styled(colour=grey)
        self.moves = LineLabel(tr("What moves its rank most")).styled(bold=True)
        self.tornado = TornadoTable(theme)
        self._lay_out()
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._patience.timeout.connect(self._looking)
        comparing.ranked.connect(self._ranked)
        comparing.studied.connect(self._studied)
        comparing.chosen.connect(self._explain)
        comparing.looked.connect(self._look)
        self._ranked()

    def place(self) -> Place | None:
        """Return the place that is explained: of what is looked at, else the first; None where there is none."""
        ranking, focus = self._comparing.ranking, self._comparing.focus
        if focus is not None:
            return ranking.by_id.get(focus)
        return ranking.places[0] if ranking.places else None

    def _lay_out(self) -> None:
        unit = self._theme.unit
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, round(6 * unit), 0)
        column.setSpacing(round(5 * unit))
        for widget in (self.best_title, self.best, self.title, self.bar, self.sum, self.block, self.missing):
            column.addWidget(widget)
            if widget is self.best:
                column.addSpacing(round(5 * unit))
        column.addSpacing(round(5 * unit))
        column.addWidget(self.moves)
        column.addWidget(self.tornado)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _ranked(self) -> None:
        comparing = self._comparing
        self._plan = comparing.plan
        self.best_title.setText(budget_title(self._plan, comparing.ranking))
        self._studied()
        self._explain()

    def _studied(self) -> None:
        """Show the sentence of a study that is of this ranking, or nothing, and after a while that it is sought."""
        comparing = self._comparing
        budget, study = comparing.ranking.budget, comparing.study
        limited = budget.effort is not None or budget.money is not None
        if not comparing.ranking.places:
            self.best.setText(tr("There is nothing to choose from yet."))
        elif not limited:
            self.best.setText(tr("No limit is set: everything is funded."))
        elif study is not None and study.best is not None:
            self.best.setText(best_set_text(self._plan, comparing.ranking, study.best))
        elif comparing.trouble or study is None:  # while only the best set is looked for, that is said on
            self.best.setText(comparing.trouble)
            self._patience.start()

    def _looking(self) -> None:
        """Say what is still looked for."""
        comparing = self._comparing
        budget, study = comparing.ranking.budget, comparing.study
        limited = budget.effort is not None or budget.money is not None
        known = study is not None and study.best is not None
        if comparing.ranking.places and limited and not known and not comparing.trouble:
            self.best.setText(tr("looking for the best set…"))
        if comparing.look is None and not comparing.look_trouble:
            self.moves.setText(tr("What moves its rank most") + " …")

    def _explain(self) -> None:
        focus, place, plan = self._comparing.focus, self.place(), self._plan
        for widget in (self.bar, self.moves, self.tornado):
            widget.setVisible(place is not None)
        self.block.setVisible(place is not None and _is_tied(plan, place))
        self.missing.setVisible(place is not None and bool(place.score.missing))
        if place is None:
            it = plan.investments.get(focus) if focus is not None else None
            self.title.setText(it.title if it is not None else tr("Why this score"))
            self.sum.setText(self._nothing())
            return
        self.title.setText(question_title(plan, place))
        self.bar.show_parts(parts_of(plan, place.score), plan.roadmap.currency)
        self.sum.setText(score_sum_text(plan, place.score))
        stands = block_text(plan, place)
        sentences = [tr("It {stands}.").format(stands=stands)] if stands else []
        self.block.setText(" ".join([*sentences, closure_text(plan, place)]).strip())
        self.missing.setText(missing_text(plan, place.score))
        self.tornado.reserve(OWN_INPUTS + len(plan.criteria))
        self._look()

    def _nothing(self) -> str:
        """Return why nothing is explained."""
        comparing, focus = self._comparing, self._comparing.focus
        lacking = next((u for u in comparing.ranking.unranked if u.investment == focus), None)
        if lacking is not None:
            return lack_text(self._plan, lacking)
        it = self._plan.investments.get(focus) if focus is not None else None
        if it is None:
            return tr("Nothing can be ranked yet: enter an investment and its effort.")
        if it.stage is Stage.DELIVERED:
            return tr("“{title}” is delivered: it is no longer ranked.").format(title=it.title)
        return tr("“{title}” was dropped: it is no longer ranked.").format(title=it.title)

    def _look(self) -> None:
        """Show what moves the rank, once that is found out: everything is ranked anew a dozen times for it."""
        place, look, trouble = self.place(), self._comparing.look, self._comparing.look_trouble
        self.moves.setText(trouble or tr("What moves its rank most"))
        self.moves.setToolTip(tip(trouble))
        if place is not None and look is not None:
            self.tornado.show_bars(self._plan, look.bars, place.rank)
        else:
            self.tornado.wait()
            self._patience.start()


def _is_tied(plan: Plan, place: Place) -> bool:
    """Return whether an investment needs another or is needed, so that it may stand together with it."""
    return bool(place.needs) or any(place.investment in i.needs for i in plan.investments.values())
