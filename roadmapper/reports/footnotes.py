"""Footnotes: the words of the glossary that stand on a page, explained at its foot."""

from __future__ import annotations

from collections.abc import Sequence

from roadmapper.domain.plan import Plan
from roadmapper.planning.consults.glossary import terms_in
from roadmapper.reports.flow import Footnotes


def explained(plan: Plan) -> Footnotes:
    """Return what explains the words that are on a page: a line for each term of the glossary found there."""
    if not plan.terms:
        return _nothing

    def notes(words: str) -> Sequence[str]:
        return [f"{term.word} = {term.meaning}" for term in terms_in(plan, [words])]

    return notes


def _nothing(_: str) -> Sequence[str]:
    return ()
