"""Finding: which increments somebody means who types a few letters of what is said about them."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from roadmapper.domain.entity import EntityId
from roadmapper.domain.increment import Increment
from roadmapper.domain.plan import Plan
from roadmapper.domain.wording import tr


def folded(text: str) -> str:
    """Return *text* as it is compared: without accents, and small and capital letters alike."""
    if text.isascii():
        return text.casefold()
    bare = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFKC", "".join(c for c in bare if not unicodedata.combining(c))).casefold()


class Finder:
    """Looks through the increments of one plan after the other; what did not change is not read again."""

    def __init__(self) -> None:
        self._texts: dict[EntityId, tuple[Increment, str, str]] = {}

    def hits(self, plan: Plan, words: str) -> frozenset[EntityId]:
        """Return the increments in which each of *words* is found: none for no words.

        Looked through are title, usable outcome, project, team and state; each word may stand in another of them.
        """
        wanted = folded(words).split()
        if not wanted:
            return frozenset()
        texts = self._read(plan)
        return frozenset(key for key, (_, own, others) in texts.items() if all(w in own or w in others for w in wanted))

    def _read(self, plan: Plan) -> Mapping[EntityId, tuple[Increment, str, str]]:
        old, self._texts = self._texts, {}
        teams = {key: folded(team.title) for key, team in plan.teams.items()}
        projects = {key: (folded(p.title), teams.get(p.team, "") if p.team else "") for key, p in plan.projects.items()}
        abouts: dict[tuple[EntityId, EntityId | None], str] = {}
        for key, increment in plan.increments.items():
            where = increment.project, increment.team
            about = abouts.get(where)
            if about is None:
                project, team = projects.get(increment.project, ("", ""))
                about = abouts[where] = f"{project}\n{teams.get(increment.team, '') if increment.team else team}"
            known = old.get(key)
            own = known[1] if known is not None and known[0] is increment else _said(increment)
            self._texts[key] = (increment, own, about)
        return self._texts


def _said(increment: Increment) -> str:
    parts = [increment.title, increment.usable_outcome, tr(increment.status.value)]
    parts += [tr("groundwork")] * (not increment.usable) + [tr("pinned")] * increment.pinned
    return folded("\n".join(parts))
