"""Facts: what the table says of an investment beyond what was entered - its place, how sure it is, what is missing."""

from __future__ import annotations

from datetime import date

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import NO_BREAK, UNKNOWN, day_text, effort_text, money_text
from roadmapper.planning.ranking.ageing import age_months, is_ageing
from roadmapper.planning.ranking.model import Chance, Place, Ranking
from roadmapper.planning.ranking.saying import block_text, coin_flip_text, lack_text, score_text, weeks_text
from roadmapper.ui.priorities.columns import Column, What
from roadmapper.ui.priorities.numbers import number_text
from roadmapper.ui.priorities.state import Comparing

MARK = "✓"
OLD = "⚠"
WAITING = "…"
PER_CENT = 100
CLOSE = 1e-9


def line_text(plan: Plan, ranking: Ranking) -> str:
    """Return the words on the budget line: how much of it those above take, and that the next does not fit."""
    budget, currency = ranking.budget, plan.roadmap.currency
    above = [p for p in ranking.places[: ranking.line] if p.funded]
    parts = []
    if budget.effort is not None:
        weeks = number_text(round(sum(p.score.effort for p in above), 2))
        parts.append(tr("{used} of {there}").format(used=weeks, there=weeks_text(round(budget.effort, 2))))
    if budget.money is not None:
        money = money_text(sum(p.cost for p in above), currency)
        parts.append(tr("{used} of {there}").format(used=money, there=money_text(budget.money, currency)))
    return " · ".join([*parts, tr("the next does not fit")])


