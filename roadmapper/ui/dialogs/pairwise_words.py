"""The words of pairwise answers: the scale, what contradicts, what is missing, how a kept set stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from roadmapper.domain.criterion import Voice
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr
from roadmapper.planning.phrases import money_text
from roadmapper.planning.ranking.pairwise import Element, Misfit, standing_of

RATIOS = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)
NEAR = 0.05


def scale_text(ratio: float) -> str:
    """Return a whole ratio from 1 to 9 of Saaty's scale in words."""
    words = {
        1: tr("the same"),
        2: tr("2 × – barely more"),
        3: tr("3 × – somewhat more"),
        4: tr("4 × – clearly more"),
        5: tr("5 × – much more"),
        6: tr("6 × – very much more"),
        7: tr("7 × – far more"),
        8: tr("8 × – very far more"),
        9: tr("9 × – beyond compare"),
    }
    return words[round(ratio)]


def voice_text(voice: Voice) -> str:
    """Return whose answers they are, within a sentence."""
    return {Voice.CIO: tr("the CIO"), Voice.CMO: tr("the CMO"), Voice.AGREED: tr("both together")}[voice]


def names_of(plan: Plan, yardstick: int) -> Mapping[Element, str]:
    """Return what each element is called."""
    names: dict[Element, str] = {key: criterion.title for key, criterion in plan.criteria.items()}
    names[None] = tr("{money} revenue a year").format(money=money_text(yardstick, plan.roadmap.currency))
    return names


def said_text(names: Mapping[Element, str], first: Element, second: Element, ratio: float) -> str:
    """Return an answer such as ``Risk 3 × Fit``, with what counts more first."""
    if ratio < 1:
        first, second, ratio = second, first, 1 / ratio
    if ratio < 1 + NEAR:
        return tr("“{first}” as much as “{second}”").format(first=names[first], second=names[second])
    return tr("“{first}” {times} × “{second}”").format(first=names[first], second=names[second], times=f"{ratio:.2g}")


def misfit_text(names: Mapping[Element, str], misfit: Misfit, ratio_of: Mapping[tuple[Element, Element], float]) -> str:
    """Return the answer that fits least, over what it contradicts the others, and which answer would fit."""
    odd = said_text(names, misfit.first, misfit.second, misfit.said)
    fits = said_text(names, misfit.first, misfit.second, misfit.fitting)
    if misfit.over:
        over = misfit.over[0]
        ways = [said_text(names, a, b, ratio_of[a, b]) for a, b in ((misfit.first, over), (over, misfit.second))]
        return tr("You said {one} and {two}, but {odd}. With the other answers {fits} would fit.").format(
            one=ways[0], two=ways[1], odd=odd, fits=fits
        )
    return tr("{odd} fits the other answers least: {fits} would fit.").format(odd=odd, fits=fits)


def missing_text(names: Mapping[Element, str], groups: Sequence[Sequence[Element]]) -> str:
    """Return which question is missing for all to be weighed against each other; empty where none is."""
    if len(groups) < 2:
        return ""
    apart = next((g for g in groups if None not in g), groups[0])
    home = next(g for g in groups if g is not apart and (None in g or None in apart))
    return tr("Nothing links “{one}” with “{other}” yet: answer that question, or another that does.").format(
        one=names[apart[0]], other=names[home[-1]]
    )


def standing_texts(plan: Plan, voice: Voice) -> tuple[str, str]:
    """Return which kept answers contradict each other, whosever they are, and where the swings of *voice* are from."""
    bad, quiet = [], ""
    for asked in Voice:
        standing = standing_of(plan, asked)
        if standing is None:
            continue
        since = tr(" The swings were changed by hand since.") if standing.changed else ""
        if standing.contradicts:
            bad.append(
                tr("The pairwise answers of {whom} contradict each other (consistency ratio {ratio}).").format(
                    whom=voice_text(asked), ratio=f"{standing.ratio:.2f}"
                )
                + since
            )
        elif asked is voice:
            quiet = (
                tr("From pairwise answers of {whom} (consistency ratio {ratio}).").format(
                    whom=voice_text(asked), ratio=f"{standing.ratio:.2f}"
                )
                + since
            )
    return "\n".join(bad), quiet
