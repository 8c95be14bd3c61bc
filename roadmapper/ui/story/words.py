"""Words: how the places of the story, its paragraphs and what is stale in them are said."""

from __future__ import annotations

from collections.abc import Iterator

from roadmapper.domain.plan import Plan
from roadmapper.domain.story import Place
from roadmapper.domain.wording import tr
from roadmapper.planning.story.filling import Filled
from roadmapper.planning.story.saying import nearest

PLACES = (Place.ASK, Place.WHY_NOW, Place.AGREED, Place.RISKS, Place.CASE)
SHOWN = 60


def place_text(place: Place) -> str:
    """Return what a place of the story is called."""
    return {
        Place.ASK: tr("Ask"),
        Place.WHY_NOW: tr("Why now"),
        Place.AGREED: tr("What we agreed"),
        Place.RISKS: tr("Risks"),
        Place.CASE: tr("Business case"),
    }[place]


def purpose_text(place: Place) -> str:
    """Return what belongs into a place, and where it is printed."""
    return {
        Place.ASK: tr("What the board is to say yes to. It stands below the roadmap, too."),
        Place.WHY_NOW: tr("What waiting costs. It stands below the roadmap, too."),
        Place.AGREED: tr("What CIO and CMO settled. It stands below the roadmap, too."),
        Place.RISKS: tr("What could go wrong, and what is done about it. It stands below the roadmap, too."),
        Place.CASE: tr("The CMO's story beside the CIO's numbers: each paragraph with the figures that it names."),
    }[place]


def title_text(found: Filled) -> str:
    """Return how a paragraph is called in a list: its heading, or else how its text begins."""
    words = " ".join((found.title if found.title.strip() else found.text).split())
    return words if len(words) <= SHOWN else words[: SHOWN - 1] + "…"


def flaws(plan: Plan, found: Filled) -> Iterator[str]:
    """Yield what is wrong with a paragraph, a sentence each."""
    for sentence in found.stale:
        yield sentence + "."
    for name in found.unknown:
        known = nearest(plan, name)
        if known is None:
            yield tr("{name} stands for nothing.").format(name="{" + name + "}")
        else:
            yield tr("{name} stands for nothing. Did you mean {known}?").format(
                name="{" + name + "}", known="{" + known + "}"
            )
