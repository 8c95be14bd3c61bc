"""Saying: what a ranking tells, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from math import isinf

from roadmapper.domain.entity import EntityId
from roadmapper.domain.investment import Investment
from roadmapper.domain.money import minor_digits
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr, trn
from roadmapper.planning.phrases import NO_BREAK, UNKNOWN, currency_sign, day_text, money_text, thousands_text
from roadmapper.planning.ranking.breaking_even import Flip
from roadmapper.planning.ranking.model import BestSet, Lack, Place, Radius, Ranking, Score, Unranked
from roadmapper.planning.ranking.voices import Reconcile, Voices

MOST_NAMES = 3
TENFOLD, LEAST_CHANGE = 9.0, 0.01
LEAST_THOUSANDS, TENTHS, TEN_THOUSANDS = 999.5, 9_950, 10_000


def lack_text(plan: Plan, unranked: Unranked) -> str:
    """Return why an investment has no place, and what to do."""
    names = {"title": _title(plan, unranked.investment), "other": _title(plan, unranked.about)}
    match unranked.lack:
        case Lack.EFFORT:
            return tr("Nobody has estimated the effort of “{title}”: enter it, 0 if it takes none.").format(**names)
        case Lack.CIRCLE:
            return tr(
                "“{title}” waits for itself in a circle, over “{other}”: take out one of the needs in it."
            ).format(**names)
        case Lack.NEEDS_DROPPED:
            return tr("“{title}” needs “{other}”, which was dropped: take up “{other}” again, or do without.").format(
                **names
            )
        case Lack.NEEDS_UNRANKED:
            return tr("“{title}” needs “{other}”, which has no place itself: see to “{other}” first.").format(**names)


def missing_text(plan: Plan, score: Score) -> str:
    """Return which criteria count 0 because nobody has given a value; empty where there are none."""
    if not score.missing:
        return ""
    names = _listed(_named(plan.criteria[k].title for k in score.missing))
    return tr("No value for {criteria}: counts as 0 until somebody enters one.").format(criteria=names)


def score_sum_text(plan: Plan, score: Score) -> str:
    """Return the sum behind a score in one line, and that nobody else's numbers change it."""
    currency = plan.roadmap.currency
    names = {
        "sum": thousands_text(sum(t.amount for t in score.terms), currency),
        "confidence": f"{score.confidence:.2f}",
        "value": thousands_text(score.value, currency),
        "weeks": weeks_text(score.effort),
    }
    if not score.effort:
        return tr("{sum} × confidence {confidence} = {value} a year, for no effort at all.").format(**names)
    return tr(
        "{sum} × confidence {confidence} = {value} a year, ÷ {weeks}. Nobody else’s numbers change this score."
    ).format(**names)


def block_text(plan: Plan, place: Place) -> str:
    """Return with what an investment stands together, and why; empty where it stands alone."""
    others = [k for k in place.block.members if k != place.investment]
    if not others:
        return ""
    needed = [k for k in others if k in place.needs]
    names = _listed(_named(_title(plan, k) for k in needed or others))
    if needed:
        stands = tr("stands with {names}, which it needs").format(names=names)
    else:
        asking = sum(place.investment in plan.investments[k].needs for k in others)
        stands = (
            trn("stands with {names}, which needs it", "stands with {names}, which need it", len(others), names=names)
            if asking
            else tr("stands with {names}").format(names=names)
        )
    if place.block.per_week is None:
        return tr("{stands}: together no effort").format(stands=stands)
    money = score_text(place.block.per_week, place.block.value, plan.roadmap.currency)
    return tr("{stands}: together {money} a year per person-week").format(stands=stands, money=money)


