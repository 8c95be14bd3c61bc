"""Columns: what the table of investments can show, one column per criterion, and which of it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from roadmapper.domain.criterion import Criterion
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import currency_sign
from roadmapper.ui.priorities.numbers import number_text
from roadmapper.ui.settings import Settings
from roadmapper.ui.widgets.labels import unmarked

NAME = "priorities_columns"


class What(StrEnum):
    """What stands in a column."""

    RANK = "rank"
    TITLE = "title"
    STAGE = "stage"
    REVENUE = "revenue"
    REVENUE_LOW = "revenue_low"
    REVENUE_HIGH = "revenue_high"
    EFFORT = "effort"
    EFFORT_LOW = "effort_low"
    EFFORT_HIGH = "effort_high"
    COST = "cost"
    CONFIDENCE = "confidence"
    CRITERION = "criterion"
    NEEDS = "needs"
    OWNER = "owner"
    ESTIMATED = "estimated"
    SENTENCE = "sentence"
    SCORE = "score"
    CLOSURE = "closure"
    INTERVAL = "interval"
    CHANCE = "chance"


COMPUTED = (What.RANK, What.SCORE, What.CLOSURE, What.INTERVAL, What.CHANCE)
TEXTS = (What.TITLE, What.STAGE, What.NEEDS, What.OWNER, What.ESTIMATED, What.SENTENCE, What.INTERVAL)
ALWAYS = (What.RANK, What.TITLE)
USUAL = (*ALWAYS, What.REVENUE, What.EFFORT, What.SCORE, What.INTERVAL, What.CHANCE)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands in it, its head, and what that means; *criterion* only where it is about one."""

    what: What
    head: str
    meaning: str = ""
    criterion: Criterion | None = None

    @property
    def name(self) -> str:
        """Return the name by which it is remembered."""
        return self.what.value if self.criterion is None else f"criterion:{self.criterion.id}"

    @property
    def right(self) -> bool:
        """Return whether it is a column of numbers, which stand at the right."""
        return self.what not in TEXTS

    @property
    def editable(self) -> bool:
        """Return whether something can be typed into it."""
        return self.what not in COMPUTED


def columns_of(plan: Plan) -> list[Column]:
    """Return all columns for a plan, from left to right."""
    sign = currency_sign(plan.roadmap.currency)
    low, high = tr("One in ten turns out lower"), tr("One in ten turns out higher")
    before = [
        Column(What.RANK, "#", tr("The place in the ranking; ✓ means it is funded within the budget")),
        Column(What.TITLE, tr("Investment")),
        Column(What.STAGE, tr("Stage")),
        Column(What.REVENUE, tr("Revenue / yr"), tr("The likely revenue a year, in {sign}").format(sign=sign)),
        Column(What.REVENUE_LOW, tr("Revenue, low"), low),
        Column(What.REVENUE_HIGH, tr("Revenue, high"), high),
        Column(What.EFFORT, tr("Effort"), tr("The likely effort of all teams, in person-weeks")),
        Column(What.EFFORT_LOW, tr("Effort, low"), low),
        Column(What.EFFORT_HIGH, tr("Effort, high"), high),
        Column(What.COST, tr("Cost"), tr("Money spent once, beside the effort, in {sign}").format(sign=sign)),
        Column(What.CONFIDENCE, tr("Confidence"), tr("How sure the value is, in per cent: the score counts so much")),
    ]
    after = [
        Column(What.NEEDS, tr("Needs first"), tr("What must come first; titles with a semicolon between them")),
        Column(What.OWNER, tr("Owner")),
        Column(What.ESTIMATED, tr("Estimated"), tr("The day of the estimate; an old one is ageing")),
        Column(What.SENTENCE, tr("In plain words")),
        Column(
            What.SCORE,
            tr("{sign} a pw").format(sign=sign),
            tr("Score: value a year for each person-week; nobody else’s numbers change it"),
        ),
        Column(
            What.CLOSURE,
            tr("With needs"),
            tr("The score together with what must come first, where that makes a difference"),
        ),
        Column(
            What.INTERVAL,
            tr("Rank, 90 %"),
            tr("Where it stands in 9 of 10 draws of everything that is estimated; the dot is its place now"),
        ),
        Column(What.CHANCE, tr("Funded"), tr("In how many of 100 draws it fits into the budget")),
    ]
    return [*before, *(_of(c) for c in plan.criteria_in_order), *after]


def _of(criterion: Criterion) -> Column:
    ends = ((criterion.worst, criterion.worst_words), (criterion.best, criterion.best_words))
    said = [f"{number_text(value)} {criterion.unit}".strip() + (f": {words}" if words else "") for value, words in ends]
    return Column(
        What.CRITERION, criterion.title, tr("From {worst} to {best}").format(worst=said[0], best=said[1]), criterion
    )


def criterion_of(column: Column) -> EntityId:
    """Return the criterion of a column that is about one."""
    if column.criterion is None:
        raise ValueError(column.name)
    return column.criterion.id


class Chosen(QObject):
    """Which columns are shown: the usual ones unless somebody chose otherwise; *changed* when somebody does."""

    changed = Signal()

    def __init__(self, settings: Settings | None, parent: QWidget) -> None:
        super().__init__(parent)
        self._settings = settings
        self._columns: Sequence[Column] = ()
        self._needy = False
        # By hand: "+cost" is shown though it is not usual, "-chance" is not though it is.
        words = settings.texts(NAME) if settings else []
        self._by_hand = {w[1:]: w[0] == "+" for w in words if len(w) > 1}
        self.menu = QMenu(tr("Columns"), parent)
        self.menu.setToolTipsVisible(True)

    def offer(self, columns: Sequence[Column], *, needy: bool) -> bool:
        """Take note of the columns there are, and whether anything needs another; return whether that is news."""
        if (columns, needy) == (self._columns, self._needy):
            return False
        self._columns, self._needy = columns, needy
        self.menu.clear()
        for column in columns:
            if column.what not in ALWAYS:
                action = QAction(unmarked(column.head), self.menu)
                action.setCheckable(True)
                action.setChecked(self.shows(column))
                action.setData(column.name)
                action.toggled.connect(self._toggled)
                self.menu.addAction(action)
        return True

    def shows(self, column: Column) -> bool:
        """Return whether a column is shown."""
        usual = column.what in USUAL or (column.what is What.CLOSURE and self._needy)
        return column.what in ALWAYS or self._by_hand.get(column.name, usual)

    def by_itself(self, column: Column) -> bool:
        """Return whether a column is shown, or not, without anybody having chosen so."""
        return column.name not in self._by_hand

    def choose(self, name: str, *, shown: bool) -> None:
        """Show or hide a column, and remember it."""
        self._by_hand[name] = shown
        if self._settings is not None:
            self._settings.remember(NAME, [("+" if on else "-") + n for n, on in sorted(self._by_hand.items())])
        self.changed.emit()

    def ask(self, corner: QPoint) -> None:
        """Open the menu to choose from at a point of the screen."""
        self.menu.popup(corner)

    def _toggled(self, shown: bool) -> None:
        sender = self.sender()
        if isinstance(sender, QAction):
            self.choose(str(sender.data()), shown=shown)
