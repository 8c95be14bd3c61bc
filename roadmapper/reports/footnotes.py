"""Footnotes: the words of the glossary that stand on a page, explained at its foot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from roadmapper.domain.plan import Plan
from roadmapper.planning.consults.glossary import terms_in
from roadmapper.reports.flow import Footnotes

REMEMBERED = 4_096


def explained(plan: Plan) -> Footnotes:
    """Return what explains the words that are on a page: a line for each term of the glossary found there."""
    words_of = [t.word.strip() for t in plan.terms.values() if t.meaning.strip() and not t.passed_over]
    if not words_of:
        return _nothing
    # Most lines hold none of them: one look tells so.
    any_ = re.compile("|".join(re.escape(word) for word in sorted(words_of, key=len)), re.IGNORECASE)

    @lru_cache(maxsize=REMEMBERED)
    def notes(words: str) -> Sequence[str]:
        if not any_.search(words):
            return ()
        return tuple(f"{term.word} = {term.meaning}" for term in terms_in(plan, [words]))

    return notes


def _nothing(_: str) -> Sequence[str]:
    return ()
