"""FlipsBox and VoicesBox: what would change the order, and where the CIO and the CMO differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from roadmapper.domain.criterion import Voice
from roadmapper.domain.entity import EntityId
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.ranking.breaking_even import Flip, flips_at
from roadmapper.planning.ranking.saying import flip_text, radius_text, reconcile_text
from roadmapper.planning.ranking.voices import Voices
from roadmapper.ui.priorities.state import Comparing
from roadmapper.ui.theme import Theme
from roadmapper.ui.widgets.labels import PlainLabel
from roadmapper.ui.widgets.looks import steps

FEW = 3
SMALL = 0.92
UNBOUND = 16_777_215
QUICK = 240
"""How many places x criteria make a list in which flips are found at once."""


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
        comparing.ranked.connect(self._follow)
        comparing.chosen.connect(self._follow)
        comparing.looked.connect(self._follow)
        comparing.studied.connect(self._tell)
        self._follow()

    def _follow(self) -> None:
        """Say which change of one weight would make neighbours trade places.

        Where that is quick, it is said at once; in a long list, where it would slow a slide, once it is found out.
        """
        comparing = self._comparing
        plan, ranking, look = comparing.plan, comparing.ranking, comparing.look
        if not ranking.places or not plan.criteria:
            self._lines = [tr("Nothing yet: it takes investments with an effort, and a criterion.")]
        elif len(ranking.places) * len(plan.criteria) <= QUICK:
            self._lines = flip_lines(plan, flips_at(plan, ranking, comparing.focus))
        elif look is not None:
            self._lines = flip_lines(plan, look.flips)
        else:  # what was true of another ranking is not shown beside this one
            self._lines = [comparing.look_trouble or "…"]
        self._tell()

    def _tell(self) -> None:
        """Say that, and how firm the funded set is."""
        comparing = self._comparing
        plan, ranking, study = comparing.plan, comparing.ranking, comparing.study
        firm = (comparing.trouble or "…") if study is None else radius_text(plan, ranking, study.radius)
        self.say(self._lines, firm if ranking.places and plan.criteria else "")


class VoicesBox(TextBox):
    """What the CIO and the CMO both rank high, which pairs trade places, what would reconcile them."""

    def __init__(self, comparing: Comparing, theme: Theme, parent: QWidget) -> None:
        super().__init__(tr("CIO against CMO"), theme, parent)
        self._comparing = comparing
        self._said: tuple[Plan, Voices | None, str] | None = None
        comparing.ranked.connect(self._tell)
        comparing.studied.connect(self._tell)
        self._tell()

    def _tell(self) -> None:
        """Say what is known, which stays as long as nothing else is kept."""
        plan, voices, trouble = self._comparing.plan, self._comparing.voices, self._comparing.trouble
        if self._said is not None and all(a is b for a, b in zip(self._said, (plan, voices, trouble), strict=True)):
            return
        self._said = plan, voices, trouble
        said = [{c.swing(v) for c in plan.criteria.values()} - {None} for v in (Voice.CIO, Voice.CMO)]
        self.setVisible(bool(plan.criteria) and len(plan.investments) > 1)
        if not all(said):
            self.say([tr("Once both have said what counts, you see here where they differ.")], "")
        elif voices is not None:
            self.say(*voices_texts(plan, voices))
        else:
            self.say([], trouble or "…")


def flip_lines(plan: Plan, found: Sequence[Flip]) -> Sequence[str]:
    """Return flips in sentences, or that there are none."""
    none = tr("No change of a single weight makes neighbours trade places here.")
    return [flip_text(plan, flip) for flip in found] or [none]


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