def best_set_text(plan: Plan, ranking: Ranking, best: BestSet) -> str:
    """Return in one sentence what to swap for the best set and what that brings a year, or that nothing is better."""
    currency, funded = plan.roadmap.currency, ranking.funded
    gain = round(best.value - sum(ranking.by_id[k].score.value for k in funded))
    enters = [p.investment for p in ranking.places if p.investment in best.members and not p.funded]
    leaves = [k for k in funded if k not in best.members]
    room = money_text(max(0, round(best.bound - best.value)), currency)
    if gain <= 0 or not (enters or leaves):
        if best.proven:
            return tr("Nothing fits better: the ranked set is the best there is (proven).")
        return tr("Nothing better was found; at most {money} a year more is possible (not proven).").format(money=room)
    if not leaves:
        what = tr("Adding {in} brings {money} a year more")
    elif not enters:
        what = tr("Leaving out {out} brings {money} a year more")
    else:
        what = tr("Swapping {out} for {in} brings {money} a year more")
    names = {"in": _titles(plan, enters), "out": _titles(plan, leaves), "money": money_text(gain, currency)}
    text = what.format(**names)
    if best.proven:
        return tr("{text}; no set brings more (proven).").format(text=text)
    return tr("{text}; at most {money} beyond that is possible (not proven).").format(text=text, money=room)


def flip_text(plan: Plan, flip: Flip) -> str:
    """Return when two neighbours trade places, such as ``B passes A when Risk rises to € 520 k.``"""
    names = {
        "above": _titles(plan, [flip.above]),
        "below": _titles(plan, [flip.below]),
        "criterion": _named([plan.criteria[flip.criterion].title])[0],
        "money": money_text(round(flip.then), plan.roadmap.currency),
    }
    if flip.then > flip.now:
        return tr("{below} passes {above} when {criterion} rises to {money}.").format(**names)
    if flip.then < flip.now:
        return tr("{below} passes {above} when {criterion} falls to {money}.").format(**names)
    return tr("{below} and {above} are level while {criterion} is worth {money}.").format(**names)


def radius_text(plan: Plan, ranking: Ranking, radius: Radius | None) -> str:
    """Return how little one swing has to change for another set to be funded, and what changes."""
    count = len(ranking.funded)
    if radius is None:
        return trn(
            "No change of a single criterion alters what is funded ({n} investment).",
            "No change of a single criterion alters what is funded ({n} investments).",
            count,
        )
    names = {"in": _titles(plan, radius.enters), "out": _titles(plan, radius.leaves)}
    if not radius.leaves:
        what = trn("{in} comes in", "{in} come in", len(radius.enters), **names)
    elif not radius.enters:
        what = trn("{out} drops out", "{out} drop out", len(radius.leaves), **names)
    else:
        what = trn(
            "{in} takes the place of {out} in what is funded",
            "{in} take the place of {out} in what is funded",
            len(radius.enters),
            **names,
        )
    about = {
        "what": what,
        "criterion": _named([plan.criteria[radius.criterion].title])[0],
        "money": money_text(round(radius.swing), plan.roadmap.currency),
    }
    if isinf(radius.change):
        return tr("{what} when {criterion}, worth nothing now, becomes {money}.").format(**about)
    return tr(
        "{what} when {criterion} becomes {money} ({change}); no smaller change of a single criterion alters it."
    ).format(change=_change_text(radius.change), **about)


def _change_text(change: float) -> str:
    """Return a relative change in whole per cent, such as ``+12 %``; what is beyond all proportion in words."""
    if change > TENFOLD:
        return tr("more than ten times as much")
    if abs(change) < LEAST_CHANGE:
        return tr("less than 1 % more") if change > 0 else tr("less than 1 % less")
    return f"{'+' if change > 0 else '−'}{abs(change) * 100:.0f}{NO_BREAK}%"


def coin_flip_text(plan: Plan, pair: tuple[EntityId, EntityId], won: float) -> str:
    """Return that nobody can tell two neighbours apart; *won* is how often (0 to 1) the first stays above."""
    above, below = (_titles(plan, [k]) for k in pair)
    return tr("{above} or {below} first is a coin flip: {above} stays above in {percent} of the draws.").format(
        above=above, below=below, percent=f"{won * 100:.0f}{NO_BREAK}%"
    )