class Facts:
    """What is known of one ranking; made anew with each."""

    def __init__(self, comparing: Comparing, today: date) -> None:
        self._comparing = comparing
        self._today = today
        self._plan = comparing.plan
        self._ranking = comparing.ranking
        self._lacks = {u.investment: u for u in comparing.ranking.unranked}

    def lack(self, key: EntityId) -> str:
        """Return why an investment has no place, or nothing."""
        found = self._lacks.get(key)
        return "" if found is None or key not in self._plan.investments else lack_text(self._plan, found)

    def ageing(self, investment: Investment) -> bool:
        """Return whether the estimate is older than estimates may become."""
        return is_ageing(investment, self._plan.roadmap, self._today)

    def shown(self, column: Column, investment: Investment) -> str:
        """Return the text of a cell that is worked out, or nothing where it is what was entered."""
        if column.what is What.ESTIMATED and self.ageing(investment) and investment.estimated:
            return f"{OLD}{NO_BREAK}{day_text(investment.estimated)}"
        place = self._ranking.by_id.get(investment.id)
        if place is None:
            return UNKNOWN if column.what is What.RANK else ""
        currency = self._plan.roadmap.currency
        if column.what is What.RANK:
            return f"{MARK}{NO_BREAK}{place.rank}" if place.funded else str(place.rank)
        if column.what is What.SCORE:
            return score_text(place.score.per_week, place.score.value, currency)
        if column.what is What.CLOSURE:
            return score_text(place.closure, place.score.value, currency) if self.differs(place) else ""
        if column.what in (What.INTERVAL, What.CHANCE):
            return self._sure(column, investment.id)
        return ""

    def told(self, column: Column, investment: Investment) -> str:
        """Return what is to be said of a cell beyond its text: for a tooltip and a screen reader."""
        place, lack = self._ranking.by_id.get(investment.id), self.lack(investment.id)
        if column.what is What.ESTIMATED:
            return self.age_text(investment)
        if column.what is What.TITLE:
            age = self.age_text(investment) if self.ageing(investment) else ""
            if age:
                age = f"{OLD} {age}"
            return "\n".join(t for t in (investment.title, investment.sentence, lack, age) if t)
        if column.what in (What.NEEDS, What.SENTENCE, What.OWNER):
            return self._needs(investment) if column.what is What.NEEDS else getattr(investment, column.what.value)
        if column.what is What.CRITERION:
            return self._rating(column, investment)
        if place is None:
            return lack
        if column.what is What.RANK:
            return "\n".join([self._funded(place), *self.flips(investment.id)])
        if column.what is What.CLOSURE and self.differs(place):
            return block_text(self._plan, place)
        chance = self._chance(investment.id)
        if chance is not None and column.what in (What.INTERVAL, What.CHANCE):
            return tr(
                "In 9 of 10 draws it stands between {low} and {high}; in {n} % of them it fits into the budget."
            ).format(low=chance.low, high=chance.high, n=round(chance.funded * PER_CENT))
        return ""

    def note(self, investment: Investment) -> str:
        """Return what stands behind the title: that it still fits below the budget line, that its estimate ages."""
        place, line = self._ranking.by_id.get(investment.id), self._ranking.line
        fits = place is not None and place.funded and line is not None and place.rank > line
        return NO_BREAK.join([f"· {tr('still fits')}".replace(" ", NO_BREAK)] * fits + [OLD] * self.ageing(investment))

    def age_text(self, investment: Investment) -> str:
        """Return how old the estimate is, in words; nothing where nobody has said."""
        months = age_months(investment, self._today)
        if months is None:
            return ""
        old = trn("estimated {n} month ago", "estimated {n} months ago", months) if months else tr("estimated lately")
        limit = trn("{n} month", "{n} months", self._plan.roadmap.shelf_months)
        return (
            tr("ageing: {old}, the agreed shelf life is {limit}").format(old=old, limit=limit)
            if self.ageing(investment)
            else old
        )

    def flips(self, key: EntityId) -> list[str]:
        """Return for each neighbour from which nobody can tell it apart a sentence about that."""
        study = self._comparing.study
        if study is None:
            return []
        wins = study.chances.wins
        return [coin_flip_text(self._plan, pair, wins[pair]) for pair in study.chances.coin_flips() if key in pair]

    @staticmethod
    def differs(place: Place) -> bool:
        """Return whether what must come first makes another score of it."""
        own, closure = place.score.per_week, place.closure
        return bool(place.needs) and (own is None or closure is None or abs(own - closure) > CLOSE)

    def _chance(self, key: EntityId) -> Chance | None:
        study = self._comparing.study
        return None if study is None else study.chances.of.get(key)

    def _sure(self, column: Column, key: EntityId) -> str:
        chance = self._chance(key)
        if chance is None:
            return UNKNOWN if self._comparing.trouble else WAITING
        if column.what is What.CHANCE:
            return tr("{n} %").format(n=round(chance.funded * PER_CENT))
        return str(chance.low) if chance.low == chance.high else f"{chance.low} – {chance.high}"

    def _rating(self, column: Column, investment: Investment) -> str:
        criterion = column.criterion
        if criterion is None:
            return ""
        if investment.rating(criterion.id) is None:
            return tr("Nobody has said: it counts as making no difference.")
        return column.meaning

    def _needs(self, investment: Investment) -> str:
        titles = [self._plan.investments[k].title for k in investment.needs if k in self._plan.investments]
        return "\n".join(titles)

    def _funded(self, place: Place) -> str:
        budget = self._ranking.budget
        if budget.effort is None and budget.money is None:
            return tr("Nobody has said how much effort there is, so everything is funded.")
        if place.funded:
            line = self._ranking.line
            below = line is not None and place.rank > line
            words = tr("Funded: what is above it and does not fit leaves enough for it.") if below else ""
            return words or tr("Funded: it fits into what those above it leave.")
        if budget.effort is not None:
            left = effort_text(round(max(budget.effort - place.effort_before, 0), 2))
            if place.score.effort > budget.effort - place.effort_before + CLOSE:
                words = tr("Not funded: it takes {effort}, and those above leave {left}.")
                return words.format(effort=effort_text(round(place.score.effort, 2)), left=left)
        if budget.money is not None and place.money_before + place.cost > budget.money:
            return tr("Not funded: its cost is more than those above leave.")
        return tr("Not funded: something it needs first is not.")