def reconcile_text(plan: Plan, voices: Voices, reconcile: Reconcile) -> str:
    """Return how many disputes would go if both took the agreed swing for one criterion."""
    names = {
        "money": money_text(reconcile.swing, plan.roadmap.currency),
        "criterion": _named([plan.criteria[reconcile.criterion].title])[0],
    }
    gone = voices.disputes - reconcile.disputes
    if gone > 0:
        return trn(
            "If both took {money} for {criterion}, {gone} of {n} dispute would go.",
            "If both took {money} for {criterion}, {gone} of {n} disputes would go.",
            voices.disputes,
            gone=gone,
            **names,
        )
    if gone < 0:
        return trn(
            "If both took {money} for {criterion}, there would be {n} dispute more.",
            "If both took {money} for {criterion}, there would be {n} disputes more.",
            -gone,
            **names,
        )
    return tr("If both took {money} for {criterion}, as many disputes would be left.").format(**names)


def score_text(per_week: float | None, value: float, currency: str) -> str:
    """Return a score as it stands in a column, such as ``€ 41 k`` or ``€ 7.2 k``: two figures at least, one letter.

    Without effort there is nothing to divide by: ``∞`` where it is worth anything, else nothing.
    """
    if per_week is None:
        return "∞" if value > 0 else money_text(0, currency)
    units = round(per_week) / 10 ** minor_digits(currency)
    if LEAST_THOUSANDS <= units < TEN_THOUSANDS:
        figures = 1 if units < TENTHS else 0
        return NO_BREAK.join((currency_sign(currency), f"{units / 1_000:.{figures}f}", tr("k")))
    return money_text(round(per_week), currency)


def weeks_text(effort: float) -> str:
    """Return an effort in whole words, such as ``31 person-weeks``."""
    weeks = f"{effort:,.10g}".replace(",", NO_BREAK)
    return (tr("{weeks} person-week") if effort == 1 else tr("{weeks} person-weeks")).format(weeks=weeks)


def budget_line_text(plan: Plan, ranking: Ranking, longest: int | None = None) -> str:
    """Return what is committed of what there is, and which is the first that does not fit; there is one that does not.

    A title is cut, with a mark, where it has more than *longest* letters.
    """
    funded = [p for p in ranking.places if p.funded]
    budget, currency, parts = ranking.budget, plan.roadmap.currency, []
    if budget.effort is not None:
        used = f"{round(sum(p.score.effort for p in funded), 9):,.10g}".replace(",", NO_BREAK)
        parts.append(tr("{used} of {all}").format(used=used, all=weeks_text(budget.effort)))
    if budget.money is not None:
        spent, there = (thousands_text(n, currency) for n in (sum(p.cost for p in funded), budget.money))
        parts.append(tr("{used} of {all}").format(used=spent, all=there))
    title = _title(plan, next(p.investment for p in ranking.places if not p.funded))
    if longest is not None and len(title) > longest:
        title = title[: longest - 1] + "…"
    words = tr("{used}; the first that does not fit is {title}")
    return words.format(used=", ".join(parts), title=_named([title])[0])


def ageing_text(investment: Investment) -> str:
    """Return that an estimate is older than estimates may become; it has a date."""
    day = UNKNOWN if investment.estimated is None else day_text(investment.estimated)
    return tr("The estimate of “{title}” is ageing: it is of {day}.").format(title=investment.title, day=day)


def _title(plan: Plan, key: EntityId) -> str:
    found = plan.investments.get(key)
    return found.title if found is not None else ""


def _titles(plan: Plan, keys: Iterable[EntityId]) -> str:
    return _listed(_named(_title(plan, key) for key in keys))


def _named(titles: Iterable[str]) -> list[str]:
    return [tr("“{title}”").format(title=title) for title in titles]


def _listed(names: list[str]) -> str:
    """Return names as a list; of many the first ones and how many more there are."""
    if len(names) > MOST_NAMES + 1:
        more = len(names) - MOST_NAMES
        return trn("{names} and {n} more", "{names} and {n} more", more, names=", ".join(names[:MOST_NAMES]))
    if len(names) < 2:
        return "".join(names)
    return tr("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
